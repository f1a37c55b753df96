"""Which days of a month a cron expression means: by day of month or by day of week."""

from calendar import monthrange
from dataclasses import dataclass

SATURDAY, SUNDAY = 5, 6  # as `calendar` counts, Monday being 0


@dataclass(frozen=True)
class MonthDays:
    """Days by their number in the month.

    Attributes:
        days: Plain day numbers, 1 to 31.
        last: The last day of the month (`L`).
        last_weekday: The last day of the month from Monday to Friday (`LW`).
        nearest: The day from Monday to Friday nearest to this one in the same month (`3W`); 0 for
            none.
    """

    days: frozenset[int] = frozenset()
    last: bool = False
    last_weekday: bool = False
    nearest: int = 0

    def of(self, year: int, month: int) -> tuple[int, ...]:
        """Return the days of one month, in order."""
        first, length = monthrange(year, month)
        if self.last:
            return (length,)
        if self.last_weekday:
            return (_nearest_weekday(first, length, length),)
        if self.nearest:
            return (
                (_nearest_weekday(first, length, self.nearest),) if self.nearest <= length else ()
            )
        return tuple(day for day in range(1, length + 1) if day in self.days)


@dataclass(frozen=True)
class WeekDays:
    """Days by their weekday.

    Attributes:
        days: Weekdays as the Scheduler counts them: 1 is Sunday, 7 is Saturday.
        nth: Only the n-th such day of the month (`3#2`); 0 for every one.
        last: Only the last such day of the month (`6L`).
    """

    days: frozenset[int]
    nth: int = 0
    last: bool = False

    def of(self, year: int, month: int) -> tuple[int, ...]:
        """Return the days of one month, in order."""
        first, length = monthrange(year, month)
        days = [day for day in range(1, length + 1) if (first + day) % 7 + 1 in self.days]
        if self.last:
            return tuple(days[-1:])
        if self.nth:
            return tuple(days[self.nth - 1 : self.nth])
        return tuple(days)


def _nearest_weekday(first: int, length: int, day: int) -> int:
    """Return the day from Monday to Friday nearest to a day, without leaving the month.

    Args:
        first: Weekday of the first of the month, Monday being 0.
        length: Days in the month.
        day: The day of the month to stay near to.
    """
    weekday = (first + day - 1) % 7
    if weekday == SATURDAY:
        return day - 1 if day > 1 else day + 2
    if weekday == SUNDAY:
        return day + 1 if day < length else day - 2
    return day
