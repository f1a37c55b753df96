"""HTTP as the handlers use it: pooled connections, short limits, no retries behind our back."""

import datetime as dt
import email.utils
import functools
import time
from collections.abc import Mapping

import urllib3

PARALLEL = 8

# Seconds to connect, and between two pieces of an answer.
TIMEOUT = urllib3.Timeout(connect=3, read=10)

HEADERS = {"User-Agent": "clarivum-jobs"}

# The worker tries the whole job again; only redirects are followed here.
_REDIRECTS = urllib3.Retry(
    total=None, connect=0, read=0, status=0, other=0, redirect=3, raise_on_redirect=False
)


@functools.cache
def pool() -> urllib3.PoolManager:
    """Return the connections, kept for the life of the process."""
    return urllib3.PoolManager(
        maxsize=PARALLEL, timeout=TIMEOUT, retries=_REDIRECTS, headers=HEADERS
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that an answer asks to be left alone for, if it does.

    `Retry-After` is a number of seconds or a date: RFC 9110, section 10.2.3.
    """
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal() and value.isascii():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, moment.timestamp() - time.time())
