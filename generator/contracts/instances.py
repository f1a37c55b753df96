"""Does a value fit a type: how defaults, examples and schedule payloads are judged before they are rendered."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TypeAlias

from generator.contracts import types
from generator.words import did_you_mean, joined, shown

Mismatch: TypeAlias = tuple[tuple[str | int, ...], str]
"""Where inside the value, and what is wrong there."""

_UUID = re.compile(r"^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$")
_URI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$")


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
    if kind.pattern is not None and not _matches(value, kind.pattern):
        yield (), f"{shown(value)} does not match `{kind.pattern}`"
    if kind.format is not None and not _formatted(value, kind.format):
        yield (), f"{shown(value)} is not in the format `{kind.format.value}`"


def _matches(value: str, pattern: str) -> bool:
    """Match as the payload models will, with pydantic's engine."""
    from pydantic_core import SchemaValidator, ValidationError, core_schema  # noqa: PLC0415 - few payloads have patterns

    try:
        SchemaValidator(core_schema.str_schema(pattern=pattern)).validate_python(value)
    except ValidationError:
        return False
    return True


def _formatted(value: str, form: types.Format) -> bool:
    match form:
        case types.Format.UUID:
            return _UUID.match(value) is not None
        case types.Format.EMAIL:
            return _EMAIL.match(value) is not None
        case types.Format.URI:
            return _URI.match(value) is not None
        case types.Format.DATE:
            return _parses(date, value) and len(value) == len("2026-01-31")
        case types.Format.DATE_TIME:
            return _parses(datetime, value) and datetime.fromisoformat(value).tzinfo is not None


def _parses(kind: type[date], value: str) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


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
            yield (name,), f"the payload has no property `{name}`{f'; {guess}' if guess else ''}"
    missing = [field.name for field in kind.fields if field.required and field.name not in value]
    if missing:
        yield (), f"{joined(missing)} must be given"
    for field in kind.fields:
        if field.name in value:
            for path, message in mismatches(value[field.name], field.type):
                yield (field.name, *path), f"`{field.name}` {message}" if not path else message
