"""Read the two day fields of a cron expression, which know L, W and #."""

import re

from generator.schedules.days import MonthDays, WeekDays
from generator.schedules.fields import DAY_OF_MONTH, DAY_OF_WEEK
from generator.schedules.parts import read_value, read_values
from generator.schedules.problem import Problem, Slip

_MARKED_MONTH_DAY = re.compile(r"[0-9]+W|.*[LW?#].*")
_NEAREST = re.compile(r"([0-9]+)W")
_LAST = re.compile(r"([A-Za-z0-9]+)L")
_NTH = re.compile(r"([A-Za-z0-9]+)#([0-9]+)")
_MOST_OFTEN = 5  # no weekday comes more often in a month


def read_month_days(text: str, offset: int, problems: list[Problem]) -> MonthDays:
    """Read a day of month: `, - * /`, `L`, `LW` or one day followed by `W`."""
    if text == "L":
        return MonthDays(last=True)
    if text == "LW":
        return MonthDays(last_weekday=True)
    if match := _NEAREST.fullmatch(text):
        return MonthDays(nearest=read_value(DAY_OF_MONTH, match[1], offset, problems))
    if _MARKED_MONTH_DAY.fullmatch(text):
        message = (
            f"{text} is no day of month; L, LW and a day with W (15W) stand alone, "
            "? stands alone and # belongs to the day of week"
        )
        problems.append(Problem(Slip.DAY_MARK, message, offset, offset + len(text)))
        return MonthDays()
    return MonthDays(days=read_values(DAY_OF_MONTH, text, offset, problems))


def read_week_days(text: str, offset: int, problems: list[Problem]) -> WeekDays:
    """Read a day of week: `, - *`, `L`, one day followed by `L`, or one day with `#`."""
    if text == "L":
        return WeekDays(days=frozenset({DAY_OF_WEEK.high}))
    if match := _LAST.fullmatch(text):
        day = read_value(DAY_OF_WEEK, match[1], offset, problems)
        return WeekDays(days=frozenset({day}), last=True)
    if match := _NTH.fullmatch(text):
        day = read_value(DAY_OF_WEEK, match[1], offset, problems)
        nth = int(match[2]) if len(match[2]) == 1 else 0
        if not 1 <= nth <= _MOST_OFTEN:
            start = offset + match.start(2)
            message = f"no weekday has a number {match[2]} in a month; # takes 1-{_MOST_OFTEN}"
            problems.append(Problem(Slip.DAY_MARK, message, start, offset + len(text)))
        return WeekDays(days=frozenset({day}), nth=nth)
    if re.search(r"#|\?|[0-9LW]L|[0-9]W|,L|L,", text):
        message = (
            f"{text} is no day of week; a day with # (3#2) or with L (6L) stands alone, "
            "and W belongs to the day of month"
        )
        problems.append(Problem(Slip.DAY_MARK, message, offset, offset + len(text)))
        return WeekDays(days=frozenset())
    return WeekDays(days=read_values(DAY_OF_WEEK, text, offset, problems))
