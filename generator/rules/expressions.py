"""Mistakes inside a schedule's expression: one row and one rule for each kind of slip."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from generator.manifest.resolved import Worker
from generator.rules.registry import Violation, worker_rule

if TYPE_CHECKING:
    from generator.schedules import Problem

CRON = "EventBridge Scheduler user guide, cron-based schedules"
RATE = "EventBridge Scheduler user guide, rate-based schedules"
AT = "EventBridge Scheduler user guide, one-time schedules"


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of slip as a rule.

    Attributes:
        slip: The parser's name for it.
        id: The rule's name.
        what: What must hold.
        why: What happens otherwise.
        remedy: What to do where the parser has no better idea.
        source: Where the fact is from.
    """

    slip: str
    id: str
    what: str
    why: str
    remedy: str
    source: str


_REFUSED = "Terraform looks at the length alone; the Scheduler refuses the schedule at apply."

ROWS = (
    Row("length", "expression-length",
        "An expression has at most 256 characters, its kind and parentheses included.",
        "The Scheduler takes no more.",
        "split it into several schedules", "botocore: scheduler, ScheduleExpression"),
    Row("kind", "expression-kind",
        "An expression stands under the key of its kind: `cron`, `rate` or `at`.",
        "The key says how the Scheduler reads it.",
        "move it to the key of its kind", "the manifest's own form"),
    Row("wrapped", "expression-wrapped",
        "An expression stands without `cron()`, `rate()` or `at()` around it.",
        "The key names the kind already, and the generator adds the parentheses.",
        "write what stands inside the parentheses", "the manifest's own form"),
    Row("alias", "cron-alias",
        "A cron expression spells out its fields.",
        "`@daily` and its like belong to Unix cron; " + _REFUSED,
        "write the six fields", CRON),
    Row("fields", "cron-fields",
        "A cron expression has six fields: minute, hour, day of month, month, day of week, year.",
        "Unix cron has five and Quartz seven; " + _REFUSED,
        "write minute, hour, day of month, month, day of week and year", CRON),
    Row("syntax", "cron-syntax",
        "Each field of a cron expression is made of values, ranges, lists and increments.",
        _REFUSED,
        "use numbers, or names such as MON and JAN", CRON),
    Row("range", "cron-range",
        "Each value of a cron expression is one that its field has, and ranges run forwards.",
        _REFUSED,
        "use values that the field has", CRON),
    Row("step", "cron-step",
        "An increment is at least one and smaller than its field, and the day of week has none.",
        _REFUSED,
        "use an increment that the field has room for", CRON),
    Row("name-case", "cron-name-case",
        "Names of months and days are written in capitals.",
        "The reference knows them in no other form.",
        "write it in capitals", CRON),
    Row("day-fields", "cron-day-fields",
        "Exactly one of day of month and day of week is `?`.",
        "The Scheduler refuses an expression that restricts both, or neither.",
        "put `?` into the day field that does not matter", CRON),
    Row("sunday", "cron-sunday",
        "Days of week are counted from 1 = SUN to 7 = SAT.",
        "Unix cron counts from 0; " + _REFUSED,
        "write the day's name, such as SUN", CRON),
    Row("day-mark", "cron-day-mark",
        "`L`, `W` and `#` stand in the day fields that know them, alone.",
        "The Scheduler reads a list with `#` as two expressions and refuses it.",
        "use L, LW or 15W as the day of month, 6L or 3#2 as the day of week", CRON),
    Row("rate-form", "rate-form",
        "A rate is a whole number and a unit.",
        _REFUSED,
        "write it as `5 minutes`", RATE),
    Row("rate-value", "rate-value",
        "A rate's number is positive.",
        _REFUSED,
        "use 1 or more", RATE),
    Row("rate-unit", "rate-unit",
        "A rate's unit is minute(s), hour(s) or day(s), in the singular for 1.",
        "The Scheduler has no seconds, weeks or months; " + _REFUSED,
        "use minutes, hours or days", RATE),
    Row("at-form", "at-form",
        "A one-time schedule is a date and a time to the second.",
        _REFUSED,
        "write it as 2027-03-01T06:00:00", AT),
    Row("at-offset", "at-offset",
        "A one-time schedule has no offset; its zone stands in `timezone`.",
        _REFUSED,
        "leave the offset out", AT),
    Row("at-date", "at-date",
        "A one-time schedule is on a day that exists.",
        _REFUSED,
        "use a day of the calendar", AT),
)  # fmt: skip


def _register(row: Row) -> None:
    def check(worker: Worker) -> Iterator[Violation]:
        for schedule in worker.schedules:
            for trigger, text in schedule.triggers.items():
                for problem in problems_of(trigger, text):
                    if problem.slip == row.slip:
                        where = (*schedule.where, trigger)
                        hint = f'did you mean "{problem.suggestion}"?' if problem.suggestion else ""
                        yield Violation(where, problem.message, hint, offset=problem.start)

    worker_rule(row.id, what=row.what, why=row.why, remedy=row.remedy, source=row.source)(check)


@cache
def problems_of(trigger: str, text: str) -> "tuple[Problem, ...]":
    """Return what the parser of a trigger says against a text."""
    from generator.schedules import ExpressionError  # noqa: PLC0415 - as below
    from generator.schedules.kinds import PARSERS, of_another_kind  # noqa: PLC0415 - seldom needed

    try:
        PARSERS[trigger](text)
    except ExpressionError as error:
        another = of_another_kind(trigger, text)
        return error.problems if another is None else (another,)
    return ()


for _row in ROWS:
    _register(_row)
