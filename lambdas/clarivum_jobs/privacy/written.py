"""How dates, times and numbers stand in texts: as Python and JSON write them, and as people do."""

import contextlib
import datetime as dt
from collections.abc import Iterator

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_SHORT = 3
"""Letters of a month where it is shortened."""


def written_numbers(value: float) -> Iterator[str]:
    """Yield a number; how its digits are grouped is nothing that a spelling has to say."""
    yield str(value)
    if isinstance(value, int):
        yield hex(value)
    with contextlib.suppress(OverflowError):
        yield f"{value:e}"


def written_moments(value: dt.date | dt.time) -> Iterator[str]:
    """Yield a moment as Python and JSON write it, and its day alone as people do, too."""
    moments: list[dt.date | dt.time] = [value]
    if isinstance(value, dt.datetime):
        with contextlib.suppress(OverflowError):
            moments.append(value.astimezone(dt.UTC))
        moments += [moment.replace(microsecond=0) for moment in moments]  # type: ignore[call-arg]
        moments.append(value.replace())  # as Python alone would have it, if it is finer than that
        yield from _seconds(value)
    for moment in moments:
        written = moment.isoformat()
        yield from (written, written.replace("T", " "))
        yield from (written.replace("+00:00", "Z"), repr(moment))
        if isinstance(moment, dt.datetime):
            yield moment.ctime()
            moment = moment.date()  # noqa: PLW2901 - what is left to say is the day
            yield moment.isoformat()
        if isinstance(moment, dt.date):
            yield from _days(moment)


def _seconds(moment: dt.datetime) -> Iterator[str]:
    """Yield a moment as the seconds and the milliseconds since 1970."""
    with contextlib.suppress(OverflowError, ValueError):
        seconds = moment.timestamp()
        yield from (str(int(seconds)), str(int(seconds * 1000)))


def _days(day: dt.date) -> Iterator[str]:
    """Yield a day as it is written in several countries; what stands between does not matter."""
    year, month, number = str(day.year), str(day.month), str(day.day)
    yield from (f"{year}-{month}-{number}", f"{number}.{month}.{year}", f"{month}/{number}/{year}")
    yield from (f"{number:0>2}.{month:0>2}.{year}", f"{month:0>2}/{number:0>2}/{year}")
    name = _MONTHS[day.month - 1]
    for word in (name, name[:_SHORT]):
        for padded in (number, f"{number:0>2}"):
            yield from (f"{padded} {word} {year}", f"{word} {padded} {year}")
