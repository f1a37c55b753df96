"""The numbers that a type allows, as exact ends and a grid."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from generator.contracts.types import Number


@dataclass(frozen=True, slots=True)
class Span:
    """A range of numbers; None is no end, `step` the distance on the grid if there is one.

    The ends of a span on a grid are on the grid, and closed.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool
    step: Fraction | None

    @property
    def empty(self) -> bool:
        """Whether no number is in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    @property
    def count(self) -> int | None:
        """How many numbers are in it, None if there is no end to them."""
        if self.empty:
            return 0
        if self.low is None or self.high is None:
            return None
        if self.low == self.high:
            return 1
        return None if self.step is None else int((self.high - self.low) / self.step) + 1

    def numbers(self) -> list[float]:
        """Return all the numbers of a span that has a count."""
        assert self.low is not None
        step = self.step or Fraction(0)
        return [spelt(self.low + step * index) for index in range(self.count or 0)]


def span_of(kind: Number) -> Span:
    """Return the numbers that a type allows."""
    low, low_open = _end(kind.minimum, kind.exclusive_minimum, max)
    high, high_open = _end(kind.maximum, kind.exclusive_maximum, min)
    step = None if kind.multiple_of is None else exact(kind.multiple_of)
    if kind.integer:
        # Of the multiples of p/q in lowest terms, the whole ones are the multiples of p.
        step = Fraction(1) if step is None else Fraction(step.numerator)
    if step is not None:
        if low is not None:
            count = low / step
            low = (math.floor(count) + 1 if low_open else math.ceil(count)) * step
        if high is not None:
            count = high / step
            high = (math.ceil(count) - 1 if high_open else math.floor(count)) * step
        low_open = high_open = False
    return Span(low, high, low_open, high_open, step)


def exact(number: float) -> Fraction:
    """Return a number as it is written, in decimal."""
    return Fraction(str(number))


def spelt(number: Fraction) -> float:
    """Return a number as JSON has it: whole ones without a fraction."""
    return int(number) if number.denominator == 1 else float(number)


def _end(
    closed: float | None, open_: float | None, tighter: Callable[[list[Fraction]], Fraction]
) -> tuple[Fraction | None, bool]:
    bounds = [exact(bound) for bound in (closed, open_) if bound is not None]
    if not bounds:
        return None, False
    end = tighter(bounds)
    return end, open_ is not None and end == exact(open_)
