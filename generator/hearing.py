"""How long until on-call hears of a failure, and how long an outage may be: from the alarms.

All times are the longest, for a queue with one message in it; with more, alarms ring sooner.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from generator.alarm_kinds import LATENCY, MINUTE, PERIOD, WAKING, alarms_of, stalled_minutes
from generator.manifest.resolved import Worker
from generator.manifest.timeline import bearable_outage, max_receives, timeline_of
from generator.manifest.types import span
from generator.watch.watch import watch_of

_LOADING = 10
"""Seconds after which Lambda gives up loading a function, and tries again with the invocation."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One way to fail, and when on-call hears of it.

    Attributes:
        failure: What happens.
        alarm: Which alarm rings first; empty if none does.
        after: Seconds from the first message on, or from when a run was due; -1 if no alarm tells.
    """

    failure: str
    alarm: str
    after: int

    @property
    def text(self) -> str:
        """The answer for a person."""
        if not self.alarm:
            return "not at all: no alarm watches for it"
        return f"within {span(self.after)}, by the alarm `{self.alarm}`"


def hearings(worker: Worker) -> Iterator[Hearing]:
    """Yield when on-call hears of each way to fail."""
    has = {kind.name for kind in alarms_of(worker)}
    begins = worker.delay + worker.batch_window
    few = worker.alarms.dead_letters == 1
    waiting = {"oldest-message": worker.alarms.oldest_message + LATENCY}
    yield _first(has, "the worker crashes when it is loaded", waiting, _crash(worker, _LOADING))
    killed = _crash(worker, worker.timeout)
    yield _first(has, "each invocation runs into its timeout", waiting, killed)
    dead = timeline_of(worker).attempts[-1].failing + worker.timeout + WAKING + LATENCY
    parked = {"dead-letters": dead} if few else {}
    yield _first(has, "the handler fails whatever it gets", waiting, parked)
    stalled = {"stalled": begins + stalled_minutes(worker) * MINUTE + WAKING + LATENCY}
    yield _first(has, "no worker takes messages", waiting, stalled)
    for schedule in worker.schedules:
        watch = watch_of(schedule)
        missed = {f"missed.{schedule.name}": watch.after + LATENCY} if watch else {}
        if schedule.enabled:
            yield _first(has, f"the schedule {schedule.name} does not run", missed)


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


def _first(has: Collection[str], failure: str, *alarms: Mapping[str, int]) -> Hearing:
    """Return the alarm that rings first of those that the environment has."""
    rings = [(after, name) for each in alarms for name, after in each.items() if name in has]
    if not rings:
        return Hearing(failure, "", -1)
    after, alarm = min(rings)
    return Hearing(failure, alarm, after)


def _crash(worker: Worker, lasting: int) -> dict[str, int]:
    """Return when alarms ring of a message that crashes its worker each time it is received.

    Args:
        worker: The job.
        lasting: Seconds that an invocation lasts until it crashes; it is told at its end.
    """
    begins = worker.delay + worker.batch_window
    apart = max(1, worker.visibility_timeout + worker.delay)
    receives = max_receives(worker)
    needed = worker.alarms.errors
    rings = {}
    if needed <= receives and (needed - 1) * apart < PERIOD:
        rings["errors"] = begins + (needed - 1) * apart + lasting + PERIOD + MINUTE
    if worker.alarms.dead_letters == 1:
        rings["dead-letters"] = begins + receives * apart + WAKING + LATENCY
    return rings
