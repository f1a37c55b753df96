"""What one type may write and another cannot read.

The comparison is sound: where it finds nothing, everything that fits the writer's type is read.
It is nearly exact: only patterns are compared as text, for whether one implies another is not told.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from generator.compat import registry
from generator.compat.difference import TOP, Difference, Place, Wrap
from generator.compat.scalars import Finding, of_numbers, of_texts
from generator.contracts import types
from generator.contracts.equality import same_value
from generator.contracts.instances import fits
from generator.contracts.samples import EndlessError, samples, smallest
from generator.words import shown

Seen: TypeAlias = frozenset[tuple[int, int]]


def differences(
    writer: types.Type, reader: types.Type, place: Place = TOP, seen: Seen = frozenset()
) -> Iterator[Difference]:
    """Yield everything that fits the writer's type and not the reader's."""
    place = _through(writer, reader, place)
    writer, reader = types.followed(writer), types.followed(reader)
    if isinstance(reader, types.Anything):
        return
    for member in types.members_of(writer):
        yield from _of_member(member, reader, place, seen)


def _through(writer: types.Type, reader: types.Type, place: Place) -> Place:
    """Return where the references on both sides lead."""
    written = ("$defs", writer.name) if isinstance(writer, types.Reference) else place.written
    read = ("$defs", reader.name) if isinstance(reader, types.Reference) else place.read
    return replace(place, written=written, read=read)


def _of_member(  # noqa: C901 - one case a kind
    writer: types.Type, reader: types.Type, place: Place, seen: Seen
) -> Iterator[Difference]:
    def found(rule: str, message: str, other: types.Type = reader) -> Difference:
        return Difference(rule, place, message, writer, other)

    if isinstance(writer, types.Null | types.Boolean | types.Choice):
        lost = [value for value in samples(writer) if not fits(value, reader, tolerant=True)]
        if lost:
            rule = registry.TYPE if not isinstance(writer, types.Choice) else _rule_of(lost, reader)
            yield found(rule, f"{', '.join(map(shown, lost))} cannot be read")
        return
    same = [part for part in types.members_of(reader) if types.kinds_of(part) >= _kind(writer)]
    if not same:
        yield found(registry.TYPE, f"{_noun(writer)} cannot be read")
    elif isinstance(writer, types.Object):
        yield from _of_forms(writer, same, reader, place, seen)
    elif isinstance(same[0], types.Choice):
        if not _all_listed(writer, same[0]):
            yield found(registry.VALUE, "only the listed values can be read")
    elif isinstance(writer, types.Array) and isinstance(same[0], types.Array):
        yield from _of_arrays(writer, same[0], place, seen)
    elif isinstance(writer, types.String) and isinstance(same[0], types.String):
        yield from _found(of_texts(writer, same[0]), found)
    elif isinstance(writer, types.Number) and isinstance(same[0], types.Number):
        yield from _found(of_numbers(writer, same[0]), found)


def _found(parts: Iterator[Finding], found: Callable[..., Difference]) -> Iterator[Difference]:
    for rule, message in parts:
        yield found(rule, message)


def _kind(kind: types.Type) -> frozenset[str]:
    return types.kinds_of(kind)


def _noun(kind: types.Type) -> str:
    nouns: Mapping[type, str] = {
        types.String: "text",
        types.Number: "a number",
        types.Array: "a list",
        types.Object: "an object",
        types.Anything: "any value",
    }
    return nouns[type(kind)]


def _rule_of(lost: list[object], reader: types.Type) -> str:
    """Return whether values are missing from a list, or their kind altogether."""
    kinds = {types.kind_of_value(value) for value in lost}
    listed = [part for part in types.members_of(reader) if isinstance(part, types.Choice)]
    if listed or kinds <= types.kinds_of(reader):
        return registry.VALUE
    return registry.TYPE


def _all_listed(writer: types.Type, choice: types.Choice) -> bool:
    """Say whether a list holds everything that a type allows, if that can be told by counting."""
    if not isinstance(writer, types.Number) or not writer.integer:
        return False
    low = [b for b in (writer.minimum, writer.exclusive_minimum) if b is not None]
    high = [b for b in (writer.maximum, writer.exclusive_maximum) if b is not None]
    if not low or not high or min(high) - max(low) > len(choice.values) + 2:
        return False
    numbers = range(int(max(low)) - 1, int(min(high)) + 2)
    return all(fits(number, choice) for number in numbers if fits(number, writer))


def _of_arrays(
    writer: types.Array, reader: types.Array, place: Place, seen: Seen
) -> Iterator[Difference]:
    least, most = writer.min_items or 0, writer.max_items

    def found(rule: str, message: str) -> Difference:
        return Difference(rule, place, message, writer, reader)

    if (reader.min_items or 0) > least:
        yield found(registry.BOUND, f"a list of {least} items cannot be read")
    if reader.max_items is not None and (most is None or most > reader.max_items):
        yield found(registry.BOUND, f"a list of more than {reader.max_items} items cannot be read")
    if reader.unique and not writer.unique and (most is None or most > 1):
        yield found(registry.UNIQUE, "a list that holds a value twice cannot be read")
    if most == 0:
        return

    def wrap(value: object) -> object:
        items = [value]
        known = {same_value(value)}
        for other in samples(writer.items) if len(items) < least else ():
            if len(items) < least and (not writer.unique or same_value(other) not in known):
                known.add(same_value(other))
                items.append(other)
        if len(items) < least and writer.unique:
            raise EndlessError
        return items + items[:1] * (least - len(items))

    inner = place.inside("[]", ("items",), wrap)
    yield from differences(writer.items, reader.items, inner, seen)


def _of_forms(
    writer: types.Object,
    same: list[types.Type],
    reader: types.Type,
    place: Place,
    seen: Seen,
) -> Iterator[Difference]:
    """Compare an object with the one form of the reader's that it can be."""
    objects = [part for part in same if isinstance(part, types.Object)]
    if len(objects) < len(same):
        yield Difference(registry.VALUE, place, "only listed values can be read", writer, reader)
        return
    if len(objects) == 1:
        yield from _of_objects(writer, objects[0], place, seen)
        return
    tag = _tag_of(reader)
    field = writer.field(tag)
    values = types.followed(field.type) if field is not None else None
    if field is None or not field.required or not isinstance(values, types.Choice):
        message = f"an object without a `{tag}` that tells its form cannot be read"
        yield Difference(registry.FORM, place, message, writer, reader)
        return
    for value in values.values:
        form = next((part for part in objects if _is_form(part, tag, value)), None)
        if form is None:
            message = f"the form with {shown(value)} as its `{tag}` cannot be read"
            yield Difference(registry.FORM, place, message, _narrowed(writer, tag, value), reader)
        else:
            yield from _of_objects(_narrowed(writer, tag, value), form, place, seen)


def _tag_of(reader: types.Type) -> str:
    """Return the property that tells a union's objects apart, at whatever depth it is said."""
    waiting = [types.followed(reader)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, types.Union):
            if part.tag:
                return part.tag
            waiting += [types.followed(member) for member in part.members]
    return ""


def _is_form(part: types.Object, tag: str, value: object) -> bool:
    field = part.field(tag)
    return field is not None and fits(value, field.type)


def _narrowed(kind: types.Object, tag: str, value: object) -> types.Object:
    fields = tuple(
        replace(field, type=types.Choice((value,))) if field.name == tag else field
        for field in kind.fields
    )
    return replace(kind, fields=fields)


def _of_objects(  # noqa: C901 - every property of both
    writer: types.Object, reader: types.Object, place: Place, seen: Seen
) -> Iterator[Difference]:
    pair = (id(writer.fields[0]) if writer.fields else id(writer), id(reader))
    if pair in seen:
        return
    seen |= {pair}

    def with_value(name: str) -> Wrap:
        def wrap(value: object) -> object:
            least = smallest(writer)
            assert isinstance(least, dict)
            return {**least, name: value}

        return wrap

    for field in reader.fields:
        given = writer.field(field.name)
        if field.required and (given is None or not given.required):
            message = f"an object without `{field.name}` cannot be read"
            inner = replace(
                place,
                name=f"{place.name}.{field.name}".lstrip("."),
                read=(*place.read, "properties", field.name),
                written=(*place.written, "properties", field.name),
            )
            yield Difference(registry.REQUIRED, inner, message, writer, reader)
        of = given.type if given is not None else writer.additional
        if of is not None:
            inner = place.inside(field.name, ("properties", field.name), with_value(field.name))
            yield from differences(of, field.type, inner, seen)
    if reader.additional is None:
        return
    for field in writer.fields:
        if reader.field(field.name) is None:
            inner = place.inside(field.name, ("properties", field.name), with_value(field.name))
            yield from differences(field.type, reader.additional, inner, seen)
    if writer.additional is not None:
        free = next(n for n in ("other", "another", "any-other") if _is_free(n, writer, reader))
        inner = place.inside("*", ("additionalProperties",), with_value(free))
        yield from differences(writer.additional, reader.additional, inner, seen)


def _is_free(name: str, *kinds: types.Object) -> bool:
    return all(kind.field(name) is None for kind in kinds)
