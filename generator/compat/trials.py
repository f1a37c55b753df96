"""Payloads to try an upcaster on: together they hold every value, form, absence and bound.

Every value of a finite type, every form of a `oneOf`, presence, absence and null of each property
and the bounds of the rest occur at least once, and pairwise with those of the other properties.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from itertools import pairwise as adjacent
from typing import TypeVar

from generator.contracts import types
from generator.contracts.covering import pairwise
from generator.contracts.equality import same_value
from generator.contracts.finite import inhabited, values_of
from generator.contracts.identity import Same
from generator.contracts.instances import fits
from generator.contracts.lengths import lengths_of
from generator.contracts.samples import EndlessError, samples, smallest

_FEW = 12
"""So many values of a property are tried with every value of the others; more with some."""

_COLUMNS = 40
_PLAIN = 10
_LISTED = 1000
_ITEMS = 250
"""So many values are tried as items: a list of them is one more value at each place it stands."""

_MOST = 8000
_RANDOM = 150
_LONGEST = 20_000
_DEEP = 3
_NOTABLE = (10, 11, 50, 99, 100, 101, 255, 256, 999, 1000, 1001, 10**6, 2**31 - 1, 2**31)


Each = TypeVar("Each")


class _Left:
    """Stands for a property that is left out."""


_LEFT = _Left()


@dataclass(slots=True)
class Trials:
    """Payloads to try, and what they do not hold.

    Attributes:
        documents: The payloads, each of them fits.
        uncovered: What is left out, a phrase each.
        known: The values of a type beside another at a depth: recursion and diamonds meet it again.
    """

    documents: list[object] = field(default_factory=list)
    uncovered: list[str] = field(default_factory=list)
    known: dict[tuple[Same[types.Type], Same[types.Type], int], list[object]] = field(
        default_factory=dict
    )


def trials_of(kind: types.Object, near: types.Type) -> Trials:
    """Return payloads of a type to try; the bounds of another type are tried as well."""
    made = Trials()
    found = _values(kind, near, _DEEP, made, "")
    if len(found) > _MOST:
        made.uncovered.append(f"{len(found) - _MOST} of the payloads that were thought of")
        found = found[:_MOST]
    made.documents = _distinct([value for value in found if fits(value, kind)])
    made.uncovered = list(dict.fromkeys(made.uncovered))
    return made


def _values(
    kind: types.Type, near: types.Type, depth: int, made: Trials, path: str
) -> list[object]:
    """Return values of a type; what is said about them names the first place they stand at."""
    kind, near = types.followed(kind), types.followed(near)
    met = Same(kind), Same(near), depth
    if met not in made.known:
        made.known[met] = _fresh(kind, near, depth, made, path)
    return made.known[met]


def _fresh(  # noqa: PLR0911 - one return a kind
    kind: types.Type, near: types.Type, depth: int, made: Trials, path: str
) -> list[object]:
    finite = values_of(kind, _LISTED)
    if finite is not None:
        return finite
    match kind:
        case types.Union(members):
            return _in_turns([_values(member, near, depth, made, path) for member in members])
        case types.Object():
            return _objects(kind, near, depth, made, path)
        case types.Array():
            return _lists(kind, near, depth, made, path)
        case types.String():
            return _texts(kind, near)
        case types.Number():
            fitting = (n for n in (*_NOTABLE, *(-n for n in _NOTABLE)) if fits(n, kind))
            return _distinct([*islice(samples(kind, near), 60), *fitting])
        case _:
            return list(islice(samples(kind, near), _PLAIN))


def _texts(kind: types.String, near: types.Type) -> list[object]:
    """Return plain text, and text at every bound on its length, of both types."""
    ends: set[int] = set()
    for part in (kind, *types.members_of(near)):
        if isinstance(part, types.String):
            ends |= {end for end in lengths_of(part) if end is not None}
    lengths = {end + step for end in ends for step in (-1, 0, 1)}
    listed = [v for v in samples(kind, near) if isinstance(v, str)]
    by_length = {len(text): text for text in reversed(listed)}
    bounds = [by_length[length] for length in sorted(lengths) if length in by_length]
    return _distinct([*listed[:_PLAIN], *bounds])


def _lists(
    kind: types.Array, near: types.Type, depth: int, made: Trials, path: str
) -> list[object]:
    other = next((p for p in types.members_of(near) if isinstance(p, types.Array)), kind)
    place = f"{path}[]"
    inner = _values(kind.items, other.items, depth - 1, made, place) if depth > 0 else []
    inner = _cut(inner, _ITEMS, kind.items, made, place)
    low, high = kind.min_items or 0, kind.max_items
    found: list[object] = list(islice(samples(kind, near), 60))
    others = _distinct(inner) if kind.unique and low > 1 else []
    for at, item in enumerate(others or inner):
        fill = [*others[at + 1 :], *others[:at]] if others else [item] * low
        found.append([item, *fill[: max(0, low - 1)]])
    if high is None or high > 1:
        found += [[a, b] for a, b in adjacent(inner)]
    return [value for value in found if fits(value, kind)]


def _objects(
    kind: types.Object, near: types.Type, depth: int, made: Trials, path: str
) -> list[object]:
    if depth < 0:
        made.uncovered.append(f"what `{path}` holds further in")
        try:
            return [smallest(kind)]
        except EndlessError:
            return []
    columns = [_column(field, near, depth, made, path) for field in kind.fields]
    names = [field.name for field in kind.fields]
    if kind.additional is not None:
        names.append("another-property")
        columns.append([_LEFT, *_values(kind.additional, kind.additional, depth - 1, made, path)])
    if not all(columns):
        return []
    few = [_spread(column) for column in columns]
    if len(few) > _COLUMNS:
        made.uncovered.append(f"pairs of properties of `{path or 'the payload'}` after the 40th")
    rows = [
        [few[at][i] for at, i in enumerate(row)] + [column[0] for column in few[_COLUMNS:]]
        for row in pairwise([len(column) for column in few[:_COLUMNS]])
    ]
    base = [column[-1] if column[0] is _LEFT else column[0] for column in columns]
    for at, column in enumerate(columns):
        if len(column) > _FEW:
            name = _inside(path, names[at])
            made.uncovered.append(f"most pairs with the {len(column)} values of `{name}`")
    each = [
        [[*base[:at], value, *base[at + 1 :]] for value in column]
        for at, column in enumerate(columns)
    ]
    rows += _in_turns(each)
    draw = random.Random(len(columns))  # noqa: S311 - the same on every run
    rows += [[draw.choice(column) for column in columns] for _ in range(_RANDOM)]
    return [
        {n: v for n, v in zip(names, row, strict=True) if not isinstance(v, _Left)} for row in rows
    ]


def _column(of: types.Field, near: types.Type, depth: int, made: Trials, path: str) -> list[object]:
    """Return what a property can be, beginning with its absence."""
    inner: types.Type = of.type
    for part in types.members_of(near):
        twin = part.field(of.name) if isinstance(part, types.Object) else None
        inner = twin.type if twin is not None else inner
    place = _inside(path, of.name)
    values = _values(of.type, inner, depth - 1, made, place)
    if not values and inhabited(of.type):
        made.uncovered.append(f"`{place}`: no value is known")
    # Nested rows are many and differ in small things; as a column they count as they are.
    values = _cut(values, _LISTED, of.type, made, place)
    return values if of.required else [_LEFT, *values]


def _inside(path: str, name: str) -> str:
    return ".".join(filter(None, (path, name)))


def _cut(
    values: list[object], most: int, kind: types.Type, made: Trials, place: str
) -> list[object]:
    """Return so many values at most, and say how many are left out; a choice is never cut."""
    if len(values) <= most or isinstance(types.followed(kind), types.Choice):
        return values
    made.uncovered.append(f"{len(values) - most} of the values of `{place}`")
    return values[:most]


def _in_turns(lists: Sequence[Sequence[Each]]) -> list[Each]:
    """Return what some lists hold: the first of each, then the second of each, and so on.

    So the beginning of a long list of values is fair to every form and every property.
    """
    longest = max(map(len, lists), default=0)
    return [each[at] for at in range(longest) for each in lists if at < len(each)]


def _spread(column: list[object]) -> list[object]:
    """Return few values of many: the first, the last, and some in between."""
    if len(column) <= _FEW:
        return column
    step = (len(column) - 1) / (_FEW - 1)
    return [column[round(index * step)] for index in range(_FEW)]


def _distinct(values: list[object]) -> list[object]:
    return list({same_value(value): value for value in reversed(values)}.values())[::-1]
