"""Schedules against the days on which a zone moves its clock."""

from collections.abc import Iterator
from datetime import datetime

from generator.diagnostics import Severity
from generator.manifest.resolved import Schedule, Worker
from generator.rules.clock import crons, moments, now
from generator.rules.registry import Violation, worker_rule

ZONES = "EventBridge Scheduler user guide, time zones and daylight saving time"
LOOKAHEAD_DAYS = 550
"""A year and a half: every zone that moves its clock does so twice within it."""

_HOURS = 24
_FIXED = frozenset(
    {"EST", "MST", "HST", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "CET", "MET", "EET", "WET"}
)


@worker_rule(
    "schedule-skipped",
    what="A one-time schedule names a time that its zone's clock shows.",
    why="In the hour that the clock jumps over in spring, the run would not come or come shifted.",
    remedy="choose a time before or after the gap",
    source=ZONES,
)
def schedule_skipped(worker: Worker) -> Iterator[Violation]:
    """Judge one-time schedules against the gaps of their zone."""
    from generator.schedules.fires import exists  # noqa: PLC0415 - many manifests have no schedule

    for schedule, local, zone in moments(worker):
        if not exists(local, zone):
            message = f"{schedule.timezone} has no {local.isoformat()}: its clock jumps over it"
            yield Violation((*schedule.where, "at"), message)


@worker_rule(
    "dst-gap",
    what="No schedule names an hour that its zone's clock jumps over in spring.",
    why="The run of that day is skipped without a word.",
    remedy="choose another hour, or UTC",
    source=ZONES,
    severity=Severity.WARNING,
)
def dst_gap(worker: Worker) -> Iterator[Violation]:
    """Judge cron schedules against the gaps to come."""
    for schedule, local in _clock_change(worker, gap=True):
        message = f"on {local:%Y-%m-%d} the clock skips {local:%H:%M}: no run on that day"
        yield Violation((*schedule.where, "cron"), message)


@worker_rule(
    "dst-overlap",
    what="No schedule names an hour that its zone's clock repeats in autumn.",
    why="The hour comes twice and the run once, an hour earlier than a reader may expect.",
    remedy="choose another hour, or UTC",
    source=ZONES,
    severity=Severity.WARNING,
)
def dst_overlap(worker: Worker) -> Iterator[Violation]:
    """Judge cron and one-time schedules against the repeated hours to come."""
    from generator.schedules.fires import comes_twice  # noqa: PLC0415 - as above

    for schedule, local in _clock_change(worker, gap=False):
        message = f"on {local:%Y-%m-%d} the clock shows {local:%H:%M} twice; one run comes"
        yield Violation((*schedule.where, "cron"), message)
    for schedule, local, zone in moments(worker):
        if comes_twice(local, zone):
            message = f"on {local:%Y-%m-%d} the clock shows {local:%H:%M} twice; one run comes"
            yield Violation((*schedule.where, "at"), message)


@worker_rule(
    "timezone-fixed",
    what="The time zone is named after a place.",
    why="Names such as EST and CET are leftovers whose clock changes differ from the place's, "
    "and `Etc/GMT+2` is two hours behind UTC, not ahead.",
    remedy="use a place, such as Europe/Berlin, or UTC",
    source="tzdata: files `northamerica`, `europe` and `etcetera`",
    severity=Severity.WARNING,
)
def timezone_fixed(worker: Worker) -> Iterator[Violation]:
    """Judge which kind of zone is named."""
    for schedule in worker.schedules:
        zone = schedule.timezone
        if zone in _FIXED or (
            zone.startswith("Etc/GMT") and zone[-1].isdigit() and zone[-1] != "0"
        ):
            message = f"{zone} is no place's time"
            if zone.startswith("Etc/"):
                message += "; its sign is the other way round"
            yield Violation((*schedule.where, "timezone"), message)


def _clock_change(worker: Worker, *, gap: bool) -> Iterator[tuple[Schedule, datetime]]:
    """Yield each schedule with the next of its times that a clock change skips or repeats.

    A schedule of every hour is left out: it has a neighbour within the hour.
    """
    from generator.schedules import affected_fires  # noqa: PLC0415 - as above

    for schedule, cron, zone in crons(worker):
        if len(cron.hours) < _HOURS:
            for affected in affected_fires(cron, zone, now(), LOOKAHEAD_DAYS):
                if affected.gap is gap:
                    yield schedule, affected.local
                    break
