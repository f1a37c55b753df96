"""One thing that is not as it should be, and whose doing it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Whose doing a difference is."""

    PAUSE = "recorded pause"
    EXPIRED = "expired pause"
    LAMBDA = "by Lambda itself"
    HAND = "by hand"
    PENDING = "not deployed yet"
    ENTRY = "allow-list"
    UNFINISHED = "waits for somebody"
    FOLLOWS = "follows from another"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        job: The job; empty if it is the environment's own.
        place: What is different: a resource, or a part of one.
        attribute: Which of its values; empty if all of it is.
        expected: What it should be.
        found: What it is.
        cause: Whose doing it is.
        remedy: What to do.
    """

    job: str
    place: str
    attribute: str
    expected: str
    found: str
    cause: Cause
    remedy: str = ""

    @property
    def counts(self) -> bool:
        """Whether somebody must act: a pause in its time is meant, and what follows goes along."""
        return self.cause not in {Cause.PAUSE, Cause.FOLLOWS}
