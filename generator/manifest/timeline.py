"""When things happen to a message: its attempts, the dead-letter queue, and what expires when.

All times are seconds since the message was sent. They hold while a worker is free to take it:
how long a message waits behind others depends on the load, which no manifest knows.
"""

from dataclasses import dataclass

from generator.manifest.resolved import Worker

MAX_WAIT = 900
"""Longest wait between two attempts that the worker sets, whatever the cap says."""

MIN_WAIT = 1
"""Shortest one: the jitter is drawn from zero, rounded up to a whole second."""

SPARE_RECEIVES = 5
"""Receives that a message has beside its attempts: throttling and waiting use them up."""


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


def usual_path(worker: Worker) -> int:
    """Return the seconds until a message is dead if each attempt takes as long as it can."""
    return _path(worker, worker.max_attempts, between=0)


def worst_path(worker: Worker) -> int:
    """Return the seconds until a message is dead if each receive takes as long as it can.

    A receive that finds equal work in progress waits for it, and is no attempt.
    """
    return _path(worker, worker.max_attempts + SPARE_RECEIVES, between=MAX_WAIT)


def _path(worker: Worker, receives: int, *, between: int) -> int:
    busy = worker.batch_window + worker.timeout
    asked = max(MIN_WAIT, min(worker.backoff.cap, MAX_WAIT))
    longest = max(worker.visibility_timeout, busy + asked, between)
    last = max(worker.visibility_timeout, busy)
    return worker.delay + (receives - 1) * longest + last
