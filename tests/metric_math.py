"""CloudWatch's metric math, as far as the alarms use it: the emulator has none.

Series are sparse, as CloudWatch's are. The rules for what is missing are those of its user guide:
arithmetic and comparison of two series take a missing value for 0 where the other has one, `IF`
drops a point without a condition, and what tells the time has no gaps.
"""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Series: TypeAlias = "dict[int, float]"
"""Value by the second since 1970 at which its period begins."""

Value: TypeAlias = "Series | float"

_TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|==|!=|&&|\|\||[-+*/<>(),]))"
)
_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "AND": lambda left, right: bool(left) and bool(right),
    "OR": lambda left, right: bool(left) or bool(right),
}
_SPELT = {"&&": "AND", "||": "OR"}
_LEVELS = (("OR",), ("AND",), ("<", ">", "<=", ">=", "==", "!="), ("+", "-"), ("*", "/"))
_CLOCK: dict[str, Callable[[datetime], float]] = {
    "MINUTE": lambda moment: moment.minute,
    "HOUR": lambda moment: moment.hour,
    "DAY": lambda moment: moment.isoweekday(),
    "DATE": lambda moment: moment.day,
    "MONTH": lambda moment: moment.month,
    "YEAR": lambda moment: moment.year,
}


class MetricMathError(ValueError):
    """An expression is not understood."""


@dataclass(frozen=True)
class Sheet:
    """A range of periods, the metrics in it, and the expressions on them.

    Attributes:
        times: Begin of each period, in order.
        metrics: What was measured, by id.
        expressions: What is computed, by id.
    """

    times: range
    metrics: Mapping[str, Series]
    expressions: Mapping[str, str]
    _known: dict[str, Series] = field(default_factory=dict, compare=False)

    def series(self, name: str) -> Series:
        """Return a metric, or the result of an expression.

        Raises:
            MetricMathError: There is none of that name, or its expression is not understood.
        """
        if name in self.metrics:
            return {at: value for at, value in self.metrics[name].items() if at in self.times}
        if name not in self.expressions:
            message = f"there is no {name}"
            raise MetricMathError(message)
        if name not in self._known:
            found = _Reader(self, self.expressions[name]).read()
            self._known[name] = (
                found if isinstance(found, dict) else dict.fromkeys(self.times, found)
            )
        return self._known[name]


class _Reader:
    """Reads one expression and computes it on the way."""

    def __init__(self, sheet: Sheet, text: str) -> None:
        self._sheet = sheet
        self._words = [match[1] or match[2] or match[3] for match in _TOKEN.finditer(text)]
        if "".join(self._words) != re.sub(r"\s+", "", text):
            message = f"not understood: {text}"
            raise MetricMathError(message)
        self._words = [_SPELT.get(word, word) for word in self._words]

    def read(self) -> Value:
        value = self._level(0)
        if self._words:
            message = f"not understood: {' '.join(self._words)}"
            raise MetricMathError(message)
        return value

    def _level(self, level: int) -> Value:
        if level == len(_LEVELS):
            return self._factor()
        value = self._level(level + 1)
        while self._words and self._words[0] in _LEVELS[level]:
            name = self._words.pop(0)
            value = _combined(_OPERATORS[name], value, self._level(level + 1))
        return value

    def _factor(self) -> Value:
        word = self._words.pop(0) if self._words else ""
        if word == "-":
            return _combined(operator.sub, 0.0, self._factor())
        if word == "(":
            value = self._level(0)
            self._expect(")")
            return value
        if re.fullmatch(r"\d.*", word):
            return float(word)
        if self._words and self._words[0] == "(":
            return self._function(word)
        return self._sheet.series(word)

    def _function(self, name: str) -> Value:
        self._expect("(")
        arguments = [self._level(0)]
        while self._words and self._words[0] == ",":
            self._expect(",")
            arguments.append(self._level(0))
        self._expect(")")
        if name == "EPOCH":
            return {at: float(at) for at in self._sheet.times}
        if name in _CLOCK:
            tell = _CLOCK[name]
            return {at: float(tell(datetime.fromtimestamp(at, UTC))) for at in self._sheet.times}
        if name == "FLOOR":
            return _each(math.floor, arguments[0])
        if name == "DIFF":
            return _differences(_series(arguments[0]))
        if name == "IF":
            return _chosen(*arguments)
        message = f"{name} is not known"
        raise MetricMathError(message)

    def _expect(self, word: str) -> None:
        if not self._words or self._words.pop(0) != word:
            message = f"{word} is missing"
            raise MetricMathError(message)


def _combined(join: Callable[[float, float], float], left: Value, right: Value) -> Value:
    """Join two values point by point; a point that only one series has is 0 in the other."""
    if not isinstance(left, dict) and not isinstance(right, dict):
        return float(join(left, right))
    if not isinstance(left, dict):
        return _each(lambda value: join(left, value), right)
    if not isinstance(right, dict):
        return _each(lambda value: join(value, right), left)
    if left.keys() == right.keys() and join is not operator.truediv:
        return {at: float(join(value, right[at])) for at, value in left.items()}
    found: Series = {}
    for at in sorted({*left, *right}):
        divisor = right.get(at, 0.0)
        if join is not operator.truediv or divisor:  # a division by zero drops the point
            found[at] = float(join(left.get(at, 0.0), divisor))
    return found


def _each(change: Callable[[float], float], value: Value) -> Value:
    if not isinstance(value, dict):
        return float(change(value))
    return {at: float(change(point)) for at, point in value.items()}


def _differences(series: Series) -> Series:
    times = sorted(series)
    return {at: series[at] - series[before] for before, at in pairwise(times)}


def _chosen(condition: Value, then: Value, otherwise: Value) -> Series:
    found: Series = {}
    for at, holds in _series(condition).items():
        chosen = then if holds else otherwise
        if not isinstance(chosen, dict):
            found[at] = chosen
        elif at in chosen:
            found[at] = chosen[at]
        elif holds:
            found[at] = 0.0
    return found


def _series(value: Value) -> Series:
    if not isinstance(value, dict):
        message = "a series is wanted here"
        raise MetricMathError(message)
    return value
