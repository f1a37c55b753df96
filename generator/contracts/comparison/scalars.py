"""Text and numbers: what of one may be written and not read as the other."""

from collections.abc import Iterator
from decimal import Context
from fractions import Fraction
from typing import TypeAlias

from generator import gate_rules
from generator.contracts import types
from generator.contracts.lengths import lengths_of
from generator.contracts.spans import Span, exact, span_of
from generator.contracts.trivial import fits_everything

_LONG = 10**21
"""From here on JSON writers take to exponents."""

_FEW_DIGITS = Context(prec=17)

Finding: TypeAlias = tuple[str, str]
"""A rule, and what cannot be read."""


_WIDER = {types.Format.URI: types.Format.URI_REFERENCE}
"""Formats whose every text is of another format, too."""


def implies(given: types.Format, asked: types.Format | None) -> bool:
    """Say whether every text of one format is known to be of another."""
    return asked in (given, _WIDER.get(given))


def of_texts(writer: types.String, reader: types.String) -> Iterator[Finding]:
    """Yield what the reader's text asks for and the writer's does not give."""
    same = writer.format is not None and implies(writer.format, reader.format)
    if reader.format is not None and not same:
        yield gate_rules.FORMAT, f"text that is no `{reader.format.value}` cannot be read"
    if reader.pattern not in (None, writer.pattern) and not fits_everything(reader.pattern or ""):
        yield gate_rules.PATTERN, f"text that does not match `{reader.pattern}` cannot be read"
    if reader.format is not None and not same:
        return
    low, high = lengths_of(writer)
    if high is not None and high < low:
        return
    if (reader.min_length or 0) > low:
        yield gate_rules.BOUND, f"text of fewer than {reader.min_length} characters cannot be read"
    if reader.max_length is not None and (high is None or high > reader.max_length):
        yield gate_rules.BOUND, f"text of more than {reader.max_length} characters cannot be read"


def of_numbers(writer: types.Number, reader: types.Number) -> Iterator[Finding]:
    """Yield what the reader's number asks for and the writer's does not give."""
    given = span_of(writer)
    if given.empty:
        return
    one = given.step is None and given.low is not None and given.low == given.high
    if reader.integer and not _on_grid(given, Fraction(1), one=one):
        yield gate_rules.TYPE, "a number with a fraction cannot be read"
    step = reader.multiple_of
    if step is not None and not _on_grid(given, exact(step), one=one):
        yield gate_rules.STEP, f"a number that is no multiple of {step} cannot be read"
    asked = span_of(
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
        yield gate_rules.BOUND, f"a number {word} {_text(asked.low)} cannot be read"
    if asked.high is not None and _outside(
        given.high, asked.high, given.high_open, asked.high_open, 1
    ):
        word = "not below" if asked.high_open else "above"
        yield gate_rules.BOUND, f"a number {word} {_text(asked.high)} cannot be read"


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


def _on_grid(given: Span, step: Fraction, *, one: bool) -> bool:
    """Say whether all numbers of a span are multiples of a step."""
    if one:
        assert given.low is not None
        return given.low % step == 0
    if given.step is None:
        return False
    if given.low is not None and given.low == given.high:
        return given.low % step == 0
    return given.step % step == 0


def _text(number: Fraction) -> str:
    """Return a number as a person reads it: a very large one by its power of ten."""
    if number.denominator != 1:
        return str(float(number))
    whole = number.numerator
    return str(whole if abs(whole) < _LONG else _FEW_DIGITS.create_decimal(whole).normalize())
