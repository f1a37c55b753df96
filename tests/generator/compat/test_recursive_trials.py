"""Payloads that hold themselves: an upcaster is tried on every form that they have, in seconds."""

import random
import time
from typing import Any

import pytest

from generator.compat.trials import trials_of
from tests import chance
from tests.generator.contracts.models import type_of

pytestmark = pytest.mark.drawn

EXPRESSIONS = chance.count("EXPRESSIONS", 3, 60)
LONGEST_SECONDS = 15
"""Of processor time: it takes two or three, and took minutes while what returns was made anew."""

Json = Any


def expressions(draw: random.Random) -> Json:
    """Return a payload of an expression: forms that hold one or two others, a list, a map, a leaf.

    The forms are in any order: what stands last must be tried like what stands first.
    """
    again = {"$ref": "#/$defs/expression"}
    forms: list[Json] = [
        {
            "left": again,
            "right": again,
            **({"at": {"type": "integer"}} if draw.random() < 0.5 else {}),
        }
        for _ in range(draw.randint(1, 9))
    ]
    forms += [{"of": again} for _ in range(draw.randint(0, 3))]
    forms += [{"all": {"type": "array", "items": again}}, {"value": {"type": ["number", "null"]}}]
    draw.shuffle(forms)
    written = [
        {
            "type": "object",
            "required": ["op", *(name for name in form if name != "at")],
            "properties": {"op": {"const": f"op{at}"}, **form},
        }
        for at, form in enumerate(forms)
    ]
    return {
        "type": "object",
        "required": ["root"],
        "properties": {"root": again, "more": {"type": "array", "items": again}},
        "$defs": {"expression": {"oneOf": written}},
    }


def inside(value: Json) -> list[Json]:
    """Return the expressions that an expression directly holds."""
    held = [value[name] for name in ("left", "right", "of") if name in value]
    return [*held, *value.get("all", ())]


@pytest.mark.long
def test_every_form_is_tried_wherever_it_may_stand() -> None:
    """At the top, in a list, and within each other form; and the time is bounded."""
    draw = chance.drawer(__name__)
    for _ in range(EXPRESSIONS):
        schema = expressions(draw)
        forms = {
            form["properties"]["op"]["const"] for form in schema["$defs"]["expression"]["oneOf"]
        }
        began = time.process_time()
        documents: list[Json] = trials_of(type_of(schema), type_of(schema)).documents
        took = time.process_time() - began

        roots = [document["root"] for document in documents]
        assert {root["op"] for root in roots} == forms
        assert {held["op"] for document in documents for held in document.get("more", ())} == forms
        assert {held["op"] for root in roots for held in inside(root)} == forms
        leaves = [root["value"] for root in roots if "value" in root]
        assert None in leaves
        assert any(leaf is not None for leaf in leaves)
        assert took <= LONGEST_SECONDS, (took, schema)
