"""A slow second reading of cron expressions: by definition, not by construction."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAY = timedelta(days=1)
_FRIDAY = 4


def named(text: str, value: int, names: list[str], low: int, high: int) -> bool:
    """Tell whether a plain field names a value."""
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        if first == "*":
            start, end = low, high
        else:
            start = _number(first, names, low)
            end = _number(last, names, low) if last else high if step else start
        if start <= value <= end and (value - start) % int(step or 1) == 0:
            return True
    return False


def is_day(expression: str, day: date) -> bool:
    """Tell whether the two day fields, the month and the year of an expression name a date."""
    _, _, month_day, month, week_day, year = expression.split()
    if not named(month, day.month, _MONTHS, 1, 12) or not named(year, day.year, [], 1970, 2199):
        return False
    if week_day == "?":
        return _is_month_day(month_day, day)
    return _is_week_day(week_day, day)


def is_minute(expression: str, local: datetime) -> bool:
    """Tell whether an expression names a local minute."""
    minute, hour, *_ = expression.split()
    return (
        named(minute, local.minute, [], 0, 59)
        and named(hour, local.hour, [], 0, 23)
        and is_day(expression, local.date())
    )


def walk(expression: str, zone: ZoneInfo, after: datetime, minutes: int) -> Iterator[datetime]:
    """Yield the moments (UTC) at which the zone's clock first shows a named minute."""
    moment = after.astimezone(UTC).replace(second=0, microsecond=0)
    shown: set[datetime] = set()
    for _ in range(minutes):
        moment += timedelta(minutes=1)
        local = moment.astimezone(zone).replace(tzinfo=None)
        if local.replace(fold=0) in shown or local.fold:
            continue
        shown.add(local)
        if is_minute(expression, local):
            yield moment


def _number(text: str, names: list[str], low: int) -> int:
    """Read a number or a name."""
    return low + names.index(text) if text in names else int(text)


def _is_month_day(text: str, day: date) -> bool:
    """Tell whether a day of month field names a date."""
    if text == "L":
        return (day + _DAY).month != day.month
    weekdays = [other for other in _month_of(day) if other.weekday() <= _FRIDAY]
    if text == "LW":
        return day == weekdays[-1]
    if text.endswith("W"):
        wanted = int(text[:-1])
        if wanted > len(_month_of(day)):
            return False
        return day == min(weekdays, key=lambda other: abs(other.day - wanted))
    return named(text, day.day, [], 1, 31)


def _is_week_day(text: str, day: date) -> bool:
    """Tell whether a day of week field names a date."""
    number = day.isoweekday() % 7 + 1
    if text == "L":
        return number == len(_DAYS)
    if text.endswith("L"):
        return number == _number(text[:-1], _DAYS, 1) and (day + 7 * _DAY).month != day.month
    if "#" in text:
        name, _, nth = text.partition("#")
        return number == _number(name, _DAYS, 1) and (day.day - 1) // 7 + 1 == int(nth)
    return named(text, number, _DAYS, 1, 7)


def _month_of(day: date) -> list[date]:
    """Return every date of the month that a date is in."""
    days = [day.replace(day=1)]
    while (days[-1] + _DAY).month == day.month:
        days.append(days[-1] + _DAY)
    return days
