"""Schedules: their grammar, their zone, and the payload that each run is enqueued with."""

from collections.abc import Iterator

from generator.contracts.instances import mismatches
from generator.manifest.resolved import Worker
from generator.rules.registry import Violation, worker_rule
from generator.words import joined

TRIGGERS = ("cron", "rate", "at")


@worker_rule(
    "schedule-trigger",
    what="A schedule has exactly one of `cron`, `rate` and `at`.",
    why="EventBridge Scheduler takes one expression.",
    remedy="keep one of `cron`, `rate` and `at`",
)
def schedule_trigger(worker: Worker) -> Iterator[Violation]:
    """Judge how many triggers each schedule has."""
    for schedule in worker.schedules:
        given = [name for name in TRIGGERS if name in schedule.triggers]
        if not given:
            yield Violation(schedule.where, "the schedule says neither `cron`, `rate` nor `at`")
        elif len(given) > 1:
            yield Violation((*schedule.where, given[1]), f"the schedule has {joined(given)}")


@worker_rule(
    "schedule-timezone",
    what="`cron` and `at` name the time zone they are meant in; `rate` has none.",
    why="Without one they would fire in UTC, an hour or more off, and shift when clocks change.",
    remedy="add `timezone`, such as Europe/Berlin, or UTC if that is meant",
)
def schedule_timezone(worker: Worker) -> Iterator[Violation]:
    """Judge whether a time zone is given where one is needed."""
    for schedule in worker.schedules:
        zoned = [name for name in ("cron", "at") if name in schedule.triggers]
        if zoned and not schedule.timezone:
            yield Violation((*schedule.where, zoned[0]), f"`{zoned[0]}` needs a `timezone`")
        elif "rate" in schedule.triggers and not zoned and schedule.timezone:
            message = "a `rate` knows no time zone"
            yield Violation((*schedule.where, "timezone"), message, "remove it", key=True)


@worker_rule(
    "timezone-name",
    what="The time zone is in the IANA database.",
    why="Terraform does not look; EventBridge Scheduler refuses it at apply.",
    remedy="use a name such as Europe/Berlin",
)
def timezone_name(worker: Worker) -> Iterator[Violation]:
    """Judge the names of time zones."""
    for schedule in worker.schedules:
        if not schedule.timezone:
            continue
        from generator.schedules.zones import zone_problem  # noqa: PLC0415 - reads the zone list

        problem = zone_problem(schedule.timezone)
        if problem is not None:
            meant = f"did you mean `{problem.suggestion}`?" if problem.suggestion else ""
            yield Violation((*schedule.where, "timezone"), problem.message, meant)


@worker_rule(
    "schedule-expression",
    what="The expression is one that EventBridge Scheduler reads.",
    why="Terraform looks at its length alone; a wrong one fails at apply.",
    remedy="write cron as six fields: minute hour day-of-month month day-of-week year",
)
def schedule_expression(worker: Worker) -> Iterator[Violation]:
    """Judge the grammar of every expression."""
    for schedule in worker.schedules:
        for trigger, text in schedule.triggers.items():
            for message, suggestion in _problems(trigger, text):
                hint = f'did you mean "{suggestion}"?' if suggestion else ""
                yield Violation((*schedule.where, trigger), message, hint)


@worker_rule(
    "schedule-payload",
    what="A schedule's payload fits the job's schema.",
    why="Every run would be refused before it is enqueued, when nobody is looking.",
    remedy="give what the payload requires, in its types",
)
def schedule_payload(worker: Worker) -> Iterator[Violation]:
    """Judge every schedule's payload by the job's own contract."""
    for schedule in worker.schedules:
        for path, message in mismatches(schedule.payload, worker.job.payload):
            where = (*schedule.where, "payload", *path)
            yield Violation(where, f"{_subject(path)} {message}")


def _problems(trigger: str, text: str) -> Iterator[tuple[str, str]]:
    from generator.schedules import (  # noqa: PLC0415 - few manifests have every kind
        ExpressionError,
        parse_at,
        parse_cron,
        parse_rate,
    )

    parse = {"cron": parse_cron, "rate": parse_rate, "at": parse_at}[trigger]
    try:
        parse(text)
    except ExpressionError as error:
        for problem in error.problems:
            yield problem.message, problem.suggestion


def _subject(path: tuple[str | int, ...]) -> str:
    names = [str(part) for part in path]
    return f"`{'.'.join(names)}`" if names else "the schedule's payload"
