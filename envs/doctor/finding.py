"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: The thing, in a word or two.
        state: `fine`, `wrong` where somebody must act, or `unknown` where it could not be asked.
        told: What was seen.
        remedy: What to do; empty where nothing must be done.
    """

    what: str
    state: Literal["fine", "wrong", "unknown"]
    told: str
    remedy: str = ""


def judged(what: str, wrong: str, fine: str, remedy: str) -> Finding:
    """Return what is wrong, or where nothing is, that all is well."""
    return Finding(what, "wrong", wrong, remedy) if wrong else Finding(what, "fine", fine)
