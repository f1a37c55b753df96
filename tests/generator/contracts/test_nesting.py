"""How deep definitions lead: held against every walk through small ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from generator.contracts import types
from generator.contracts.nesting import deepest

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = "abcde"


def type_of(drawn: Any, definitions: Mapping[str, types.Type]) -> types.Type:  # noqa: ANN401 - nested
    """Return a type: names lead to definitions, lists are maps, tuples are lists of one of some."""
    if isinstance(drawn, str):
        return types.Reference(drawn, definitions)
    if isinstance(drawn, list):
        parts = (type_of(part, definitions) for part in drawn)
        return types.Object(
            tuple(types.Field(f"p{at}", part, required=False) for at, part in enumerate(parts))
        )
    members = tuple(type_of(part, definitions) for part in drawn)
    return types.Array(types.Union((types.Null(), *members)))


def longest_walk(kind: types.Type, entered: frozenset[str] = frozenset()) -> int:
    """Return the most lists and maps on any walk that enters no definition twice."""
    if isinstance(kind, types.Reference):
        if kind.name in entered:
            return 0
        return longest_walk(kind.target, entered | {kind.name})
    level = isinstance(kind, types.Array | types.Object)
    return level + max((longest_walk(part, entered) for part in types.parts_of(kind)), default=0)


def shapes(names: str) -> st.SearchStrategy[Any]:
    """Draw what a type is made of; it names some of the definitions."""
    leaf: st.SearchStrategy[Any] = st.sampled_from(names) if names else st.just([])
    return st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=2).map(tuple),
        max_leaves=4,
    )


def world(shape: Mapping[str, Any]) -> dict[str, types.Type]:
    """Return definitions of some shapes."""
    definitions: dict[str, types.Type] = {}
    definitions |= {name: type_of(drawn, definitions) for name, drawn in shape.items()}
    return definitions


@given(st.fixed_dictionaries({name: shapes(NAMES[at + 1 :]) for at, name in enumerate(NAMES)}))
def test_without_circles_it_is_the_longest_walk(shape: dict[str, Any]) -> None:
    """Definitions may be shared as they like."""
    definitions = world(shape)
    payload = type_of([*NAMES], definitions)

    assert deepest(payload, definitions) == longest_walk(payload)


@given(st.fixed_dictionaries({name: shapes(NAMES) for name in NAMES}))
def test_with_circles_no_walk_is_longer(shape: dict[str, Any]) -> None:
    """Whoever follows definitions, each once, goes no deeper."""
    definitions = world(shape)
    payload = type_of([*NAMES], definitions)

    assert deepest(payload, definitions) >= longest_walk(payload)
