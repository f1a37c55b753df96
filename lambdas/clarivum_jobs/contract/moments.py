"""Moments and times of day that are finer than Python has them, or leap seconds.

Go, .NET and databases write nanoseconds; Python's own types end at microseconds and at second 59.
What does not fit is kept beside the value, so that two instants never become one, and a message
is written as it was read. Whatever is computed from such a value is one of Python's own precision.
"""

import datetime as dt
import re
from typing import Any

_SECOND = re.compile(r"(?<=:[0-9]{2}:)(?P<whole>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?")
_DIGITS = 6
_LEAP = "60"


class Moment(dt.datetime):
    """A moment; `seconds` are those of its text, all digits of them."""

    seconds: str = ""

    @staticmethod
    def read(text: str) -> dt.datetime:
        """Return the moment that text of RFC 3339 tells, as defaults are written."""
        return moment(text)

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        """Return the text, with all digits unless other ones are asked for."""
        written = super().isoformat(sep, timespec)
        return _exactly(written, self.seconds) if timespec == "auto" else written

    def __reduce_ex__(self, protocol: Any) -> Any:  # noqa: ANN401 - as pickle has it
        """Keep the digits in copies."""
        return moment, (self.isoformat(),)


class TimeOfDay(dt.time):
    """A time of day; `seconds` are those of its text, all digits of them."""

    seconds: str = ""

    @staticmethod
    def read(text: str) -> dt.time:
        """Return the time of day that text of RFC 3339 tells, as defaults are written."""
        return time_of_day(text)

    def isoformat(self, timespec: str = "auto") -> str:
        """Return the text, with all digits unless other ones are asked for."""
        written = super().isoformat(timespec)
        return _exactly(written, self.seconds) if timespec == "auto" else written

    def __reduce_ex__(self, protocol: Any) -> Any:  # noqa: ANN401 - as pickle has it
        """Keep the digits in copies."""
        return time_of_day, (self.isoformat(),)


def moment(text: str) -> dt.datetime:
    """Return a moment of RFC 3339, as Python's own type where that holds all of it.

    Raises:
        ValueError: The text is none, or lies outside of Python's calendar.
    """
    plain, seconds = _split(text.upper())
    if not seconds:
        return dt.datetime.fromisoformat(plain)
    found = Moment.fromisoformat(plain)
    found.seconds = seconds
    return found


def time_of_day(text: str) -> dt.time:
    """Return a time of day of RFC 3339, as Python's own type where that holds all of it.

    Raises:
        ValueError: The text is none.
    """
    plain, seconds = _split(text.upper())
    if not seconds:
        return dt.time.fromisoformat(plain)
    found = TimeOfDay.fromisoformat(plain)
    found.seconds = seconds
    return found


def seconds_of(value: dt.datetime | dt.time) -> str:
    """Return the seconds that a value keeps beside itself; empty if it needs none."""
    return value.seconds if isinstance(value, Moment | TimeOfDay) else ""


def with_seconds(written: str, seconds: str) -> str:
    """Return text in ISO 8601 with other seconds; the same if there are none."""
    return _exactly(written, seconds)


def _exactly(written: str, seconds: str) -> str:
    return _SECOND.sub(seconds, written, count=1) if seconds else written


def _split(text: str) -> tuple[str, str]:
    """Return text that Python can read, and the seconds if they are more than it can."""
    match = _SECOND.search(text)
    if match is None:
        return text, ""
    fraction = (match["fraction"] or "").rstrip("0")
    if len(fraction) <= _DIGITS and match["whole"] != _LEAP:
        short = f"{match['whole']}.{fraction.ljust(_DIGITS, '0')}" if fraction else match["whole"]
        return _exactly(text, short), ""
    whole = "59" if match["whole"] == _LEAP else match["whole"]
    seconds = f"{match['whole']}.{fraction}" if fraction else match["whole"]
    return _exactly(text, f"{whole}.{fraction[:_DIGITS].ljust(_DIGITS, '0')}"), seconds
