"""Which forms of a union a value can be of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.contracts import types
from generator.contracts.identity import Same


def forms_of(kind: types.Union, value: object) -> Sequence[types.Type]:
    """Return the members of a union that a value is of by its kind, and of objects by their tag."""
    forms = _forms(Same(kind))
    if kind.tag and isinstance(value, dict):
        told = value.get(kind.tag)
        return forms.by_tag.get(told, ()) if isinstance(told, str) else ()
    return forms.by_kind.get(types.kind_of_value(value), ())


@dataclass(frozen=True, slots=True)
class _Forms:
    by_kind: Mapping[types.Kind, Sequence[types.Type]]
    by_tag: Mapping[object, Sequence[types.Type]]


@lru_cache(maxsize=1024)
def _forms(union: Same[types.Union]) -> _Forms:
    """Sort the members of a union once for all values that are looked at."""
    by_kind: dict[types.Kind, list[types.Type]] = {}
    by_tag: dict[object, list[types.Type]] = {}
    for member in types.members_of(union.of):
        for kind in types.kinds_of(member):
            by_kind.setdefault(kind, []).append(member)
        field = member.field(union.of.tag) if isinstance(member, types.Object) else None
        tag = types.followed(field.type) if field is not None else None
        for told in tag.values if isinstance(tag, types.Choice) else ():
            by_tag.setdefault(told, []).append(member)
    return _Forms(by_kind, by_tag)
