"""W3C trace context: one trace from the web request to the worker and on to what it enqueues."""

import contextlib
import os
import re
from collections.abc import Iterator
from contextvars import ContextVar

# Version 00 ends after its flags; only later versions may have more behind a hyphen.
_FORMAT = re.compile(
    r"(?!ff)(?P<version>[0-9a-f]{2})-(?P<trace>(?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}"
    r"-(?P<flags>[0-9a-f]{2})(?P<more>-.*)?",
    re.ASCII | re.DOTALL,
)
_SAMPLED = 0x01

# Sampled, and that the trace id is random: what level 2 of the standard knows. Others are unset.
_KNOWN_FLAGS = 0x03

_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def continued(parent: str | None = None) -> str:
    """Return a new span's `traceparent` in the trace of `parent`, or of the work being done.

    What is not a valid `traceparent` starts a new trace, as the standard asks for.
    """
    match = _FORMAT.fullmatch(parent or _current.get() or "")
    if match is None or (match["version"] == "00" and match["more"]):
        trace, flags = os.urandom(16).hex(), _SAMPLED
    else:
        trace, flags = match["trace"], int(match["flags"], 16) & _KNOWN_FLAGS
    return f"00-{trace}-{os.urandom(8).hex()}-{flags:02x}"


@contextlib.contextmanager
def within(traceparent: str) -> Iterator[None]:
    """Let everything enqueued inside the block belong to this span."""
    token = _current.set(traceparent)
    try:
        yield
    finally:
        _current.reset(token)
