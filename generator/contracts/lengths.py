"""How long text of a type can be: what its own bounds, its format and its pattern leave."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

from generator.contracts import ecma
from generator.contracts.types import Format, String

Range: TypeAlias = tuple[int, int | None]
"""Fewest and most code points; None if there is no most."""

ANY: Range = (0, None)

EXTREMES: Mapping[Format, tuple[str, str | None]] = {
    Format.UUID: ("00000000-0000-0000-0000-000000000000",) * 2,
    Format.EMAIL: ("a@b.c", f"{'a' * 64}@{'.'.join(['b' * 61] * 3)}.cde"),
    Format.URI: ("a:", None),
    Format.URI_REFERENCE: ("", None),
    Format.HOSTNAME: ("a", ".".join(["b" * 63] * 3 + ["c" * 61])),
    Format.IPV4: ("0.0.0.0", "255.255.255.255"),  # noqa: S104 - nothing is bound to it
    Format.IPV6: ("::", "2001:0db8:0000:0000:0000:0000:255.255.255.255"),
    Format.JSON_POINTER: ("", None),
    Format.REGEX: ("", None),
    Format.DATE: ("2026-01-31",) * 2,
    Format.TIME: ("09:30:00Z", None),
    Format.DATE_TIME: ("2026-01-31T09:30:00Z", None),
    Format.DURATION: ("P1D", None),
}
"""A shortest and a longest text of each format; None if there is no longest.

Of a format that is not here nothing is taken for granted.
"""


def lengths_of(kind: String) -> Range:
    """Return the lengths that text of a type can have; no text is of any other length."""
    given = (kind.min_length or 0, kind.max_length)
    by_format, by_pattern = ANY, ANY
    if kind.format is not None and kind.format in EXTREMES:
        shortest, longest = EXTREMES[kind.format]
        by_format = (len(shortest), None if longest is None else len(longest))
    if kind.pattern is not None:
        by_pattern = _of_pattern(kind.pattern)
    ends = [high for _, high in (given, by_format, by_pattern) if high is not None]
    return max(low for low, _ in (given, by_format, by_pattern)), min(ends, default=None)


def whole(pattern: str) -> ecma.Choices | None:
    """Return what a pattern says between its `^` and its `$`, None if it can match a part."""
    parts = ecma.parse(pattern)
    inner = []
    for sequence in parts.sequences:
        if len(sequence) < 2 or not (_is(sequence[0], "^") and _is(sequence[-1], "$")):  # noqa: PLR2004 - two ends
            return None
        inner.append(sequence[1:-1])
    return ecma.Choices(tuple(inner), "")


def _is(part: ecma.Part, assertion: str) -> bool:
    return isinstance(part, ecma.Assertion) and part.rust == assertion


@cache
def _of_pattern(pattern: str) -> Range:
    anchored = whole(pattern)
    if anchored is not None:
        return _of_choices(anchored)
    return _of_choices(ecma.parse(pattern))[0], None


def _of_choices(part: ecma.Choices) -> Range:
    ranges = [_total(map(_of_part, sequence)) for sequence in part.sequences]
    return min(low for low, _ in ranges), _most(high for _, high in ranges)


def _of_part(part: ecma.Part) -> Range:
    match part:
        case ecma.Chars():
            return 1, 1
        case ecma.Choices():
            return _of_choices(part)
        case ecma.Repeat(inner, low, high):
            least, most = _of_part(inner)
            longest = 0 if most == 0 else None if most is None or high is None else most * high
            return least * low, longest
        case _:
            return 0, 0


def _total(ranges: Iterable[Range]) -> Range:
    listed = list(ranges)
    highs = [high for _, high in listed]
    return (
        sum(low for low, _ in listed),
        None if None in highs else sum(high for high in highs if high is not None),
    )


def _most(highs: Iterable[int | None]) -> int | None:
    found = list(highs)
    return None if None in found else max(high for high in found if high is not None)
