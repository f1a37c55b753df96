"""Parse a rate expression: a positive number and minute(s), hour(s) or day(s)."""

import re
from dataclasses import dataclass

from generator.schedules.problem import ExpressionError, Problem, Slip, refuse_length

_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
_SHORT = {"m": "minute", "min": "minute", "mins": "minute", "h": "hour", "hr": "hour", "d": "day"}
_RATE = re.compile(r"\s*(?P<value>[0-9]+)(?P<space>\s*)(?P<unit>[A-Za-z]+)\s*")
_LONGEST = 9  # digits; a number of that many days is longer than any clock runs


@dataclass(frozen=True)
class Rate:
    """A rate expression.

    Attributes:
        value: How many units lie between two fires.
        unit: `minute`, `hour` or `day`.
    """

    value: int
    unit: str

    @property
    def seconds(self) -> int:
        """Seconds between two fires, by the physical clock."""
        return self.value * _SECONDS[self.unit]

    def __str__(self) -> str:
        """Write the rate as the Scheduler wants it: the unit in the singular for 1."""
        return f"{self.value} {self.unit}{'' if self.value == 1 else 's'}"


def parse_rate(expression: str) -> Rate:
    """Read a rate expression, without the `rate()` around it.

    Raises:
        ExpressionError: The Scheduler would refuse the expression.
    """
    refuse_length(expression, "rate")
    text = expression.strip()
    start = len(expression) - len(expression.lstrip())
    if text.lower().startswith("rate("):
        inner = text[len("rate(") :].removesuffix(")").strip()
        message = "write the value and the unit without rate( ) around them"
        raise _error(Slip.WRAPPED, message, start, start + len(text), _suggest(inner))
    match = _RATE.fullmatch(expression)
    if not match:
        message = "a rate is a positive whole number and a unit, such as 5 minutes"
        raise _error(Slip.RATE_FORM, message, start, start + len(text), _suggest(text))
    value_place, unit_place = match.span("value"), match.span("unit")
    suggestion = _suggest(text)
    if len(match["value"]) > _LONGEST or int(match["value"]) == 0:
        message = f"the value must be a positive whole number of at most {_LONGEST} digits"
        raise _error(Slip.RATE_VALUE, message, *value_place, "")
    value, unit = int(match["value"]), match["unit"]
    wanted = unit.removesuffix("s")
    if wanted not in _SECONDS or not match["space"]:
        message = f"{unit!r} is no unit here; it takes minute(s), hour(s) or day(s) after a space"
        raise _error(Slip.RATE_UNIT, message, *unit_place, suggestion)
    if unit.endswith("s") == (value == 1):
        message = "1 takes the unit in the singular, every other number takes the plural"
        raise _error(Slip.RATE_UNIT, message, *unit_place, suggestion)
    return Rate(value, wanted)


def _suggest(text: str) -> str:
    """Return the rate that was probably meant, or an empty string."""
    match = re.fullmatch(r"(?:every\s+)?([0-9]{1,9})\s*([A-Za-z]+)", text.strip(), re.IGNORECASE)
    if not match or int(match[1]) == 0:
        return ""
    unit = match[2].lower()
    seconds = int(match[1])
    if unit in ("s", "sec", "second", "seconds"):
        return str(Rate(seconds // 60, "minute")) if seconds % 60 == 0 else ""
    if unit in ("w", "week", "weeks"):
        return str(Rate(seconds * 7, "day"))
    unit = _SHORT.get(unit, unit.removesuffix("s"))
    return str(Rate(int(match[1]), unit)) if unit in _SECONDS else ""


def _error(slip: Slip, message: str, start: int, end: int, suggestion: str) -> ExpressionError:
    """Wrap one problem."""
    return ExpressionError((Problem(slip, message, start, end, suggestion),))
