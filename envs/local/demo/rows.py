"""One line of the demo's result, and how what was seen is held against what should be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from envs.local.demo.observe import Run

DONE = [(1, "done")]
"""Attempts of a job that went well."""


@dataclass(frozen=True)
class Row:
    """One thing that was sent, and what became of it.

    Attributes:
        job: The job.
        case: What is particular about it.
        outcome: How it ended.
        attempts: How often it was tried.
        effect: What it left in the world.
        reason: Why it is in the dead-letter queue.
        alarm: State of the job's dead-letter alarm, and whether on-call was told.
        problems: What differs from what should be; empty when all is well.
    """

    job: str
    case: str
    outcome: str
    attempts: str
    effect: str
    reason: str = ""
    alarm: str = ""
    problems: tuple[str, ...] = ()


def row(job: str, case: str, runs: Iterable[Run], effect: str, problems: list[str]) -> Row:
    """Return the line of a job, with how its attempts ended."""
    known = list(runs)
    ended = Counter(run.outcome for run in known if run.outcome != "retry")
    outcome = ", ".join(f"{number} {name}" for name, number in sorted(ended.items()))
    tries = max((run.attempt for run in known if run.outcome != "duplicate"), default=0)
    return Row(job, case, outcome, str(tries), effect, problems=tuple(problems))


def ran(runs: Iterable[Run], expected: list[tuple[int, str]]) -> list[str]:
    """Return what is wrong with a job's attempts, given as their numbers and outcomes."""
    return equal("attempts", expected, [(run.attempt, run.outcome) for run in runs])


def equal(what: str, expected: object, actual: object) -> list[str]:
    """Return what is wrong with a value, in words; nothing if it is as it should be."""
    return [] if expected == actual else [f"{what}: expected {expected}, got {actual}"]
