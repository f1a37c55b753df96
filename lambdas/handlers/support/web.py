"""HTTP as the handlers use it: pooled connections, short limits, no retries behind our back."""

import functools

import urllib3

PARALLEL = 8

# Seconds to connect, and between two pieces of an answer.
_TIMEOUT = urllib3.Timeout(connect=3, read=10)

# The worker tries the whole job again; only redirects are followed here.
_REDIRECTS = urllib3.Retry(
    total=None, connect=0, read=0, status=0, other=0, redirect=3, raise_on_redirect=False
)


@functools.cache
def pool() -> urllib3.PoolManager:
    """Return the connections, kept for the life of the process."""
    return urllib3.PoolManager(
        maxsize=PARALLEL,
        timeout=_TIMEOUT,
        retries=_REDIRECTS,
        headers={"User-Agent": "clarivum-jobs"},
    )
