"""Values that fit a type: every bound, every form, every property there and not there.

They are finite, the same on every run, and each is checked against the type before it is yielded.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from generator.contracts import types
from generator.contracts.equality import same_value
from generator.contracts.identity import Same
from generator.contracts.instances import fits
from generator.contracts.written import written

DEEP = 3
_MOST = 120
_LONGEST_LIST = 600


class EndlessError(ValueError):
    """No value within reach fits."""


class _Made(NamedTuple):
    """A value, and how many values it is made of."""

    value: object
    size: int


def samples(
    kind: types.Type, near: types.Type | None = None, depth: int = DEEP
) -> Iterator[object]:
    """Yield values that fit a type, each once, the plainest first.

    Args:
        kind: The type.
        near: Another type, whose bounds are tried as well.
        depth: How many definitions deep optional parts are filled in.
    """
    yield from _samples(kind, near, depth, _of_definitions(kind))


def _samples(
    kind: types.Type, near: types.Type | None, depth: int, made: Mapping[str, _Made]
) -> Iterator[object]:
    seen = set()
    for value in islice(_candidates(kind, near, depth, made), 4 * _MOST):
        key = same_value(value)
        if key not in seen and fits(value, kind):
            seen.add(key)
            yield value


def smallest(kind: types.Type) -> object:
    """Return a value that fits, with no more in it than must be.

    A definition that is used twice gives one value twice, so that its cost is that of one.

    Raises:
        EndlessError: None was found.
    """
    return _smallest(kind, _of_definitions(kind)).value


def least_size(kind: types.Type) -> int:
    """Return how many values a smallest one is made of, each as often as it would be written.

    Raises:
        EndlessError: None was found.
    """
    return _smallest(kind, _of_definitions(kind)).size


def _of_definitions(kind: types.Type) -> Mapping[str, _Made]:
    found = (part for part in types.reached(kind) if isinstance(part, types.Reference))
    reference = next(found, None)
    return {} if reference is None else _of_all(Same(reference.definitions))


@lru_cache(maxsize=16)
def _of_all(definitions: Same[Mapping[str, types.Type]]) -> Mapping[str, _Made]:
    """Return a value of each definition that has one: first of those that need no other.

    What a definition needs has its value in an earlier round, so recursion ends, at any depth.
    """
    left = dict(definitions.of)
    made: dict[str, _Made] = {}
    while True:
        count = len(left)
        # What is used mostly stands below what uses it.
        for name in reversed(list(left)):
            with suppress(EndlessError):
                made[name] = _smallest(left[name], made)
                del left[name]
        if len(left) == count:
            return made


def _smallest(kind: types.Type, made: Mapping[str, _Made]) -> _Made:
    match kind:
        case types.Reference(name):
            if name not in made:
                raise EndlessError
            return made[name]
        case types.Object(fields):
            parts = {f.name: _smallest(f.type, made) for f in fields if f.required}
            values: object = {name: part.value for name, part in parts.items()}
            return _Made(values, 1 + sum(part.size for part in parts.values()))
        case types.Array(items, low):
            if not low:
                return _Made([], 1)
            first = _smallest(items, made)
            listed = _distinct(
                kind,
                low,
                chain([first.value], _samples(items, None, 1, made))
                if kind.unique
                else [first.value],
            )
            return _Made(listed, 1 + low * first.size)
        case types.Union():
            return min(_each(kind.members, made), key=lambda part: part.size)
        case _:
            for value in _samples(kind, None, DEEP, made):
                return _Made(value, 1)
            raise EndlessError


def _each(members: Iterable[types.Type], made: Mapping[str, _Made]) -> list[_Made]:
    """Return a value of each member that has one.

    Raises:
        EndlessError: None has.
    """
    found = []
    for member in members:
        with suppress(EndlessError):
            found.append(_smallest(member, made))
    if not found:
        raise EndlessError
    return found


def _candidates(  # noqa: C901 - one case a type
    kind: types.Type, near: types.Type | None, depth: int, made: Mapping[str, _Made]
) -> Iterator[object]:
    kind = types.followed(kind)
    match kind:
        case types.Anything():
            yield from ("text", 1, 0.5, True, None, [], ["a", 1], {}, {"a": {"b": [None]}}, -1, "")
        case types.Null():
            yield None
        case types.Boolean():
            yield from (True, False)
        case types.Choice(values):
            yield from values
        case types.String():
            yield from written(kind, near)
        case types.Number():
            yield from _numbers(kind, near)
        case types.Array():
            yield from _arrays(kind, near, depth, made)
        case types.Object():
            yield from _objects(kind, near, depth, made)
        case types.Union():
            other = list(types.members_of(near)) if near is not None else []
            for member in types.members_of(kind):
                same = [o for o in other if types.kinds_of(o) & types.kinds_of(member)]
                yield from islice(_samples(member, same[0] if same else None, depth, made), _MOST)


def _like(near: types.Type | None, kind: type[types.Type]) -> Iterator[types.Type]:
    if near is not None:
        yield from (part for part in types.members_of(near) if isinstance(part, kind))


def _numbers(kind: types.Number, near: types.Type | None) -> Iterator[float]:
    both = [kind, *(part for part in _like(near, types.Number) if isinstance(part, types.Number))]
    bounds: list[float] = []
    steps: list[float] = [1]
    for part in both:
        limits = (part.minimum, part.exclusive_minimum, part.maximum, part.exclusive_maximum)
        bounds += [bound for bound in limits if bound is not None]
        steps += [part.multiple_of] if part.multiple_of is not None else []
    points = [1.0, 0.0, *bounds, -1.0]
    steps += [0.5, 0.001] if not kind.integer else []
    for point in points:
        yield from _spelt(Fraction(str(point)))
        for step in steps:
            exact = Fraction(str(step))
            floor = (Fraction(str(point)) // exact) * exact
            for count in (0, 1, -1, 2, 3, 7):
                yield from _spelt(floor + count * exact)
                yield from _spelt(Fraction(str(point)) + count * exact)
    yield from (2**53 + 1, 10**18, -(10**18))
    if near is not None:
        values = near.values if isinstance(near, types.Choice) else ()
        yield from (v for v in values if isinstance(v, int | float) and not isinstance(v, bool))


def _spelt(number: Fraction) -> Iterator[float]:
    """Yield a number as JSON has it, if it can be written exactly."""
    if number.denominator == 1:
        yield int(number)
    elif Fraction(str(float(number))) == number:
        yield float(number)


def _distinct(kind: types.Array, count: int, items: Iterable[object]) -> list[object]:
    """Return so many items, different ones if they must be.

    Raises:
        EndlessError: There are not so many.
    """
    found: list[object] = []
    seen = set()
    for item in items if count else ():
        if not kind.unique or same_value(item) not in seen:
            seen.add(same_value(item))
            found.append(item)
        if len(found) == count:
            break
    if len(found) < count:
        if kind.unique or not found:
            raise EndlessError
        found += [found[0]] * (count - len(found))
    return found


def _arrays(
    kind: types.Array, near: types.Type | None, depth: int, made: Mapping[str, _Made]
) -> Iterator[object]:
    other = next(_like(near, types.Array), None)
    inner = other.items if isinstance(other, types.Array) else None
    items = list(islice(_samples(kind.items, inner, depth - 1, made), 30)) if depth > 0 else []
    if not items and (kind.min_items or 0) > 0:
        with suppress(EndlessError):
            items = [_smallest(kind.items, made).value]
    bounds = [b for b in (kind.min_items, kind.max_items) if b is not None]
    if isinstance(other, types.Array):
        bounds += [b for b in (other.min_items, other.max_items) if b is not None]
    counts = {0, 1, 2, *(bound + step for bound in bounds for step in (-1, 0, 1))}
    base = sorted(count for count in counts if 0 <= count <= _LONGEST_LIST)
    low = max(kind.min_items or 0, 1)
    for count in (low, *base):
        try:
            yield _distinct(kind, count, items)
        except EndlessError:
            continue
    for item in items:
        rest = [other for other in items if same_value(other) != same_value(item)]
        try:
            yield _distinct(kind, low, [item, *rest])
            yield [item, item, *_distinct(kind, max(0, low - 2), rest)]
        except EndlessError:
            continue


def _objects(
    kind: types.Object, near: types.Type | None, depth: int, made: Mapping[str, _Made]
) -> Iterator[object]:
    try:
        least = _smallest(kind, made).value
    except EndlessError:
        return
    assert isinstance(least, dict)
    yield least
    if depth <= 0:
        return
    other = next(_like(near, types.Object), None)
    listed: dict[str, list[object]] = {}
    for field in kind.fields:
        twin = other.field(field.name) if isinstance(other, types.Object) else None
        inner = twin.type if twin is not None else None
        listed[field.name] = list(islice(_samples(field.type, inner, depth - 1, made), 25))
    full = {name: values[0] for name, values in listed.items() if values}
    if kind.additional is not None:
        names = ["other", "key-2"]
        names += [f.name for f in other.fields] if isinstance(other, types.Object) else []
        for name in names:
            if kind.field(name) is None:
                listed[name] = list(islice(_samples(kind.additional, None, depth - 1, made), 12))
    yield full
    for name in full:
        yield {key: value for key, value in full.items() if key != name}
    for name, values in listed.items():
        for value in values:
            yield {**least, name: value}
