"""Values that fit a type: every bound, every form, every property there and not there.

They are finite, the same on every run, and each is checked against the type before it is yielded.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import chain, islice

from generator.contracts import types
from generator.contracts.equality import same_value
from generator.contracts.instances import fits
from generator.contracts.lengths import EXTREMES
from generator.contracts.texts import texts_of

DEEP = 3
_MOST = 120
_LONGEST_TEXT = 5000
_LONGEST_LIST = 600

_PLAIN_TEXTS = (
    "text",
    "",
    "a",
    "0",
    "A",
    " ",
    "-",
    "é",
    "日本",
    "🙂",
    "\n",
    "a b",
    "_",
    "true",
    "1.5",
)
_FORMATTED = {
    types.Format.UUID: (
        "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d",
        "7F3D2C1A-9B4E-4F6A-8C5D-0E1F2A3B4C5E",
    ),
    types.Format.EMAIL: (
        *("ada@example.com", "a.b+c@x-y.example"),
        *('"ada lovelace"@example.com', "ada@[127.0.0.1]"),
    ),
    types.Format.URI: ("https://example.com/page", "urn:isbn:123", "mailto:ada@example.com"),
    types.Format.URI_REFERENCE: ("/page", "https://example.com/page", "../a?b#c", "#top"),
    types.Format.HOSTNAME: ("www.example.com", "localhost", "xn--9n2bp8q.example"),
    types.Format.IPV4: ("192.0.2.1", "10.20.30.40"),
    types.Format.IPV6: ("2001:db8::1", "::ffff:192.0.2.1"),
    types.Format.JSON_POINTER: ("/a/0", "/a~1b/~0"),
    types.Format.REGEX: ("^[a-z]+$", "(?<=a)b{2,3}"),
    types.Format.DATE: ("2026-01-31", "2024-02-29"),
    types.Format.TIME: (
        *("09:30:00Z", "23:59:59.5+02:00", "09:30:00.123456+02:00"),
        *("09:30:00.123456789Z", "23:59:60Z"),
    ),
    types.Format.DATE_TIME: (
        *("2026-01-31T09:30:00Z", "2024-02-29T23:59:59.5+02:00"),
        *("2026-01-31T09:30:00.123456+02:00", "2026-01-31T09:30:00.123456789Z"),
        "2016-12-31T23:59:60Z",
    ),
    types.Format.DURATION: ("PT1H", "P3D", "P1Y2M3DT4H5M6S", "P2W"),
}


class EndlessError(ValueError):
    """No value within reach fits."""


def samples(
    kind: types.Type, near: types.Type | None = None, depth: int = DEEP
) -> Iterator[object]:
    """Yield values that fit a type, each once, the plainest first.

    Args:
        kind: The type.
        near: Another type, whose bounds are tried as well.
        depth: How many definitions deep optional parts are filled in.
    """
    seen = set()
    for value in islice(_candidates(kind, near, depth), 4 * _MOST):
        key = same_value(value)
        if key not in seen and fits(value, kind):
            seen.add(key)
            yield value


def smallest(kind: types.Type, depth: int = 12) -> object:
    """Return a value that fits, with no more in it than must be.

    A definition that is used twice gives one value twice, so that its cost is that of one.

    Raises:
        EndlessError: None was found.
    """
    return _smallest(kind, depth, {})


def _smallest(kind: types.Type, depth: int, made: dict[str, object]) -> object:
    if depth == 0:
        raise EndlessError
    match kind:
        case types.Reference():
            if kind.name not in made:
                made[kind.name] = _smallest(kind.target, depth - 1, made)
            return made[kind.name]
        case types.Object(fields):
            return {f.name: _smallest(f.type, depth - 1, made) for f in fields if f.required}
        case types.Array(items, low):
            return _distinct(kind, low or 0, _plain_items(items, low or 0, depth))
        case types.Union():
            for member in kind.members:
                try:
                    return _smallest(member, depth - 1, made)
                except EndlessError:
                    continue
            raise EndlessError
        case _:
            for value in samples(kind):
                return value
            raise EndlessError


def _candidates(  # noqa: C901 - one case a type
    kind: types.Type, near: types.Type | None, depth: int
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
            yield from _texts(kind, near)
        case types.Number():
            yield from _numbers(kind, near)
        case types.Array():
            yield from _arrays(kind, near, depth)
        case types.Object():
            yield from _objects(kind, near, depth)
        case types.Union():
            other = list(types.members_of(near)) if near is not None else []
            for member in types.members_of(kind):
                same = [o for o in other if types.kinds_of(o) & types.kinds_of(member)]
                yield from islice(samples(member, same[0] if same else None, depth), _MOST)


def _like(near: types.Type | None, kind: type[types.Type]) -> Iterator[types.Type]:
    if near is not None:
        yield from (part for part in types.members_of(near) if isinstance(part, kind))


def _texts(kind: types.String, near: types.Type | None) -> Iterator[str]:
    if kind.format is not None:
        yield from _FORMATTED.get(kind.format, ())
        yield from (text for text in EXTREMES.get(kind.format, ()) if text is not None)
        return
    both = [kind, *(part for part in _like(near, types.String) if isinstance(part, types.String))]
    pool: list[str] = []
    for part in both:
        pool += texts_of(part.pattern) if part.pattern is not None else _PLAIN_TEXTS
        pool += _FORMATTED[part.format] if part.format is not None else ()
    values = near.values if isinstance(near, types.Choice) else ()
    pool += [value for value in values if isinstance(value, str)]
    yield from pool
    bounds = {b for part in both for b in (part.min_length, part.max_length) if b is not None}
    lengths = sorted({length + step for length in bounds for step in (-1, 0, 1)})
    for length in lengths:
        if 0 <= length <= _LONGEST_TEXT:
            for text in (*pool[:8], "🙂", "a"):
                if text:
                    yield (text * length)[:length]
                    yield text + text[-1] * (length - len(text))


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


def _plain_items(items: types.Type, count: int, depth: int) -> Iterable[object]:
    first = smallest(items, depth - 1) if count else None
    return chain([first] if count else [], samples(items, depth=1))


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


def _arrays(kind: types.Array, near: types.Type | None, depth: int) -> Iterator[object]:
    other = next(_like(near, types.Array), None)
    inner = other.items if isinstance(other, types.Array) else None
    items = list(islice(samples(kind.items, inner, depth - 1), 30)) if depth > 0 else []
    if not items and (kind.min_items or 0) > 0:
        with suppress(EndlessError):
            items = [smallest(kind.items)]
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


def _objects(kind: types.Object, near: types.Type | None, depth: int) -> Iterator[object]:
    try:
        least = smallest(kind)
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
        listed[field.name] = list(islice(samples(field.type, inner, depth - 1), 25))
    full = {name: values[0] for name, values in listed.items() if values}
    if kind.additional is not None:
        names = ["other", "key-2"]
        names += [f.name for f in other.fields] if isinstance(other, types.Object) else []
        for name in names:
            if kind.field(name) is None:
                listed[name] = list(islice(samples(kind.additional, None, depth - 1), 12))
    yield full
    for name in full:
        yield {key: value for key, value in full.items() if key != name}
    for name, values in listed.items():
        for value in values:
            yield {**least, name: value}
