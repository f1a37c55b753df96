"""What one type may write and another cannot read.

The comparison is sound: where it finds nothing, everything that fits the writer's type is read.
What is finite is compared whole. The rest is exact but for patterns and formats: whether one
implies another is not told, unless every text fits it.

Each pair of types is compared once, known again by what it is: a definition by its name. So
recursion ends, and definitions that are used many times cost no more than those used once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from generator import gate_rules
from generator.contracts import types
from generator.contracts.comparison.difference import TOP, Difference, Place
from generator.contracts.comparison.lists import of_arrays
from generator.contracts.comparison.objects import of_forms
from generator.contracts.comparison.scalars import of_numbers, of_texts
from generator.contracts.finite import inhabited, values_of
from generator.contracts.identity import identity
from generator.contracts.instances import fits
from generator.words import shown

Step: TypeAlias = Difference | tuple[types.Type, types.Type, Place]
"""What was found, or a pair of parts that are to be compared as well."""

_MOST_SHOWN = 8


def differences(writer: types.Type, reader: types.Type) -> Iterator[Difference]:
    """Yield everything that fits the writer's type and not the reader's, and what is dropped."""
    waiting: list[tuple[types.Type, types.Type, Place]] = [(writer, reader, TOP)]
    seen = set()
    while waiting:
        writer, reader, place = waiting.pop()
        pair = (identity(writer), identity(reader))
        if pair in seen:
            continue
        seen.add(pair)
        found = list(_of_pair(writer, reader, place))
        yield from (step for step in found if isinstance(step, Difference))
        waiting += [step for step in reversed(found) if not isinstance(step, Difference)]


def refusing(writer: types.Type, reader: types.Type) -> Iterator[Difference]:
    """Yield what cannot be read; what is read and dropped is left out."""
    for found in differences(writer, reader):
        if found.rule != gate_rules.DROPPED:
            yield found


def _of_pair(writer: types.Type, reader: types.Type, place: Place) -> Iterator[Step]:
    place = _through(writer, reader, place)
    if not inhabited(writer):
        return
    reader = types.followed(reader)
    if isinstance(reader, types.Anything):
        return
    for member in types.members_of(writer):
        parts = _EVERYTHING if isinstance(member, types.Anything) else (member,)
        for part in filter(inhabited, parts):
            yield from _of_member(part, reader, place)


_EVERYTHING: tuple[types.Type, ...] = (
    types.Null(),
    types.Boolean(),
    types.Number(integer=False),
    types.String(),
    types.Array(types.Anything()),
    types.Object((), additional=types.Anything()),
)
"""What any value is one of."""


def _through(writer: types.Type, reader: types.Type, place: Place) -> Place:
    """Return where the references on both sides lead."""
    written = ("$defs", writer.name) if isinstance(writer, types.Reference) else place.written
    read = ("$defs", reader.name) if isinstance(reader, types.Reference) else place.read
    return replace(place, written=written, read=read)


def _of_member(  # noqa: C901 - one case a kind
    writer: types.Type, reader: types.Type, place: Place
) -> Iterator[Step]:
    def found(rule: str, message: str, *values: object) -> Difference:
        return Difference(rule, place, message, writer, reader, values)

    same = [part for part in types.members_of(reader) if _shares(part, writer)]
    if not isinstance(writer, types.Object | types.Array) or _is_listed(same):
        values = values_of(writer)
        if values is not None:
            lost = [value for value in values if not fits(value, reader, tolerant=True)]
            if lost:
                yield found(_rule_of(lost, writer, reader), _cannot(lost), *lost)
            kept = [value for value in values if fits(value, reader, tolerant=True)]
            cut = [value for value in kept if not fits(value, reader)]
            if cut:
                yield found(gate_rules.DROPPED, f"parts of {_listed(cut)} would be dropped", *cut)
            return
    if not same:
        yield found(gate_rules.TYPE, f"{_noun(writer)} cannot be read")
    elif _is_listed(same):
        yield found(gate_rules.VALUE, "only the listed values can be read")
    elif isinstance(writer, types.Object):
        yield from of_forms(writer, same, reader, place)
    elif isinstance(writer, types.Array) and isinstance(same[0], types.Array):
        yield from of_arrays(writer, same[0], place)
    elif isinstance(writer, types.String) and isinstance(same[0], types.String):
        yield from (found(rule, message) for rule, message in of_texts(writer, same[0]))
    elif isinstance(writer, types.Number) and isinstance(same[0], types.Number):
        yield from (found(rule, message) for rule, message in of_numbers(writer, same[0]))


def _shares(part: types.Type, writer: types.Type) -> bool:
    return bool(types.kinds_of(part) & types.kinds_of(writer))


def _is_listed(same: list[types.Type]) -> bool:
    """Say whether values of this kind are read from a list of single ones."""
    return any(isinstance(part, types.Choice) for part in same)


def _cannot(lost: list[object]) -> str:
    return f"{_listed(lost)} cannot be read"


def _listed(values: list[object]) -> str:
    more = f" and {len(values) - _MOST_SHOWN} more values" if len(values) > _MOST_SHOWN else ""
    return ", ".join(map(shown, values[:_MOST_SHOWN])) + more


def _noun(kind: types.Type) -> str:
    nouns: Mapping[type, str] = {
        types.String: "text",
        types.Number: "a number",
        types.Array: "a list",
        types.Object: "an object",
    }
    return nouns[type(kind)]


def _rule_of(lost: list[object], writer: types.Type, reader: types.Type) -> str:
    """Return whether values are missing from a list, out of bounds, or not taken at all."""
    kinds = {types.kind_of_value(value) for value in lost}
    if isinstance(writer, types.Null | types.Boolean) and not kinds & types.kinds_of(reader):
        return gate_rules.TYPE
    listed = any(isinstance(part, types.Choice) for part in types.members_of(reader))
    if not listed and not kinds <= types.kinds_of(reader):
        return gate_rules.TYPE
    if isinstance(writer, types.Number):
        of_reader = [p for p in types.members_of(reader) if isinstance(p, types.Number)]
        for rule, _ in of_numbers(writer, of_reader[0]) if of_reader else ():
            return rule
    return gate_rules.VALUE
