"""Text and numbers: what of one may be written and not read as the other."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from generator.compat import registry
from generator.contracts import types

Finding: TypeAlias = tuple[str, str]
"""A rule, and what cannot be read."""

_LENGTHS: Mapping[types.Format, tuple[int, int | None]] = {
    types.Format.UUID: (36, 36),
    types.Format.EMAIL: (6, 254),
    types.Format.URI: (3, None),
    types.Format.DATE: (10, 10),
    types.Format.TIME: (9, 21),
    types.Format.DATE_TIME: (20, 32),
    types.Format.DURATION: (3, None),
}
"""Fewest and most characters of text in a format."""


def of_texts(writer: types.String, reader: types.String) -> Iterator[Finding]:
    """Yield what the reader's text asks for and the writer's does not give."""
    if reader.format is not None and reader.format is not writer.format:
        yield registry.FORMAT, f"text that is no `{reader.format.value}` cannot be read"
    if reader.pattern is not None and reader.pattern != writer.pattern:
        yield registry.PATTERN, f"text that does not match `{reader.pattern}` cannot be read"
    if reader.format is not None and reader.format is not writer.format:
        return
    low, high = writer.min_length or 0, writer.max_length
    if writer.format is not None:
        shortest, longest = _LENGTHS[writer.format]
        low = max(low, shortest)
        high = high if longest is None else min(longest, longest if high is None else high)
    if high is not None and high < low:
        return
    if (reader.min_length or 0) > low:
        yield registry.BOUND, f"text of fewer than {reader.min_length} characters cannot be read"
    if reader.max_length is not None and (high is None or high > reader.max_length):
        yield registry.BOUND, f"text of more than {reader.max_length} characters cannot be read"


@dataclass(frozen=True, slots=True)
class _Span:
    """The numbers that a type allows, as exact ends; on a grid if they are multiples."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool
    step: Fraction | None

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))


def of_numbers(writer: types.Number, reader: types.Number) -> Iterator[Finding]:
    """Yield what the reader's number asks for and the writer's does not give."""
    given = _span(writer)
    if given.empty:
        return
    one = given.step is None and given.low is not None and given.low == given.high
    if reader.integer and not _on_grid(given, Fraction(1), one=one):
        yield registry.TYPE, "a number with a fraction cannot be read"
    step = reader.multiple_of
    if step is not None and not _on_grid(given, _exact(step), one=one):
        yield registry.STEP, f"a number that is no multiple of {step} cannot be read"
    asked = _span(
        types.Number(
            integer=False,
            minimum=reader.minimum,
            maximum=reader.maximum,
            exclusive_minimum=reader.exclusive_minimum,
            exclusive_maximum=reader.exclusive_maximum,
        )
    )
    if asked.low is not None and _outside(given.low, asked.low, given.low_open, asked.low_open, -1):
        word = "not above" if asked.low_open else "below"
        yield registry.BOUND, f"a number {word} {_text(asked.low)} cannot be read"
    if asked.high is not None and _outside(
        given.high, asked.high, given.high_open, asked.high_open, 1
    ):
        word = "not below" if asked.high_open else "above"
        yield registry.BOUND, f"a number {word} {_text(asked.high)} cannot be read"


def _outside(
    given: Fraction | None,
    asked: Fraction,
    given_open: bool,  # noqa: FBT001 - ends of two spans
    asked_open: bool,  # noqa: FBT001 - likewise
    sign: int,
) -> bool:
    """Say whether an end lies beyond the one asked for; `sign` tells upper from lower ends."""
    if given is None:
        return True
    if given == asked:
        return asked_open and not given_open
    return sign * given > sign * asked


def _on_grid(given: _Span, step: Fraction, *, one: bool) -> bool:
    """Say whether all numbers of a span are multiples of a step."""
    if one:
        assert given.low is not None
        return given.low % step == 0
    if given.step is None:
        return False
    if given.low is not None and given.low == given.high:
        return given.low % step == 0
    return given.step % step == 0


def _span(kind: types.Number) -> _Span:
    low, low_open = _end(kind.minimum, kind.exclusive_minimum, max)
    high, high_open = _end(kind.maximum, kind.exclusive_maximum, min)
    step = None if kind.multiple_of is None else _exact(kind.multiple_of)
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
    return _Span(low, high, low_open, high_open, step)


def _end(
    closed: float | None, open_: float | None, tighter: Callable[[list[Fraction]], Fraction]
) -> tuple[Fraction | None, bool]:
    bounds = [_exact(bound) for bound in (closed, open_) if bound is not None]
    if not bounds:
        return None, False
    end = tighter(bounds)
    return end, open_ is not None and end == _exact(open_)


def _exact(number: float) -> Fraction:
    return Fraction(str(number))


def _text(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else str(float(number))
