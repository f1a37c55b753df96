"""What an upcaster throws away: properties whose value makes no difference to what is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.contracts import types
from generator.contracts.equality import same_value
from generator.contracts.instances import fits

_BASES = 3
_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Twins:
    """Payloads that differ in one property alone."""

    name: str
    documents: tuple[dict[str, object], ...]


def twins_of(kind: types.Object, documents: Sequence[object]) -> Iterator[Twins]:
    """Yield payloads that differ in one property, for each property that can differ."""
    maps = [document for document in documents if isinstance(document, dict)]
    for field in kind.fields:
        holding = [document for document in maps if field.name in document]
        values = {same_value(d[field.name]): d[field.name] for d in reversed(holding)}
        others = list(values.values())[:_OTHERS]
        for base in holding[:_BASES]:
            made = [{**base, field.name: other} for other in others]
            made.append({name: value for name, value in base.items() if name != field.name})
            yield Twins(field.name, tuple(twin for twin in made if fits(twin, kind)))


def dropped(
    twins: Sequence[Twins], answers: Sequence[Mapping[str, object]], reader: types.Type
) -> list[str]:
    """Return the properties that leave no trace in anything that the reader keeps."""
    alike: dict[str, bool] = {}
    at = 0
    for pair in twins:
        mine = answers[at : at + len(pair.documents)]
        at += len(pair.documents)
        if len(pair.documents) > 1:
            results = {same_value(kept(answer.get("value"), reader)) for answer in mine}
            alike[pair.name] = alike.get(pair.name, True) and len(results) == 1
    return [name for name, same in alike.items() if same]


def kept(value: object, kind: types.Type) -> object:
    """Return what is left of a value that a worker reads: what it does not know is gone."""
    kind = types.followed(kind)
    if isinstance(value, list) and (of := _member(value, kind, types.Array)) is not None:
        return [kept(item, of.items) for item in value] if isinstance(of, types.Array) else value
    if isinstance(value, dict) and (of := _member(value, kind, types.Object)) is not None:
        assert isinstance(of, types.Object)
        inner = {field.name: field.type for field in of.fields}
        return {
            name: kept(part, inner.get(name) or of.additional or types.Anything())
            for name, part in value.items()
            if name in inner or of.additional is not None
        }
    return value


def _member(value: object, kind: types.Type, of: type[types.Type]) -> types.Type | None:
    """Return the form that a value has, None if it is no list or object that is looked into."""
    members = [member for member in types.members_of(kind) if isinstance(member, of)]
    return next((member for member in members if fits(value, member, tolerant=True)), None)
