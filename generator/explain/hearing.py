"""How long until on-call hears of a failure, and how long an outage may be: from the alarms.

All times are the longest, for a queue with one message in it; with more, alarms ring sooner.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.manifest.resolved import Worker
from generator.manifest.timeline import bearable_outage, max_receives, timeline_of
from generator.manifest.types import span

MINUTE = 60
ERRORS_PERIOD = 300
"""Seconds over which the alarm adds errors up."""

_LATENCY = 2 * MINUTE
"""SQS and Lambda report once a minute, and an alarm looks once a minute."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One way to fail, and when on-call hears of it.

    Attributes:
        failure: What happens.
        alarm: Which alarm rings first; empty if none does.
        after: Seconds from the first message on; -1 if no alarm tells.
    """

    failure: str
    alarm: str
    after: int

    @property
    def text(self) -> str:
        """The answer for a person."""
        if not self.alarm:
            return "not at all: no alarm watches for a run that does not come"
        return f"within {span(self.after)}, by the alarm `{self.alarm}`"


def hearings(worker: Worker) -> Iterator[Hearing]:
    """Yield when on-call hears of each way to fail."""
    waiting = ("oldest-message", worker.alarms.oldest_message + _LATENCY)
    few = worker.alarms.dead_letters == 1
    yield _first("the worker crashes when it is loaded", waiting, *_crash(worker, few=few))
    dead = timeline_of(worker).attempts[-1].failing + worker.timeout + _LATENCY
    parked = (("dead-letters", dead),) if few else ()
    yield _first("the handler fails whatever it gets", waiting, *parked)
    yield _first("no worker takes messages", waiting)
    if worker.schedules:
        yield Hearing("a schedule does not run", "", -1)


def bearable(worker: Worker) -> tuple[tuple[str, str], ...]:
    """Return how long an outage may be, and what then becomes of the messages."""
    last = timeline_of(worker).attempts[-1]
    kept = span(worker.dead_letter_retention)
    dead = f"up to {span(last.earliest)} nothing is dead-lettered"
    dead += f", from {span(last.failing)} on everything is, and kept {kept}"
    waiting = f"up to {span(worker.message_retention)} nothing is lost"
    away = f"up to {span(bearable_outage(worker))} nothing is dead-lettered, and no attempt is used"
    return (
        ("table, secrets, queue or scheduler is down", away),
        ("what the handler needs is down", dead),
        ("no worker takes messages", waiting),
    )


def _first(failure: str, *alarms: tuple[str, int]) -> Hearing:
    alarm, after = min(alarms, key=lambda entry: entry[1])
    return Hearing(failure, alarm, after)


def _crash(worker: Worker, *, few: bool) -> Iterator[tuple[str, int]]:
    """Yield the alarms that a message rings which crashes its worker each time it is received."""
    begins = worker.delay + worker.batch_window
    apart = max(1, worker.visibility_timeout + worker.delay)
    receives = max_receives(worker)
    needed = worker.alarms.errors
    if needed <= receives and (needed - 1) * apart < ERRORS_PERIOD:
        yield "errors", begins + (needed - 1) * apart + ERRORS_PERIOD + MINUTE
    if few:
        yield "dead-letters", begins + receives * apart + _LATENCY
