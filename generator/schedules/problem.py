"""What can be wrong with an expression: one record, with its place inside the expression."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_EXPRESSION = 256
"""Characters of a whole expression, `cron()`, `rate()` or `at()` included."""


class Slip(StrEnum):
    """The kind of a mistake; every kind is one rule of the registry."""

    LENGTH = "length"
    KIND = "kind"
    WRAPPED = "wrapped"
    ALIAS = "alias"
    FIELDS = "fields"
    SYNTAX = "syntax"
    RANGE = "range"
    STEP = "step"
    NAME_CASE = "name-case"
    DAY_FIELDS = "day-fields"
    SUNDAY = "sunday"
    DAY_MARK = "day-mark"
    RATE_FORM = "rate-form"
    RATE_VALUE = "rate-value"
    RATE_UNIT = "rate-unit"
    AT_FORM = "at-form"
    AT_OFFSET = "at-offset"
    AT_DATE = "at-date"
    ZONE = "zone"


@dataclass(frozen=True)
class Problem:
    """One mistake in an expression.

    Attributes:
        slip: The kind of mistake.
        message: What is wrong, in one sentence without a full stop.
        start: Offset of the first wrong character in the expression.
        end: Offset after the last wrong character; at least `start`.
        suggestion: The whole expression as it was probably meant, or an empty string.
    """

    slip: Slip
    message: str
    start: int
    end: int
    suggestion: str = ""


class ExpressionError(ValueError):
    """An expression that EventBridge Scheduler would refuse."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep every problem of the expression, in the order of their places."""
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.start, problem.end)))
        super().__init__("; ".join(problem.message for problem in self.problems))


def refuse_length(expression: str, kind: str) -> None:
    """Refuse an expression that is too long before anything looks at its parts.

    Args:
        expression: The text inside the parentheses.
        kind: `cron`, `rate` or `at`.

    Raises:
        ExpressionError: With `kind` and the parentheses the text is longer than allowed.
    """
    longest = LONGEST_EXPRESSION - len(kind) - len("()")
    if len(expression) > longest:
        message = (
            f"the expression has {len(expression)} characters; at most {longest} fit in {kind}()"
        )
        raise ExpressionError((Problem(Slip.LENGTH, message, 0, len(expression)),))
