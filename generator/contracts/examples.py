"""One payload of each contract for the documents: plausible, valid, and always the same."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from generator.contracts import types
from generator.contracts.instances import fits
from generator.contracts.samples import EndlessError, least_size, samples, smallest

_MOST = 200
"""Values of an example that a person looks at."""


def example_payload(payload: types.Object) -> dict[str, object] | None:
    """Return a payload with every required property, and every other that has a value at hand.

    Of one that holds itself it is the least that can be sent; None if that is too much to look at,
    or if no value of some property is known.
    """
    shown: object = None
    with suppress(EndlessError):
        shown = _of_object(payload, _Opened(frozenset(), iter(range(_MOST))))
    if shown is None or not fits(shown, payload):
        shown = None
        with suppress(EndlessError):
            shown = smallest(payload) if least_size(payload) <= _MOST else None
    assert shown is None or isinstance(shown, dict)
    return shown


def _shown(field: types.Field) -> bool:
    return field.always_present or bool(field.examples)


@dataclass(frozen=True, slots=True)
class _Opened:
    """Where an example stands: in which definitions, and how many values are left to be shown."""

    names: frozenset[str]
    left: Iterator[int]


def _of_object(kind: types.Object, opened: _Opened) -> dict[str, object]:
    return {field.name: _of_field(field, opened) for field in kind.fields if _shown(field)}


def _of_field(field: types.Field, opened: _Opened) -> object:
    if field.examples:
        return field.examples[0]
    if field.default is not types.NO_DEFAULT:
        return field.default
    return _of_type(field.type, opened)


def _of_type(kind: types.Type, opened: _Opened) -> object:
    """Return a plausible value.

    Raises:
        EndlessError: A definition holds itself, or too much is shown already.
    """
    if next(opened.left, None) is None:
        raise EndlessError
    match kind:
        case types.Reference(name):
            if name in opened.names:
                raise EndlessError
            return _of_type(kind.target, replace(opened, names=opened.names | {name}))
        case types.Object():
            return _of_object(kind, opened)
        case types.Array(unique=False):
            return _of_list(kind, opened)
        case types.String(format=None, pattern=None):
            return _text(kind)
        case _:
            return next(samples(kind), None)


def _of_list(kind: types.Array, opened: _Opened) -> list[object]:
    """Return one item if there may be one, and as many as there must be."""
    least, most = kind.min_items or 0, kind.max_items
    if most == 0:
        return []
    try:
        return [_of_type(kind.items, opened)] * max(1, least)
    except EndlessError:
        if least:
            raise
        return []


def _text(kind: types.String) -> str:
    """Return text of an allowed length; one with a pattern should bring its own example."""
    shortest, longest = kind.min_length or 0, kind.max_length
    text = "text".ljust(shortest, "-")
    return text if longest is None else text[:longest]
