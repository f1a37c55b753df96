"""W3C trace context: one trace from the web request to the worker and on to what it enqueues."""

import contextlib
import re
import uuid
from collections.abc import Iterator
from contextvars import ContextVar

_FORMAT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?P<trace>(?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-(?P<flags>[0-9a-f]{2})"
    r"(?:-.*)?",
)
_SAMPLED = "01"

_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def continued(parent: str | None = None) -> str:
    """Return a new span's `traceparent` in the trace of `parent`, or of the work being done.

    What is not a valid `traceparent` starts a new trace, as the standard asks for.
    """
    match = _FORMAT.fullmatch(parent or _current.get() or "")
    trace, flags = (match["trace"], match["flags"]) if match else (uuid.uuid4().hex, _SAMPLED)
    return f"00-{trace}-{_span()}-{flags}"


@contextlib.contextmanager
def within(traceparent: str) -> Iterator[None]:
    """Let everything enqueued inside the block belong to this span."""
    token = _current.set(traceparent)
    try:
        yield
    finally:
        _current.reset(token)


def _span() -> str:
    # The second half: the first holds the bits that say which kind of UUID it is.
    return uuid.uuid4().hex[16:]
