"""Attribute names for properties."""

import builtins
import keyword
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import clarivum_jobs
from clarivum_jobs.contract.payload import OpenObject, Payload
from generator.contracts.identifiers import LONGEST, class_for, identifier
from generator.contracts.taken import CLASSES
from tests.generator.contracts.models import RefusedError, source_of, type_of

GENERATED = sorted((Path(__file__).parent / "cases").glob("*/expected/lambdas/generated/**/*.py"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("order_id", "order_id"),
        ("orderId", "order_id"),
        ("HTTPServer", "http_server"),
        ("order-id", "order_id"),
        ("class", "class_"),
        ("register", "register_"),
        ("mro", "mro_"),
        ("l", "l_"),
        ("O", "o"),
        ("2nd", "field_2nd"),
        ("", "unnamed"),
        ("$ref", "u24_ref"),
        ("_private", "private"),
        ("model_dump", "model_dump_"),
        ("Größe", "grosse"),
        ("ﬁle", "file"),
        ("日本", "u65e5_u672c"),
        ("हिन्दी", "u939_u93f_u928_u94d_u926_u940"),
        ("\u0430", "u430"),  # Cyrillic: it looks like a Latin letter and is none
    ],
)
def test_a_property_becomes_a_readable_name(name: str, expected: str) -> None:
    """Snake-case, and nothing that means something else already."""
    assert identifier(name) == expected


@given(st.text(max_size=90))
@settings(max_examples=500, deadline=None)
def test_names_are_usable(name: str) -> None:
    """Whatever the property is called."""
    found = identifier(name)

    assert found.isidentifier()
    assert found.isascii()
    assert len(found) <= LONGEST + 1
    assert not keyword.iskeyword(found)
    assert not found.startswith("_")
    assert class_for(name).isidentifier()
    assert class_for(name) not in CLASSES


def test_no_attribute_hides_one_of_pydantics_or_ours() -> None:
    """The lists of taken names are complete for the pydantic that is pinned."""
    classes = (BaseModel, type(BaseModel), Payload, OpenObject, type(Payload))
    taken = {name for known in classes for name in dir(known) if not name.startswith("_")}

    assert [name for name in sorted(taken) if identifier(name) == name] == []


def test_no_class_is_called_like_what_stands_beside_it() -> None:
    """The lists are complete for this Python, for the library, and for what is imported."""
    known = {*dir(builtins), *keyword.kwlist, *clarivum_jobs.__all__}
    for path in GENERATED:
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line.startswith("from ") and "generated.payloads" not in line:
                known |= {part.strip(" (),") for part in line.partition(" import ")[2].split(",")}
    names = {name for name in known if name[:1].isupper()}

    assert len(GENERATED) > 10
    assert {"Worker", "Annotated", "Uuid"} <= names
    assert names - CLASSES - {"_"} == set(), sys.version


def test_classes_of_definitions_have_names_of_their_own() -> None:
    """An object in a definition is named after it, and no other definition may have that name."""
    held = {"type": "object", "properties": {"next": {"$ref": "#/$defs/chain"}}}
    payload = {
        "type": "object",
        "properties": {"chain": {"$ref": "#/$defs/chain"}},
        "$defs": {"chain": {"type": "array", "items": held}, "chain-item": held},
    }

    with pytest.raises(RefusedError, match='an object in "chain" becomes `ChainItem`'):
        type_of(payload)
    del payload["$defs"]["chain-item"]  # type: ignore[attr-defined] # a map
    assert "class ChainItem(PayloadObject):" in source_of(type_of(payload))
