"""The words of the manifest that are neither plain text nor plain numbers."""

import datetime as dt
import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_MOMENT = re.compile(
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$"
)
_DURATION = re.compile(r"^(0|[1-9][0-9]{0,8})([smhd])$")


def seconds_of(value: object) -> int:
    """Return the seconds of a duration such as `60s`, `15m`, `2h` or `4d`.

    Raises:
        PydanticCustomError: It is not written that way.
    """
    match = _DURATION.match(value) if isinstance(value, str) else None
    if match is None:
        hint = f"{value}s" if isinstance(value, int) and not isinstance(value, bool) else "60s"
        kind, message = "duration", "not a duration"
        raise PydanticCustomError(
            kind,
            message,
            {"hint": f"write a whole number and one unit of s, m, h, d, such as {hint}"},
        )
    return int(match[1]) * SECONDS[match[2]]


def duration_text(seconds: int) -> str:
    """Return how a manifest writes so many seconds: the largest unit that fits exactly."""
    for unit in "dhm":
        if seconds and seconds % SECONDS[unit] == 0:
            return f"{seconds // SECONDS[unit]}{unit}"
    return f"{seconds}s"


def span(seconds: int) -> str:
    """Return how people say so many seconds, such as `1h 5m`."""
    parts = []
    for unit in reversed(SECONDS):
        count, seconds = divmod(seconds, SECONDS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0s"


def _schema(example: str) -> dict[str, Any]:
    return {"type": "string", "pattern": _DURATION.pattern, "examples": [example]}


Duration = Annotated[int, BeforeValidator(seconds_of), WithJsonSchema(_schema("60s"))]
"""Seconds, written with a unit."""


def day_of(value: object) -> str:
    """Return a day that is written as `2026-12-31`.

    Raises:
        PydanticCustomError: It is not written that way, or the calendar has no such day.
    """
    try:
        if isinstance(value, str) and _DAY.match(value):
            return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    kind, message = "day", "not a day of the calendar"
    raise PydanticCustomError(kind, message)


Day = Annotated[
    str,
    BeforeValidator(day_of),
    WithJsonSchema({"type": "string", "pattern": _DAY.pattern, "examples": ["2026-12-31"]}),
]
"""A day of the calendar."""


def moment_of(value: object) -> str:
    """Return a moment that is written as `2026-12-31T18:00Z`, with its offset from UTC.

    Raises:
        PydanticCustomError: It is not written that way, or there is no such moment.
    """
    try:
        if isinstance(value, str) and _MOMENT.match(value):
            dt.datetime.fromisoformat(value)
            return value
    except ValueError:
        pass
    kind, message = "moment", "not a moment with its offset from UTC"
    raise PydanticCustomError(kind, message, {"hint": "write it as 2026-12-31T18:00Z"})


Moment = Annotated[
    str,
    BeforeValidator(moment_of),
    WithJsonSchema(
        {"type": "string", "pattern": _MOMENT.pattern, "examples": ["2026-12-31T18:00Z"]}
    ),
]
"""A moment, with its offset from UTC."""


_SEEN = frozenset("LNPS")
"""Letters, numbers, punctuation and symbols: what leaves ink, unlike spaces and controls."""


def says_something(text: str) -> bool:
    """Tell whether text shows anything at all."""
    return any(unicodedata.category(char)[0] in _SEEN for char in text)


def said(value: str) -> str:
    """Return text that says something.

    Raises:
        PydanticCustomError: It shows nothing.
    """
    if not says_something(value):
        kind, message = "blank", "is blank"
        raise PydanticCustomError(kind, message)
    return value


Said = Annotated[str, AfterValidator(said), WithJsonSchema({"type": "string", "pattern": r"\S"})]
"""Text that is not blank."""
