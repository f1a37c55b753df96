"""One payload of each contract for the documents: plausible, valid, and always the same."""

from collections.abc import Mapping

from generator.contracts import types
from generator.contracts.instances import mismatches

_FORMATTED: Mapping[types.Format, str] = {
    types.Format.UUID: "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d",
    types.Format.EMAIL: "ada@example.com",
    types.Format.URI: "https://example.com/page",
    types.Format.DATE: "2026-01-31",
    types.Format.DATE_TIME: "2026-01-31T09:30:00Z",
}


def example_payload(payload: types.Object) -> dict[str, object]:
    """Return a payload with every required property, and every other that has a value at hand."""
    return {field.name: _of_field(field) for field in payload.fields if _shown(field)}


def with_defaults(payload: types.Object, given: Mapping[str, object]) -> dict[str, object]:
    """Return a payload as a worker sees it: with the defaults of what was not given."""
    defaults = {
        field.name: field.default
        for field in payload.fields
        if field.default is not types.NO_DEFAULT
    }
    return {**defaults, **given}


def _shown(field: types.Field) -> bool:
    return field.always_present or bool(field.examples)


def _of_field(field: types.Field) -> object:
    if field.examples:
        return field.examples[0]
    if field.default is not types.NO_DEFAULT:
        return field.default
    return _of_type(field.type)


def _of_type(kind: types.Type) -> object:  # noqa: PLR0911 - one return a type
    match kind:
        case types.String(format=form) if form is not None:
            return _FORMATTED[form]
        case types.String():
            return _text(kind)
        case types.Number():
            return _number(kind)
        case types.Boolean():
            return True
        case types.Choice(values):
            return values[0]
        case types.Array():
            return [_of_type(kind.items)] * max(1, kind.min_items or 0)
        case types.Object():
            return example_payload(kind)
        case _:
            return None


def _text(kind: types.String) -> str:
    """Return text of an allowed length; one with a pattern should bring its own example."""
    shortest, longest = kind.min_length or 0, kind.max_length
    text = "text".ljust(shortest, "-")
    return text if longest is None else text[:longest]


def _number(kind: types.Number) -> float:
    """Return the first fitting number among a few that are likely to fit."""
    bounds = (kind.minimum, kind.exclusive_minimum, kind.maximum, kind.exclusive_maximum)
    steps = [0, 1, kind.multiple_of or 1]
    near = [bound + step for bound in bounds if bound is not None for step in (0, 1, -1)]
    for candidate in (1, *near, *steps):
        whole = int(candidate) if kind.integer else candidate
        if not any(mismatches(whole, kind)):
            return whole
    return 0
