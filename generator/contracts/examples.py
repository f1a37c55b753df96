"""One payload of each contract for the documents: plausible, valid, and always the same."""

from collections.abc import Mapping

from generator.contracts import types
from generator.contracts.samples import samples


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


def _of_type(kind: types.Type) -> object:
    match kind:
        case types.Reference():
            return _of_type(kind.target)
        case types.Object():
            return example_payload(kind)
        case types.Array(items=items, unique=False):
            return [_of_type(items)] * max(1, kind.min_items or 0) if _ends(items) else []
        case types.String(format=None, pattern=None):
            return _text(kind)
        case _:
            return next(samples(kind), None)


def _ends(kind: types.Type) -> bool:
    """Say whether an optional list may show an item: one of a definition could go on and on."""
    return not isinstance(kind, types.Reference)


def _text(kind: types.String) -> str:
    """Return text of an allowed length; one with a pattern should bring its own example."""
    shortest, longest = kind.min_length or 0, kind.max_length
    text = "text".ljust(shortest, "-")
    return text if longest is None else text[:longest]
