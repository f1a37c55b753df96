"""How much a job does in a month, and on its worst day: from `expected` and its schedules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from generator.manifest.resolved import Schedule, Worker

if TYPE_CHECKING:
    from generator.schedules import Cron

SECONDS_A_DAY = 86_400
MONTH = 2_628_000
"""Seconds of a month: a year's twelfth."""

DAYS = MONTH / SECONDS_A_DAY

_COUNTED_FROM = date(2027, 2, 1)
_COUNTED_DAYS = 28
"""Four weeks with one of each day of a month that all months have stand for any month."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What is done in a time.

    Attributes:
        messages: Pieces of work.
        attempts: Attempts at all of them.
        seconds: Seconds that one attempt takes.
        fires: How many of the messages a schedule has sent.
    """

    messages: float
    attempts: float
    seconds: float
    fires: float


def monthly(worker: Worker) -> Usage:
    """Return what a month has."""
    fires = sum(fires_a_month(schedule) for schedule in worker.schedules)
    messages = _sent(worker, worker.expected.messages) * DAYS + fires
    seconds = min(worker.expected.duration_ms / 1000, worker.timeout)
    return Usage(messages, messages * worker.expected.attempts, seconds, fires)


def worst_day(worker: Worker) -> Usage:
    """Return the worst day: messages fail to their last attempt, and each runs into its timeout.

    No more is done than the concurrency lets through.
    """
    fires = sum(fires_a_month(schedule) for schedule in worker.schedules) / DAYS
    messages = _sent(worker, worker.expected.worst_day) + fires
    possible = worker.concurrency * SECONDS_A_DAY / worker.timeout * full_batch(worker)
    attempts = min(messages * worker.max_attempts, possible)
    return Usage(messages, attempts, worker.timeout, fires)


def _sent(worker: Worker, messages: int) -> int:
    """Return how many come under a name: those of a job with former names are counted once."""
    return 0 if worker.job.served_by else messages


def full_batch(worker: Worker) -> int:
    """Return how many messages an invocation has: batches fill only where they are waited for."""
    return worker.batch_size if worker.batch_window else 1


def fires_a_month(schedule: Schedule) -> float:
    """Return how often a schedule runs in a month; a moment that comes once counts as none."""
    from generator.schedules import load_zone, parse_cron, parse_rate  # noqa: PLC0415 - many jobs have no schedule

    if not schedule.enabled or "at" in schedule.triggers:
        return 0.0
    if "rate" in schedule.triggers:
        return MONTH / parse_rate(schedule.triggers["rate"]).seconds
    days = parse_cron(schedule.triggers["cron"])
    load_zone(schedule.timezone or "UTC")
    return _days_of(days) * len(days.hours) * len(days.minutes) * DAYS / _COUNTED_DAYS


def _days_of(cron: "Cron") -> int:
    """Return on how many of the counted days an expression fires; clock changes are left out."""
    days = (_COUNTED_FROM + timedelta(days=number) for number in range(_COUNTED_DAYS))
    return sum(
        day.year in cron.years and day.month in cron.months and day.day in _named(cron, day)
        for day in days
    )


def _named(cron: "Cron", day: date) -> Collection[int]:
    return set(cron.days.of(day.year, day.month))
