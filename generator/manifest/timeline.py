"""When things happen to a message: its attempts, the dead-letter queue, and what expires when.

All times are seconds since the message was sent. They hold while a worker is free to take it:
how long a message waits behind others depends on the load, which no manifest knows.
"""

import math
from dataclasses import dataclass

from generator.manifest.resolved import Worker

MAX_WAIT = 900
"""Longest wait between two attempts that the worker sets, whatever the cap says."""

MIN_WAIT = 1
"""Shortest one: the jitter is drawn from zero, rounded up to a whole second."""

MOST_RECEIVES = 1000
"""Highest `maxReceiveCount` of a redrive policy."""

HOUR = 3600
"""Seconds of an outage that cost nothing, if receives and retention allow."""

_FEWEST_SPARE, _MOST_FOR_BATCH = 10, 100

# How an outage of what surrounds a job is waited out: see the library's `outage_wait`.
_OUTAGE_BASE, _OUTAGE_SHORTEST = 20, 0.9


@dataclass(frozen=True, slots=True)
class Attempt:
    """When one attempt begins.

    Attributes:
        number: Counted from one.
        earliest: If every attempt before failed at once and drew the shortest wait.
        failing: At the latest, if every attempt before ran to its timeout, then failed by an error
            and drew the longest wait.
        killed: At the latest, if every worker before was killed, so that the message came back when
            its visibility timeout was over.
    """

    number: int
    earliest: int
    failing: int
    killed: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a message can live through.

    Attributes:
        attempts: Each attempt that it has.
        dead_earliest: In the dead-letter queue, if it is refused for good at the first attempt.
        dead_latest: In the dead-letter queue, if everything took as long as it can, receives that
            are no attempts and waits that a handler asked for included.
        message_expires: SQS drops it, if nobody took it until then.
        parked_expires: A dead letter that the worker parked last is dropped.
        moved_expires: A dead letter that SQS moved is dropped: its age counts from its first send.
        record_lapses: The record of an effect done at once is forgotten; the key runs again.
    """

    attempts: tuple[Attempt, ...]
    dead_earliest: int
    dead_latest: int
    message_expires: int
    parked_expires: int
    moved_expires: int
    record_lapses: int


def max_receives(worker: Worker) -> int:
    """Return after how many receives SQS moves a message on, as the module `job` sets it.

    Not every receive becomes an attempt: an hour of receives in vain is bearable, and in a batch
    others may take the time.
    """
    in_vain = max(_FEWEST_SPARE, math.ceil(HOUR / max(worker.visibility_timeout, 1)) + 2)
    for_batch = min(2 * max(worker.batch_size - 1, 0), _MOST_FOR_BATCH)
    return min(worker.max_attempts + in_vain + for_batch, MOST_RECEIVES)


def bearable_outage(worker: Worker) -> int:
    """Return the seconds for which what surrounds a job may be away at no cost.

    Table, secrets, queue or scheduler: the message waits, no attempt is used up, and when the
    outage ends there are receives left for every attempt. All waits are taken as short as they can
    be. A worker that is throttled or dies is received again each visibility timeout instead.
    """
    in_vain = max_receives(worker) - worker.max_attempts - 1
    bounds = [min(_OUTAGE_BASE * 4 ** min(number, 9), MAX_WAIT) for number in range(in_vain)]
    waits: int = sum(math.ceil(_OUTAGE_SHORTEST * bound) for bound in bounds)
    # What would expire within the next wait and receive is parked.
    kept = worker.message_retention - worker.delay - MAX_WAIT - worker.visibility_timeout
    return max(0, min(waits, in_vain * worker.visibility_timeout, kept))


def longest_wait(attempt: int, *, base: int, cap: int) -> int:
    """Return the longest wait after an attempt, counted from one, that fails by an error."""
    doubled: int = base * 2 ** min(attempt - 1, MAX_WAIT)
    return max(MIN_WAIT, min(doubled, cap, MAX_WAIT))


def timeline_of(worker: Worker) -> Timeline:
    """Return the timeline of a job's messages in one environment."""
    window = worker.batch_window
    earliest = failing = killed = worker.delay
    attempts = []
    for number in range(1, worker.max_attempts + 1):
        attempts.append(Attempt(number, earliest, failing + window, killed + window))
        wait = longest_wait(number, base=worker.backoff.base, cap=worker.backoff.cap)
        earliest += MIN_WAIT
        failing += window + worker.timeout + wait
        killed += worker.visibility_timeout
    dead_latest = worst_path(worker)
    return Timeline(
        attempts=tuple(attempts),
        dead_earliest=worker.delay,
        dead_latest=dead_latest,
        message_expires=worker.message_retention,
        parked_expires=dead_latest + worker.dead_letter_retention,
        moved_expires=worker.dead_letter_retention,
        record_lapses=worker.delay + worker.record_retention,
    )


def crash_path(worker: Worker) -> int:
    """Return the seconds until a message is dead if each attempt takes as long as it can.

    Receives in vain last one visibility timeout each. Longer waits are the worker's own: it parks
    a message that would expire in one.
    """
    spare = max_receives(worker) - worker.max_attempts
    return usual_path(worker) + spare * worker.visibility_timeout


def usual_path(worker: Worker) -> int:
    """Return the seconds until a message is dead if each attempt takes as long as it can."""
    return _path(worker, worker.max_attempts, between=0)


def worst_path(worker: Worker) -> int:
    """Return the seconds until a message is dead if each receive takes as long as it can.

    A receive that finds equal work in progress waits for it, or for what is away, and is no
    attempt. What would expire meanwhile is parked.
    """
    longest = _path(worker, max_receives(worker), between=MAX_WAIT)
    return min(longest, worker.message_retention)


def _path(worker: Worker, receives: int, *, between: int) -> int:
    busy = worker.batch_window + worker.timeout
    asked = max(MIN_WAIT, min(worker.backoff.cap, MAX_WAIT))
    longest = max(worker.visibility_timeout, busy + asked, between)
    last = max(worker.visibility_timeout, busy)
    return worker.delay + (receives - 1) * longest + last
