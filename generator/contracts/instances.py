"""Does a JSON value fit a type: how defaults, examples and schedules' payloads are judged."""

from collections.abc import Iterator
from typing import TypeAlias

from generator.contracts import types
from generator.contracts.formats import is_formatted
from generator.contracts.patterns import matches
from generator.words import did_you_mean, joined, shown

Mismatch: TypeAlias = tuple[tuple[str | int, ...], str]
"""Where inside the value, and what is wrong there."""


def mismatches(value: object, kind: types.Type) -> Iterator[Mismatch]:
    """Yield everything about a JSON value that the type does not allow."""
    match kind:
        case types.String():
            yield from _string(value, kind)
        case types.Number():
            yield from _number(value, kind)
        case types.Boolean() if not isinstance(value, bool):
            yield (), f"must be true or false, not {shown(value)}"
        case types.Choice(values):
            if not any(value == other and type(value) is type(other) for other in values):
                yield (), f"must be one of {', '.join(map(shown, values))}, not {shown(value)}"
        case types.Array():
            yield from _array(value, kind)
        case types.Object():
            yield from _object(value, kind)


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
    expected = "a whole number" if kind.integer else "a number"
    if isinstance(value, bool) or not isinstance(value, int if kind.integer else int | float):
        yield (), f"must be {expected}, not {shown(value)}"
        return
    assert isinstance(value, int | float)
    if kind.minimum is not None and value < kind.minimum:
        yield (), f"must be at least {kind.minimum}, is {value}"
    if kind.maximum is not None and value > kind.maximum:
        yield (), f"must be at most {kind.maximum}, is {value}"
    if kind.exclusive_minimum is not None and value <= kind.exclusive_minimum:
        yield (), f"must be above {kind.exclusive_minimum}, is {value}"
    if kind.exclusive_maximum is not None and value >= kind.exclusive_maximum:
        yield (), f"must be below {kind.exclusive_maximum}, is {value}"
    if kind.multiple_of is not None and value % kind.multiple_of:
        yield (), f"must be a multiple of {kind.multiple_of}, is {value}"


def _array(value: object, kind: types.Array) -> Iterator[Mismatch]:
    if not isinstance(value, list):
        yield (), f"must be a list, not {shown(value)}"
        return
    if kind.min_items is not None and len(value) < kind.min_items:
        yield (), f"must have at least {kind.min_items} items, has {len(value)}"
    if kind.max_items is not None and len(value) > kind.max_items:
        yield (), f"must have at most {kind.max_items} items, has {len(value)}"
    for index, item in enumerate(value):
        for path, message in mismatches(item, kind.items):
            yield (index, *path), message


def _object(value: object, kind: types.Object) -> Iterator[Mismatch]:
    if not isinstance(value, dict):
        yield (), f"must be a map, not {shown(value)}"
        return
    known = [field.name for field in kind.fields]
    for name in value:
        if name not in known:
            guess = did_you_mean(str(name), known)
            yield (name,), f"is not a property of the payload{f'; {guess}' if guess else ''}"
    missing = [field.name for field in kind.fields if field.required and field.name not in value]
    if missing:
        yield (), f"must give {joined(missing)}"
    for field in kind.fields:
        if field.name in value:
            for path, message in mismatches(value[field.name], field.type):
                yield (field.name, *path), message
