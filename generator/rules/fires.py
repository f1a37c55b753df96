"""When a schedule fires: never, too often, or on another day than a reader thinks."""

from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.manifest.resolved import Schedule, Worker
from generator.manifest.types import duration_text
from generator.rules.clock import crons, moments, now
from generator.rules.expressions import AT, CRON, RATE, problems_of
from generator.rules.registry import Violation, worker_rule


@worker_rule(
    "schedule-never-fires",
    what="A cron expression names a time that still comes.",
    why="The Scheduler takes 31 February and past years, and the job silently never runs.",
    remedy="name a day that its months have, and a year that is not over",
    source=CRON,
)
def schedule_never_fires(worker: Worker) -> Iterator[Violation]:
    """Judge whether there is a next fire."""
    from generator.schedules import next_fires  # noqa: PLC0415 - many manifests have no schedule

    for schedule, cron, zone in crons(worker):
        if not next_fires(cron, zone, now(), 1):
            message = f'"{schedule.triggers["cron"]}" never fires'
            yield Violation((*schedule.where, "cron"), message)


@worker_rule(
    "schedule-past",
    what="A one-time schedule lies in the future.",
    why="The Scheduler fires one that is past at once, or not at all, when it is created anew.",
    remedy="remove the schedule, or give it a time to come",
    source=AT,
    severity=Severity.WARNING,
)
def schedule_past(worker: Worker) -> Iterator[Violation]:
    """Judge one-time schedules against the clock."""
    for schedule, local, zone in moments(worker):
        if local.replace(tzinfo=zone) <= now():
            yield Violation((*schedule.where, "at"), f"{local.isoformat()} is over")


@worker_rule(
    "cron-weekday-numbers",
    what="Days of week are written as names.",
    why="The Scheduler's 1 is Sunday, Unix cron's 1 is Monday: `1-5` runs from Sunday to Thursday.",
    remedy="write names, such as MON-FRI",
    source=CRON,
    severity=Severity.WARNING,
)
def cron_weekday_numbers(worker: Worker) -> Iterator[Violation]:
    """Judge how days of week are written."""
    for schedule, cron, _ in crons(worker):
        if cron.weekday_numbers:
            text = schedule.triggers["cron"]
            field = text.split()[4]
            message = f"`{field}` counts days from 1 = SUN, unlike Unix cron"
            offset = text.rindex(field, 0, text.rindex(text.split()[5]))
            yield Violation((*schedule.where, "cron"), message, offset=offset)


@worker_rule(
    "schedule-overlap",
    what="A run can end before the next one begins.",
    why="Two runs would work side by side, which a scheduled job seldom expects.",
    remedy="lower `timeout`, or let it run less often",
    source="our own advice",
    severity=Severity.WARNING,
)
def schedule_overlap(worker: Worker) -> Iterator[Violation]:
    """Judge the shortest interval against the timeout."""
    for schedule, trigger, interval in _intervals(worker):
        if interval < worker.timeout:
            message = (
                f"a run may take {duration_text(worker.timeout)}, "
                f"the next begins after {duration_text(interval)}"
            )
            yield Violation((*schedule.where, trigger), message)


@worker_rule(
    "rate-starts-at-once",
    what="A rate may fire when it is deployed.",
    why="Its clock starts when the schedule is created, so deploying runs the job, at any hour.",
    remedy="use `cron`, or allow it where a run at any time is harmless",
    source=RATE,
    severity=Severity.WARNING,
)
def rate_starts_at_once(worker: Worker) -> Iterator[Violation]:
    """Point out rates."""
    for schedule in worker.schedules:
        if "rate" in schedule.triggers and not problems_of("rate", schedule.triggers["rate"]):
            message = f"every {schedule.triggers['rate']}, counted from the deployment"
            yield Violation((*schedule.where, "rate"), message)


def _intervals(worker: Worker) -> Iterator[tuple[Schedule, str, int]]:
    """Yield each right schedule that repeats, its trigger, and its shortest interval in seconds."""
    from generator.schedules import parse_rate, shortest_interval  # noqa: PLC0415

    for schedule in worker.schedules:
        text = schedule.triggers.get("rate")
        if text is not None and not problems_of("rate", text):
            yield schedule, "rate", parse_rate(text).seconds
    for schedule, cron, _ in crons(worker):
        shortest = shortest_interval(cron, now().date())
        if shortest is not None:
            yield schedule, "cron", int(shortest.total_seconds())
