"""What a type is, as something that can be compared and hashed."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.contracts import types
from generator.contracts.equality import same_value

Subject = TypeVar("Subject")


def identity(kind: types.Type) -> Hashable:
    """Return something equal for types that allow the same by the same words.

    A definition is known by its name, so both types must come from schemas of the same `$defs`.
    Descriptions, defaults and examples allow nothing, and do not count.
    """
    match kind:
        case types.Reference(name):
            return ("$ref", name)
        case types.Choice(values):
            return ("enum", tuple(map(same_value, values)))
        case types.Array(items, low, high, unique):
            return ("array", identity(items), low, high, unique)
        case types.Union(members, tag):
            return ("oneOf", tuple(map(identity, members)), tag)
        case types.Object(fields, _, additional):
            named = tuple((f.name, f.required, identity(f.type)) for f in fields)
            return ("object", named, None if additional is None else identity(additional))
        case _:
            return kind


@dataclass(frozen=True, slots=True, eq=False)
class Same(Generic[Subject]):
    """Something large that can be remembered: equal to itself alone.

    Attributes:
        of: Definitions, which are all read, or a type.
    """

    of: Subject

    def __eq__(self, other: object) -> bool:
        """Say whether both are about the same one, not only about equal ones."""
        return isinstance(other, Same) and other.of is self.of

    def __hash__(self) -> int:
        """Return what the same ones have in common."""
        return id(self.of)
