"""Types with few values: all of them, and how many; and types that no value fits."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import permutations, product

from generator.contracts import types
from generator.contracts.identity import Same
from generator.contracts.instances import fits
from generator.contracts.lengths import lengths_of
from generator.contracts.spans import span_of

MOST = 2000
"""So many values are listed; a set of more counts as endless."""


def values_of(  # noqa: PLR0911 - one return a kind
    kind: types.Type, most: int = MOST
) -> list[object] | None:
    """Return every value that fits a type, None if they are endless or more than `most`.

    An enum is listed whole, however long it is.
    """
    match kind:
        case types.Choice(values):
            return list(values)
        case types.Null():
            return [None]
        case types.Boolean():
            return [False, True]
        case types.Number():
            count = span_of(kind).count
            return None if count is None or count > most else list(span_of(kind).numbers())
        case types.String():
            return _texts(kind)
        case types.Array():
            return _lists(kind, most)
        case types.Object():
            return _objects(kind, most)
        case types.Union(members):
            return _together(members, most)
        case _:
            # A reference can lead to itself; one that does not is still seldom finite.
            return None


def inhabited(  # noqa: PLR0911 - likewise
    kind: types.Type, known: frozenset[str] = frozenset()
) -> bool:
    """Say whether some value fits a type; definitions count as `known` says, once they are."""
    match kind:
        case types.Reference(name, definitions):
            return name in (known or _inhabited_of(Same(definitions)))
        case types.Number():
            return not span_of(kind).empty
        case types.String():
            low, high = lengths_of(kind)
            return high is None or low <= high
        case types.Array(items, low, high):
            least = low or 0
            return (high is None or least <= high) and (
                least == 0 or (inhabited(items, known) and _enough(kind, least))
            )
        case types.Object(fields):
            return all(inhabited(field.type, known) for field in fields if field.required)
        case types.Union(members):
            return any(inhabited(member, known) for member in members)
        case _:
            return True


def longest_list(kind: types.Array) -> int | None:
    """Return how many items a list can have, None if there is no end."""
    if not inhabited(kind.items):
        return 0
    ends = [kind.max_items] if kind.max_items is not None else []
    values = values_of(types.followed(kind.items)) if kind.unique else None
    ends += [len(values)] if values is not None else []
    return min(ends, default=None)


def _enough(kind: types.Array, least: int) -> bool:
    values = values_of(types.followed(kind.items)) if kind.unique else None
    return values is None or len(values) >= least


@lru_cache(maxsize=16)
def _inhabited_of(definitions: Same[Mapping[str, types.Type]]) -> frozenset[str]:
    """Return the definitions that some finite value fits: those whose parts have one, and so on."""
    found = frozenset({""})
    left = dict(definitions.of)
    while True:
        count = len(left)
        # What is used mostly stands below what uses it.
        for name in reversed(list(left)):
            if inhabited(left[name], found):
                found |= {name}
                del left[name]
        if len(left) == count:
            return found


def _texts(kind: types.String) -> list[object] | None:
    low, high = lengths_of(kind)
    if high is None or high > 0:
        return [] if high is not None and low > high else None
    return [text for text in [""] if fits(text, kind)]


def _lists(kind: types.Array, most: int) -> list[object] | None:
    values = values_of(kind.items, most)
    low, high = kind.min_items or 0, kind.max_items
    if values == []:
        high = 0
    if high == 0:
        return [[]] if low == 0 else []
    if values is None or (high is None and not kind.unique):
        return None
    high = len(values) if high is None else min(high, len(values)) if kind.unique else high
    found: list[object] = []
    for count in range(low, high + 1):
        made = permutations(values, count) if kind.unique else product(values, repeat=count)
        for items in made:
            found.append(list(items))
            if len(found) > most:
                return None
    return found


def _objects(kind: types.Object, most: int) -> list[object] | None:
    if kind.additional is not None and inhabited(kind.additional):
        return None
    found: list[dict[str, object]] = [{}]
    for field in kind.fields:
        values = values_of(field.type, most)
        if values is None or len(found) * (len(values) + (not field.required)) > most:
            return None
        given = [{**one, field.name: value} for one in found for value in values]
        found = given if field.required else found + given
    return list(found)


def _together(members: tuple[types.Type, ...], most: int) -> list[object] | None:
    found: list[object] = []
    for member in members:
        values = values_of(member, most)
        if values is None or len(found) + len(values) > most:
            return None
        found += values
    return found
