"""Schedules as rules look at them: parsed, where they can be, and seen from one moment."""

import os
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.manifest.resolved import Schedule, Worker
from generator.rules.expressions import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from generator.schedules import Cron


LAPSES = frozenset({"pause-over", "runtime-ended", "schedule-never-fires"})
"""Rules that a manifest can come to break by time alone: what was deployed runs on, and people
still have to reach it."""


def now() -> datetime:
    """Return the moment that rules judge from: `SOURCE_DATE_EPOCH` if set, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)


def crons(worker: Worker) -> "Iterator[tuple[Schedule, Cron, ZoneInfo]]":
    """Yield each right cron schedule, parsed."""
    from generator.schedules import load_zone, zone_problem  # noqa: PLC0415 - as above

    for schedule in worker.schedules:
        text = schedule.triggers.get("cron")
        zone = schedule.timezone or "UTC"
        if text is not None and not problems_of("cron", text) and not zone_problem(zone):
            yield schedule, _parsed(text), load_zone(zone)


@lru_cache(maxsize=8192)
def _parsed(text: str) -> "Cron":
    """Return a right cron expression parsed; rules and environments ask for the same ones."""
    from generator.schedules import parse_cron  # noqa: PLC0415 - as above

    return parse_cron(text)


def moments(worker: Worker) -> "Iterator[tuple[Schedule, datetime, ZoneInfo]]":
    """Yield each right one-time schedule with its local time."""
    from generator.schedules import load_zone, parse_at, zone_problem  # noqa: PLC0415 - as above

    for schedule in worker.schedules:
        text = schedule.triggers.get("at")
        zone = schedule.timezone or "UTC"
        if text is not None and not problems_of("at", text) and not zone_problem(zone):
            yield schedule, parse_at(text), load_zone(zone)
