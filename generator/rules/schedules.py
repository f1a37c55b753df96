"""Schedules: their grammar, their zone, and the payload that each run is enqueued with."""

import json
from collections.abc import Iterator

from generator.contracts.instances import mismatches
from generator.manifest.resolved import Worker
from generator.rules.limits import LARGEST_MESSAGE
from generator.rules.registry import Violation, worker_rule
from generator.words import joined

TRIGGERS = ("cron", "rate", "at")

ROOM_FOR_ENVELOPE = 1024
"""Bytes of a message beside its payload: ids, key, time and trace, generously."""


@worker_rule(
    "schedule-trigger",
    what="A schedule has exactly one of `cron`, `rate` and `at`.",
    why="EventBridge Scheduler takes one expression.",
    remedy="keep one of `cron`, `rate` and `at`",
    source="botocore: scheduler, ScheduleExpression",
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
    source="botocore: scheduler, ScheduleExpressionTimezone",
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
    source="IANA time zone database, package tzdata",
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
    "schedule-payload",
    what="A schedule's payload fits the job's schema.",
    why="Every run would be refused before it is enqueued, when nobody is looking.",
    remedy="give what the payload requires, in its types",
    source="our own producer",
)
def schedule_payload(worker: Worker) -> Iterator[Violation]:
    """Judge every schedule's payload by the job's own contract."""
    for schedule in worker.schedules:
        for path, message in mismatches(schedule.payload, worker.job.payload):
            where = (*schedule.where, "payload", *path)
            yield Violation(where, f"{_subject(path)} {message}")


@worker_rule(
    "schedule-payload-size",
    what="A schedule's payload, with the event around it, takes at most 252 KiB.",
    why="The run is enqueued as a message, and one that is too large is refused when nobody looks.",
    remedy="name what to work on instead of listing it",
    source="botocore: scheduler, Input; sqs, MaximumMessageSize",
)
def schedule_payload_size(worker: Worker) -> Iterator[Violation]:
    """Judge the size of every schedule's payload as JSON."""
    for schedule in worker.schedules:
        size = len(json.dumps(schedule.payload)) + ROOM_FOR_ENVELOPE
        if size > LARGEST_MESSAGE:
            message = f"the payload makes a message of {size} bytes, {LARGEST_MESSAGE} are allowed"
            yield Violation((*schedule.where, "payload"), message, key=True)


def _subject(path: tuple[str | int, ...]) -> str:
    names = [str(part) for part in path]
    return f"`{'.'.join(names)}`" if names else "the schedule's payload"
