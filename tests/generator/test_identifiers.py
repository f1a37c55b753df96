"""Attribute names for properties."""

import keyword

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from generator.contracts.identifiers import identifier, identifiers


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("order_id", "order_id"),
        ("orderId", "order_id"),
        ("HTTPServer", "http_server"),
        ("order-id", "order_id"),
        ("class", "class_"),
        ("2nd", "field_2nd"),
        ("", "field"),
        ("_private", "private"),
        ("model_dump", "model_dump_"),
    ],
)
def test_a_property_becomes_a_readable_name(name: str, expected: str) -> None:
    """Snake-case, and nothing that means something else already."""
    assert identifier(name) == expected


@given(st.lists(st.text(max_size=8), unique=True, max_size=6))
@settings(max_examples=300, deadline=None)
def test_names_are_usable_and_all_different(names: list[str]) -> None:
    """Whatever the properties are called."""
    found = identifiers(names)

    assert len(set(found.values())) == len(names)
    for name in found.values():
        assert name.isidentifier()
        assert name.isascii()
        assert not keyword.iskeyword(name)
        assert not name.startswith("_")


def test_no_name_hides_one_of_pydantics() -> None:
    """The list of taken names is complete for the pydantic that is pinned."""
    taken = [name for name in dir(BaseModel) if not name.startswith("_")]

    assert [name for name in taken if identifier(name) == name] == []
