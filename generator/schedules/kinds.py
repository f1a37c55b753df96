"""The three kinds of expression, and one that stands where another belongs."""

import re
from collections.abc import Callable, Mapping

from generator.schedules.at import parse_at
from generator.schedules.cron import parse_cron
from generator.schedules.problem import ExpressionError, Problem, Slip
from generator.schedules.rate import parse_rate

PARSERS: Mapping[str, Callable[[str], object]] = {
    "cron": parse_cron,
    "rate": parse_rate,
    "at": parse_at,
}
_AROUND = re.compile(r"\s*(cron|rate|at)\s*\((.*?)\)?\s*", re.IGNORECASE | re.DOTALL)


def of_another_kind(kind: str, text: str) -> Problem | None:
    """Return what is said of an expression that is right, or nearly so, under another key.

    Args:
        kind: The key that it stands under, where it is wrong.
        text: The expression, with or without its kind around it.
    """
    around = _AROUND.fullmatch(text)
    named, inner = (around[1].lower(), around[2].strip()) if around else ("", text.strip())
    for other, parse in PARSERS.items():
        if other == kind or named not in {"", other}:
            continue
        right = _right(parse, inner)
        if right or named:
            message = f"this is a `{other}`, and stands under `{kind}`"
            return Problem(Slip.KIND, message, 0, len(text), f"{other}: {right or inner}")
    return None


def _right(parse: Callable[[str], object], text: str) -> str:
    """Return an expression as its parser takes it or proposes it; empty if it is none."""
    try:
        parse(text)
    except ExpressionError as error:
        return next((problem.suggestion for problem in error.problems), "")
    return text
