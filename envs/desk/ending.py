"""Whether a job is at rest, so that it may be retired and removed; nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from envs.deploy.facts import Facts
from envs.desk.counters import Counters, counters

if TYPE_CHECKING:
    from collections.abc import Callable

    from envs.desk.place import Job, Place


@dataclass(frozen=True, slots=True)
class Rest:
    """What still waits for a job.

    Attributes:
        job: The job.
        state: By the manifest.
        queue: What its queue counts.
        letters: What its dead-letter queue counts.
        delayed: Names of the one-time schedules that still send to it.
        next: What to do now.
    """

    job: str
    state: str
    queue: Counters
    letters: Counters
    delayed: tuple[str, ...]
    next: str

    @property
    def empty(self) -> bool:
        """Whether nothing waits, as far as this look tells."""
        return not (self.queue.all or self.letters.all or self.delayed)


def look(place: Place, job: Job) -> Rest:
    """Look at a job's queues and its one-time schedules once."""
    queue = counters(place, place.queue_url(job.name))
    letters = counters(place, place.letters_url(job.name))
    facts = Facts(
        place.client("sqs"),
        place.client("scheduler"),
        f"{place.base}-delayed",
        wait=lambda _seconds: None,
    )
    names = facts.known([f"{place.base}-{job.name}"])
    delayed = names[f"{place.base}-{job.name}"].schedules
    return Rest(job.name, job.state, queue, letters, delayed, _next(job, queue, letters, delayed))


def drained(
    place: Place,
    job: Job,
    seconds: int,
    tick: Callable[[float], None],
    told: Callable[[Rest], None],
) -> Rest:
    """Look again and again until nothing waits, or the time is up.

    Args:
        place: The environment.
        job: The job.
        seconds: How long to wait; 0 looks once.
        tick: Waits between two looks.
        told: Hears of each look.
    """
    left = float(seconds)
    while True:
        rest = look(place, job)
        told(rest)
        if rest.empty or left <= 0:
            return rest
        pause = min(5.0, left)
        tick(pause)
        left -= pause


def _next(job: Job, queue: Counters, letters: Counters, delayed: tuple[str, ...]) -> str:
    if queue.all and job.state == "active":
        return "refuse new work: write `lifecycle: {state: draining}` into jobs.yaml and deploy"
    if queue.all:
        return "let its worker finish: clarivum drain --wait 10m"
    if letters.all:
        return f"replay or discard its dead letters: clarivum dlq plan {job.name} --help"
    if delayed:
        return "wait until the last one-time schedule has run, or cancel them"
    if job.state != "retired":
        return (
            "take it out of every `enqueues` and every service, then write "
            "`lifecycle: {state: retired}` into jobs.yaml and deploy"
        )
    return "take it out of jobs.yaml and deploy: the deployment looks twice more"
