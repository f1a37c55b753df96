"""Parse a cron expression as EventBridge Scheduler reads it: six fields, 1 = SUN, one `?`."""

import re
from dataclasses import dataclass, replace

from generator.schedules import correct
from generator.schedules.dayfields import read_month_days, read_week_days
from generator.schedules.days import MonthDays, WeekDays
from generator.schedules.fields import FIELDS, HOUR, MINUTE, MONTH, YEAR
from generator.schedules.parts import read_values
from generator.schedules.problem import ExpressionError, Problem, Slip, refuse_length

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Cron:
    """A cron expression, as the values that it names.

    Attributes:
        minutes: Minutes of the hour, in order.
        hours: Hours of the day, in order.
        days: The days of a month, by number or by weekday.
        months: Months, 1 to 12, in order.
        years: Years, 1970 to 2199, in order.
        weekday_numbers: Whether the day of week is in digits, which Unix cron counts differently.
    """

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: MonthDays | WeekDays
    months: tuple[int, ...]
    years: tuple[int, ...]
    weekday_numbers: bool = False


def parse_cron(expression: str) -> Cron:
    """Read the fields of a cron expression, without the `cron()` around them.

    Raises:
        ExpressionError: The Scheduler would refuse the expression; holds every problem found.
    """
    refuse_length(expression, "cron")
    problems: list[Problem] = []
    cron = _read(expression, problems)
    if cron is None:
        suggestion = _suggestion(expression)
        raise ExpressionError(
            tuple(replace(problem, suggestion=suggestion) for problem in problems)
        )
    return cron


def _suggestion(expression: str) -> str:
    """Return the expression that was probably meant, if that one is right; else an empty string."""
    candidate = correct.corrected(expression)
    return candidate if _read(candidate, []) else ""


def _read(expression: str, problems: list[Problem]) -> Cron | None:
    """Return the expression's meaning, or None with the reasons added to `problems`."""
    words = list(_WORD.finditer(expression))
    problem = _shape_problem(expression, len(words))
    if problem:
        problems.append(problem)
        return None
    (minute, hour, month_day, month, week_day, year) = ((word[0], word.start()) for word in words)
    before = len(problems)
    minutes = read_values(MINUTE, *minute, problems)
    hours = read_values(HOUR, *hour, problems)
    months = read_values(MONTH, *month, problems)
    years = read_values(YEAR, *year, problems)
    days = _read_days(month_day, week_day, problems)
    if len(problems) > before:
        return None
    return Cron(
        minutes=tuple(sorted(minutes)),
        hours=tuple(sorted(hours)),
        days=days,
        months=tuple(sorted(months)),
        years=tuple(sorted(years)),
        weekday_numbers=any(character.isdigit() for character in week_day[0].partition("#")[0]),
    )


def _read_days(
    month_day: tuple[str, int], week_day: tuple[str, int], problems: list[Problem]
) -> MonthDays | WeekDays:
    """Read the one day field that says something; the other must be `?`."""
    if week_day[0] == "?" and month_day[0] != "?":
        return read_month_days(*month_day, problems)
    if month_day[0] == "?" and week_day[0] != "?":
        return read_week_days(*week_day, problems)
    both = "both day fields are ?" if month_day[0] == "?" else "both day fields say something"
    message = f"{both}; exactly one of day of month and day of week must be ?"
    text, start = week_day
    problems.append(Problem(Slip.DAY_FIELDS, message, start, start + len(text)))
    if month_day[0] != "?":
        read_month_days(*month_day, problems)
        read_week_days(*week_day, problems)
    return MonthDays()


def _shape_problem(expression: str, words: int) -> Problem | None:
    """Return what is wrong with the expression as a whole, before its fields are read."""
    start = len(expression) - len(expression.lstrip())
    end = max(len(expression.rstrip()), start)
    text = expression.strip()
    if text.startswith("@"):
        message = f"{text} is an alias of Unix cron; the Scheduler takes the six fields only"
        return Problem(Slip.ALIAS, message, start, end)
    if text.lower().startswith("cron("):
        message = "write the fields without cron( ) around them"
        return Problem(Slip.WRAPPED, message, start, end)
    if words != len(FIELDS):
        kinds = {
            0: "the expression is empty",
            5: "five fields are Unix cron, the year is missing",
            7: "seven fields begin with seconds, which the Scheduler does not have",
        }
        what = kinds.get(words, f"there are {words} fields")
        message = f"{what}; it takes six: minute, hour, day of month, month, day of week, year"
        return Problem(Slip.FIELDS, message, start, end)
    return None
