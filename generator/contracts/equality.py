"""Equality of JSON values: 1 and 1.0 are one number, true is none."""

from collections.abc import Iterable


def same_value(value: object) -> object:
    """Return something hashable that is equal for equal JSON values, and only for those."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, list):
        return ("array", tuple(map(same_value, value)))
    if isinstance(value, dict):
        return ("object", frozenset((name, same_value(inner)) for name, inner in value.items()))
    return value


def holds(values: Iterable[object], value: object) -> bool:
    """Say whether a value equals one of some."""
    wanted = same_value(value)
    return any(same_value(other) == wanted for other in values)


def all_different(values: list[object]) -> bool:
    """Say whether no value is there twice."""
    return len(set(map(same_value, values))) == len(values)
