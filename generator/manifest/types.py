"""The words of the manifest that are neither plain text nor plain numbers."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
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
