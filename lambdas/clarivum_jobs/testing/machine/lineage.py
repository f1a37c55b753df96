"""X-Ray's trace header, in whose lineage Lambda counts how often one function had its turn.

Lambda adds itself to the header it was started with, the SDK sends the header on, and SQS keeps it
with the message. EventBridge Scheduler does not hand it on: a chain through it is a new one.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import unquote

VARIABLE = "_X_AMZN_TRACE_ID"
"""Where Lambda tells a run its header."""

MOST_TURNS = 16
"""Turns of one function in one chain after which Lambda starts it no more."""

_FIELD, _BETWEEN = "Lineage", "|"


def turns(function: str, headers: Iterable[str]) -> int:
    """How often a function had its turn in the longest of the chains that headers tell of."""
    return max((_counts(header).get(_mark(function), 0) for header in headers), default=0)


def continued(function: str, number: int, headers: Iterable[str]) -> str:
    """Return the header of a function's run, the chains of all its messages put together.

    Args:
        function: Whose run it is.
        number: Which run of the simulation it is; the trace is named by it.
        headers: Those of the messages.
    """
    counts: dict[str, int] = {}
    for header in headers:
        for mark, count in _counts(header).items():
            counts[mark] = max(counts.get(mark, 0), count)
    counts[_mark(function)] = counts.get(_mark(function), 0) + 1
    lineage = _BETWEEN.join(f"{mark}:{count}" for mark, count in counts.items())
    return f"Root=1-00000000-{number:024x};Parent={number:016x};Sampled=1;{_FIELD}={lineage}"


def _counts(header: str) -> dict[str, int]:
    fields = dict(part.partition("=")[::2] for part in unquote(header).split(";"))
    pairs = (part.partition(":")[::2] for part in fields.get(_FIELD, "").split(_BETWEEN) if part)
    return {mark: int(count) for mark, count in pairs}


def _mark(function: str) -> str:
    return hashlib.sha256(function.encode()).hexdigest()[:8]
