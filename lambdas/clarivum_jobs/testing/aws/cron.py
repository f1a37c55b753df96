"""When a schedule of EventBridge Scheduler fires, time zones and daylight saving included."""

import calendar
import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

_MONTHS = (
    *("JAN", "FEB", "MAR", "APR", "MAY", "JUN"),
    *("JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
)
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_UNITS = {"minute": 60, "hour": 3600, "day": 86_400}
_FIELDS = 6
_SATURDAY = 5


def next_fire(
    expression: str, zone: str, after: dt.datetime, created: dt.datetime
) -> dt.datetime | None:
    """The first moment after `after` at which the expression fires, in UTC, or none.

    A `rate` counts from `created`. A `cron` in the hour that spring leaves out does not fire; in
    the hour that autumn repeats it fires once.

    Raises:
        ValueError: The expression is not one of `cron(...)`, `rate(...)` and `at(...)`.
    """
    match = re.fullmatch(r"(cron|rate|at)\((.*)\)", expression)
    if match is None:
        message = f"{expression!r} is no schedule expression"
        raise ValueError(message)
    kind, text = match.groups()
    if kind == "rate":
        amount, unit = text.split()
        step = int(amount) * _UNITS[unit.rstrip("s")]
        passed = int((after - created).total_seconds() // step)
        return created + dt.timedelta(seconds=step * (passed + 1))
    if kind == "at":
        moment = _at(dt.datetime.fromisoformat(text), ZoneInfo(zone))
        return moment if moment and moment > after else None
    return next((m for m in _fires(text, ZoneInfo(zone), after) if m > after), None)


def _fires(text: str, zone: ZoneInfo, after: dt.datetime) -> Iterator[dt.datetime]:
    fields = text.split()
    if len(fields) != _FIELDS:
        message = f"{text!r} has not six fields"
        raise ValueError(message)
    minutes, hours, months = (
        _set(fields[0], 0, 59),
        _set(fields[1], 0, 23),
        _set(fields[3], 1, 12, _MONTHS, first=1),
    )
    years = _set(fields[5], 1970, 2199)
    day = after.astimezone(zone).date()
    last = max(years)
    while day.year <= last:
        if day.year in years and day.month in months and _day(day, fields[2], fields[4]):
            for hour in sorted(hours):
                for minute in sorted(minutes):
                    moment = _at(dt.datetime.combine(day, dt.time(hour, minute)), zone)
                    if moment:
                        yield moment
        day += dt.timedelta(days=1)


def _at(local: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
    """A wall clock time as a moment: none where clocks skip it, the first where they repeat it."""
    moment = local.replace(tzinfo=zone).astimezone(dt.UTC)
    return moment if moment.astimezone(zone).replace(tzinfo=None) == local else None


def _day(day: dt.date, of_month: str, of_week: str) -> bool:
    if of_month != "?":
        return any(_in_month(day, part) for part in of_month.split(","))
    number = day.isoweekday() % 7 + 1
    last = calendar.monthrange(day.year, day.month)[1]
    if "#" in of_week:
        name, nth = of_week.split("#")
        return number == _value(name, _DAYS, 1) and (day.day - 1) // 7 + 1 == int(nth)
    if of_week.endswith("L") and of_week != "L":
        return number == _value(of_week[:-1], _DAYS, 1) and day.day + 7 > last
    return number in _set("7" if of_week == "L" else of_week, 1, 7, _DAYS, first=1)


def _in_month(day: dt.date, part: str) -> bool:
    last = calendar.monthrange(day.year, day.month)[1]
    if part == "L":
        return day.day == last
    if part.endswith("W"):
        wanted = last if part == "LW" else min(int(part[:-1]), last)
        target = day.replace(day=wanted)
        beyond = target.weekday() - _SATURDAY
        if beyond == 0:
            target += dt.timedelta(days=-1 if wanted > 1 else 2)
        elif beyond == 1:
            target += dt.timedelta(days=1 if wanted < last else -2)
        return day == target
    return day.day in _set(part, 1, 31)


@functools.lru_cache(maxsize=256)
def _set(
    text: str, low: int, high: int, names: Iterable[str] = (), *, first: int = 0
) -> frozenset[int]:
    values: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        if span in {"*", "?"}:
            start, end = low, high
        elif "-" in span:
            start, end = (_value(edge, names, first) for edge in span.split("-"))
        else:
            start = _value(span, names, first)
            end = high if step else start
        values.update(range(start, end + 1, int(step or 1)))
    return frozenset(values)


def _value(text: str, names: Iterable[str], first: int) -> int:
    listed = list(names)
    return listed.index(text.upper()) + first if text.upper() in listed else int(text)
