"""One name for failures of one kind, whatever values their reasons hold."""

from __future__ import annotations

import hashlib
import re

_LENGTH = 8

# The widest first: what stands inside a URL or in quotes is not looked at again.
_MASKS = (
    (re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE), "<url>"),
    (re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|`[^`]*`"), "<text>"),
    (re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"), "<address>"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE), "<id>"),
    (re.compile(r"\b(?=[a-f]*[0-9])[0-9a-f]{8,}\b", re.IGNORECASE), "<id>"),
    (re.compile(r"\d+([.,:]\d+)*"), "<n>"),
)


def masked_reason(reason: str) -> str:
    """Return a reason without what differs from one failure of its kind to the next."""
    for pattern, word in _MASKS:
        reason = pattern.sub(word, reason)
    return " ".join(reason.split())


def fingerprint(job: str, code: str, reason: str) -> str:
    """Return the name of a kind of failure.

    It is made of what records and letters both tell, so that a group that was seen in a list is
    the group that a plan finds. A contract's version is no part of it: records do not hold it.
    """
    told = "\n".join((job, code, masked_reason(reason)))
    return hashlib.sha256(told.encode()).hexdigest()[:_LENGTH]
