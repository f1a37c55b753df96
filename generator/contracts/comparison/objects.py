"""Objects: what of one may be written and not read as the other, and what is read but dropped."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from generator import gate_rules
from generator.contracts import types
from generator.contracts.comparison.difference import Difference, Place, Wrap
from generator.contracts.finite import inhabited, values_of
from generator.contracts.instances import fits
from generator.contracts.samples import EndlessError, smallest
from generator.words import joined, shown

Step: TypeAlias = Difference | tuple[types.Type, types.Type, Place]


def of_forms(
    writer: types.Object, same: list[types.Type], reader: types.Type, place: Place
) -> Iterator[Step]:
    """Compare an object with the one form of the reader's that it can be."""
    if not inhabited(writer):
        return
    objects = [part for part in same if isinstance(part, types.Object)]
    if len(objects) == 1:
        yield from _of_objects(writer, objects[0], place)
        return
    tag = _tag_of(reader)
    field = writer.field(tag)
    values = values_of(types.followed(field.type)) if field is not None else None
    if field is None or not field.required or values is None:
        message = f"an object without a `{tag}` that tells its form cannot be read"
        yield Difference(gate_rules.FORM, place, message, writer, reader)
        return
    for value in values:
        form = next((part for part in objects if _is_form(part, tag, value)), None)
        narrowed = _narrowed(writer, tag, value)
        if form is None:
            message = f"the form with {shown(value)} as its `{tag}` cannot be read"
            yield Difference(gate_rules.FORM, place, message, narrowed, reader)
        else:
            yield from _of_objects(narrowed, form, place)


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


def _of_objects(writer: types.Object, reader: types.Object, place: Place) -> Iterator[Step]:
    for field in reader.fields:
        given = writer.field(field.name)
        inner = place.inside(field.name, ("properties", field.name))
        if field.required and (given is None or not given.required):
            message = f"an object without `{field.name}` cannot be read"
            missing = replace(inner, wraps=place.wraps)
            yield Difference(gate_rules.REQUIRED, missing, message, writer, reader)
        of = given.type if given is not None else writer.additional
        if of is not None:
            yield of, field.type, _with_value(inner, place, writer, field.name)
    unknown = [field for field in writer.fields if reader.field(field.name) is None]
    if reader.additional is None:
        yield from _dropped(writer, reader, unknown, place)
        return
    for field in unknown:
        inner = place.inside(field.name, ("properties", field.name))
        additional = _with_value(inner, place, writer, field.name)
        yield field.type, reader.additional, additional
    if writer.additional is not None:
        free = next(n for n in ("other", "another", "any-other") if _is_free(n, writer, reader))
        inner = place.inside("*", ("additionalProperties",))
        yield writer.additional, reader.additional, _with_value(inner, place, writer, free)


def _dropped(
    writer: types.Object, reader: types.Object, unknown: list[types.Field], place: Place
) -> Iterator[Difference]:
    """Yield what the reader takes without a word and does not keep."""
    lost = [field for field in unknown if inhabited(field.type)]
    if lost:
        message = f"{joined(field.name for field in lost)} would be dropped"
        yield Difference(gate_rules.DROPPED, place, message, writer, reader)
    if writer.additional is not None and inhabited(writer.additional):
        message = "properties that are not named would be dropped"
        yield Difference(gate_rules.DROPPED, place, message, writer, reader)


def _with_value(inner: Place, place: Place, kind: types.Object, name: str) -> Place:
    """Return a place whose documents hold a value as one property of an object."""

    def wrap(value: object) -> object:
        least = smallest(kind)
        if not isinstance(least, dict):
            raise EndlessError
        return {**least, name: value}

    wraps: tuple[Wrap, ...] = (wrap, *place.wraps)
    return replace(inner, wraps=wraps)


def _is_free(name: str, *kinds: types.Object) -> bool:
    return all(kind.field(name) is None for kind in kinds)
