"""Does a JSON value fit a type: how defaults, examples and schedules' payloads are judged.

A producer's payload holds no property that the contract does not name. A worker ignores such a
property, for it may come from newer code: that is `tolerant`.
"""

import operator
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from generator.contracts import types
from generator.contracts.equality import all_different, holds
from generator.contracts.formats import is_formatted
from generator.contracts.forms import forms_of
from generator.contracts.patterns import matches
from generator.words import did_you_mean, joined, shown

Mismatch: TypeAlias = tuple[tuple[str | int, ...], str]
"""Where inside the value, and what is wrong there."""

_EXACT_IN_A_FLOAT = 2**53

_NOUNS = {
    "null": "null",
    "boolean": "true or false",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "a map",
}


def fits(value: object, kind: types.Type, *, tolerant: bool = False) -> bool:
    """Say whether a JSON value fits a type."""
    return not any(mismatches(value, kind, tolerant=tolerant))


def mismatches(value: object, kind: types.Type, *, tolerant: bool = False) -> Iterator[Mismatch]:
    """Yield everything about a JSON value that the type does not allow."""
    kind = types.followed(kind)
    match kind:
        case types.Null() if value is not None:
            yield (), f"must be null, not {shown(value)}"
        case types.String():
            yield from _string(value, kind)
        case types.Number():
            yield from _number(value, kind)
        case types.Boolean() if not isinstance(value, bool):
            yield (), f"must be true or false, not {shown(value)}"
        case types.Choice(values):
            if not holds(values, value):
                yield (), f"must be one of {', '.join(map(shown, values))}, not {shown(value)}"
        case types.Array():
            yield from _array(value, kind, tolerant=tolerant)
        case types.Object():
            yield from _object(value, kind, tolerant=tolerant)
        case types.Union():
            yield from _union(value, kind, tolerant=tolerant)


def is_multiple(value: float, step: float) -> bool:
    """Say whether a number is a multiple of another, both taken as they are written."""
    return not Fraction(Decimal(str(value))) % Fraction(Decimal(str(step)))


def _string(value: object, kind: types.String) -> Iterator[Mismatch]:
    if not isinstance(value, str):
        yield (), f"must be text, not {shown(value)}"
        return
    if kind.min_length is not None and len(value) < kind.min_length:
        yield (), f"must have at least {kind.min_length} characters, has {len(value)}"
    if kind.max_length is not None and len(value) > kind.max_length:
        yield (), f"must have at most {kind.max_length} characters, has {len(value)}"
    if kind.pattern is not None and not matches(value, kind.pattern):
        yield (), f"must match `{kind.pattern}`, {shown(value)} does not"
    if kind.format is not None and not is_formatted(value, kind.format):
        yield (), f"must be in the format `{kind.format.value}`, {shown(value)} is not"


def _number(value: object, kind: types.Number) -> Iterator[Mismatch]:
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or (kind.integer and not whole):
        expected = "a whole number" if kind.integer else "a number"
        yield (), f"must be {expected}, not {shown(value)}"
        return
    assert isinstance(value, int | float)
    asked = [
        (kind.minimum, "at least", operator.ge),
        (kind.maximum, "at most", operator.le),
        (kind.exclusive_minimum, "above", operator.gt),
        (kind.exclusive_maximum, "below", operator.lt),
    ]
    for bound, word, holds_for in asked:
        if bound is not None and not holds_for(_read(value, kind), _read(bound, kind)):
            yield (), f"must be {word} {bound}, is {value}"
    if kind.multiple_of is not None and not is_multiple(value, kind.multiple_of):
        yield (), f"must be a multiple of {kind.multiple_of}, is {value}"


def _read(number: float, kind: types.Number) -> float:
    """Return a number as a worker reads it: a whole one by its digits, of 1e23 one and 23 noughts.

    What a float holds instead is the binary number beside it.
    """
    large = kind.integer and isinstance(number, float) and abs(number) >= _EXACT_IN_A_FLOAT
    return int(Decimal(repr(number))) if large else number


def _array(value: object, kind: types.Array, *, tolerant: bool) -> Iterator[Mismatch]:
    if not isinstance(value, list):
        yield (), f"must be a list, not {shown(value)}"
        return
    if kind.min_items is not None and len(value) < kind.min_items:
        yield (), f"must have at least {kind.min_items} items, has {len(value)}"
    if kind.max_items is not None and len(value) > kind.max_items:
        yield (), f"must have at most {kind.max_items} items, has {len(value)}"
    if kind.unique and not all_different(value):
        yield (), "must not list a value twice"
    for index, item in enumerate(value):
        for path, message in mismatches(item, kind.items, tolerant=tolerant):
            yield (index, *path), message


def _object(value: object, kind: types.Object, *, tolerant: bool) -> Iterator[Mismatch]:
    if not isinstance(value, dict):
        yield (), f"must be a map, not {shown(value)}"
        return
    fields = {field.name: field for field in kind.fields}
    for name in [name for name in value if name not in fields]:
        if kind.additional is not None:
            for path, message in mismatches(value[name], kind.additional, tolerant=tolerant):
                yield (name, *path), message
        elif not tolerant:
            guess = did_you_mean(str(name), fields)
            yield (name,), f"is not a property of the payload{f'; {guess}' if guess else ''}"
    missing = [field.name for field in kind.fields if field.required and field.name not in value]
    if missing:
        yield (), f"must give {joined(missing)}"
    for name, field in fields.items():
        if name in value:
            for path, message in mismatches(value[name], field.type, tolerant=tolerant):
                yield (name, *path), message


def _union(value: object, kind: types.Union, *, tolerant: bool) -> Iterator[Mismatch]:
    members = forms_of(kind, value)
    if not members and kind.tag and isinstance(value, dict):
        yield (), f"must have a `{kind.tag}` that says which of its forms it is"
    elif not members:
        nouns = sorted(_NOUNS[known] for known in types.kinds_of(kind))
        yield (), f"must be {' or '.join(nouns)}, not {shown(value)}"
    for member in members:
        yield from mismatches(value, member, tolerant=tolerant)
