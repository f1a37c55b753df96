"""Parse a one-time expression: a local date and time, without an offset."""

import re
from datetime import datetime

from generator.schedules.problem import ExpressionError, Problem, Slip, refuse_length

_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_LOOSE = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ]+(?P<time>[0-9]{2}:[0-9]{2})"
    r"(?P<second>:[0-9]{2})?(?:\.[0-9]+)?\s*(?P<offset>Z|z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)


def parse_at(expression: str) -> datetime:
    """Read a one-time expression, without the `at()` around it, as a local time without a zone.

    Raises:
        ExpressionError: The Scheduler would refuse the expression.
    """
    refuse_length(expression, "at")
    text = expression.strip()
    start = len(expression) - len(expression.lstrip())
    end = start + len(text)
    if text.lower().startswith("at("):
        inner = text[len("at(") :].removesuffix(")").strip()
        message = "write the date and time without at( ) around them"
        raise _error(Slip.WRAPPED, message, start, end, _suggest(inner))
    if not _AT.fullmatch(expression):
        loose = _LOOSE.fullmatch(text)
        if loose and loose["offset"]:
            message = (
                f"the offset {loose['offset']} does not belong here; the zone stands in timezone"
            )
            place = start + loose.start("offset")
            raise _error(
                Slip.AT_OFFSET, message, place, place + len(loose["offset"]), _suggest(text)
            )
        message = "a one-time schedule is a date and time such as 2027-03-01T06:00:00"
        raise _error(Slip.AT_FORM, message, start, end, _suggest(text))
    try:
        return datetime.fromisoformat(expression)
    except ValueError as cause:
        message = f"{expression} is not in the calendar: {cause}"
        raise _error(Slip.AT_DATE, message, start, end, "") from None


def _suggest(text: str) -> str:
    """Return the same moment in the Scheduler's form, or an empty string."""
    loose = _LOOSE.fullmatch(text)
    if not loose:
        return ""
    candidate = f"{loose['date']}T{loose['time'] or '00:00'}{loose['second'] or ':00'}"
    try:
        datetime.fromisoformat(candidate)
    except ValueError:
        return ""
    return candidate


def _error(slip: Slip, message: str, start: int, end: int, suggestion: str) -> ExpressionError:
    """Wrap one problem."""
    return ExpressionError((Problem(slip, message, start, end, suggestion),))
