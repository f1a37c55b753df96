"""The days on which a run is due, in metric math: from the number of the day since 1970."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.schedules.cron import Cron
from generator.schedules.days import MonthDays, WeekDays

_WEEK = 7
_MARCH = 3
_MONTHS = 12
_EVERY_MONTH = tuple(range(1, _MONTHS + 1))
_EVERY_DAY = frozenset(range(1, 32))
_EVERY_WEEKDAY = frozenset(range(1, _WEEK + 1))

_FIRST = 11_017
"""The first of March 2000, in days since 1970: from there on leap days end each fourth year."""


@dataclass(frozen=True, slots=True)
class Days:
    """A condition on the day.

    Attributes:
        steps: Expressions by id, each of which may name those before it, and `day`.
        conditions: What must hold; none where every day is meant.
    """

    steps: Mapping[str, str]
    conditions: tuple[str, ...]


def days_of(cron: Cron) -> Days | None:
    """Return the condition for the days of an expression; None where metric math cannot say it."""
    days, ahead = cron.days, 0
    conditions: list[str] = []
    steps: dict[str, str] = {}
    if isinstance(days, WeekDays):
        if days.days != _EVERY_WEEKDAY:
            steps["weekday"] = f"day + 4 - {_WEEK} * FLOOR((day + 4) / {_WEEK})"
            conditions.append(_any("weekday", [number - 1 for number in sorted(days.days)]))
        if days.nth:
            low = _WEEK * (days.nth - 1)
            conditions.append(f"(date > {low} AND date <= {low + _WEEK})")
        if days.last:
            ahead = _WEEK
            conditions.append(f"date <= {_WEEK}")
    elif days.last:
        ahead = 1
        conditions.append("date == 1")
    elif days.last_weekday or days.nearest:
        return None
    elif days.days != _EVERY_DAY:
        conditions.append(_any("date", sorted(days.days)))
    if cron.months != _EVERY_MONTH:
        conditions.append(_any("month", list(_months(cron, days, ahead))))
    if any("date" in text or "month" in text for text in conditions):
        steps |= _calendar(ahead)
    return Days(steps, tuple(conditions))


def _months(cron: Cron, days: MonthDays | WeekDays, ahead: int) -> Iterator[int]:
    """Yield months as the calendar below counts them: March is 0; after `ahead` days."""
    later = 1 if ahead and days.last else 0
    yield from sorted((month - _MARCH + later) % _MONTHS for month in cron.months)


def _calendar(ahead: int) -> dict[str, str]:
    """Return the steps to the date and the month of a day, or of one so many days after it."""
    start = _FIRST - ahead
    return {
        "cycle": f"day - {start} - 1461 * FLOOR((day - {start}) / 1461)",
        "yearday": "cycle - 365 * FLOOR((cycle - FLOOR(cycle / 1460)) / 365)",
        "month": "FLOOR((5 * yearday + 2) / 153)",
        "date": "yearday - FLOOR((153 * month + 2) / 5) + 1",
    }


def _any(series: str, values: list[int]) -> str:
    """Return the condition that a series is one of some values, in as few words as there are."""
    spans: list[tuple[int, int]] = []
    for value in values:
        if spans and value == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], value)
        else:
            spans.append((value, value))
    texts = [
        f"{series} == {low}" if low == high else f"({series} >= {low} AND {series} <= {high})"
        for low, high in spans
    ]
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"
