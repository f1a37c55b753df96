"""Upcasters with one planted fault each: the payloads that they are tried on find it.

`FAULTS` says how many faults are planted.
"""

import random
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from generator.compat.trials import trials_of
from generator.contracts.covering import pairwise, uncovered
from tests import chance
from tests.generator.compat.test_small_worlds import map_, value
from tests.generator.contracts.models import RefusedError, type_of

pytestmark = [pytest.mark.long, pytest.mark.drawn]

FAULTS = chance.count("FAULTS", 150, 2_000)
MOST_MISSED = 0.01
LUCK = 4
"""Three in a thousand are missed; of a small sample it may be a few more by bad luck."""


Json = Any
Branch = Callable[[dict[str, Json]], bool]


def property_(draw: random.Random) -> Json:
    """Return a schema of a property: few values, or text, numbers and lists with bounds."""
    low = draw.randint(0, 3)
    return draw.choice(
        [
            value(draw, 1),
            {"enum": [f"v{n}" for n in range(draw.randint(2, 600))]},
            {"type": ["string", "null"], "minLength": low, "maxLength": low + draw.randint(0, 40)},
            {"type": "integer", "minimum": -low, "maximum": draw.randint(1, 10**6)},
            {"type": "array", "items": {"enum": ["x", "y", "z"]}, "maxItems": low + 1},
            {"type": "string", "maxLength": 30},
            map_(draw, 1),
        ]
    )


def payload(draw: random.Random) -> Json:
    """Return a payload's schema of two to nine properties."""
    names = [f"p{n}" for n in range(draw.randint(2, 9))]
    return {
        "type": "object",
        "required": [name for name in names if draw.random() < 0.4],
        "properties": {name: property_(draw) for name in names},
    }


def condition(draw: random.Random, name: str, schema: Json, *, required: bool) -> Branch:
    """Return a branch that somebody could write about one property, and that can be taken."""
    kinds: list[Branch] = [lambda p: name in p]
    if not required:
        kinds.append(lambda p: name not in p)
    if "enum" in schema:
        chosen = draw.choice(schema["enum"])
        kinds.append(lambda p: name in p and p[name] == chosen)
    if "null" in schema.get("type", ()):
        kinds.append(lambda p: name in p and p[name] is None)
    if "maxLength" in schema:
        longest = schema["maxLength"]
        kinds.append(lambda p: isinstance(p.get(name), str) and len(p[name]) == longest)
        shortest = schema.get("minLength", 0)
        kinds.append(lambda p: isinstance(p.get(name), str) and len(p[name]) == shortest)
    if "maximum" in schema and schema.get("type") == "integer" and "multipleOf" not in schema:
        bound = draw.choice([schema["minimum"], schema["maximum"]])
        kinds.append(lambda p: name in p and p[name] == bound)
    if schema.get("type") == "array" and "uniqueItems" not in schema:
        most = schema["maxItems"]
        kinds.append(lambda p: isinstance(p.get(name), list) and len(p[name]) == most)
    return draw.choice(kinds)


def test_planted_faults_are_found() -> None:
    """A branch on one property, or on two at once, is entered by some payload."""
    draw = chance.drawer(__name__)
    planted = found = 0
    missed = []
    while planted < FAULTS:
        schema = payload(draw)
        try:
            kind = type_of(schema)
        except RefusedError:
            continue
        documents: list[Json] = trials_of(kind, kind).documents
        library = jsonschema.Draft202012Validator(schema)
        assert all(library.is_valid(d) for d in documents[:20])
        for _ in range(3):
            names = draw.sample(sorted(schema["properties"]), draw.choice([1, 1, 2]))
            parts = [
                condition(draw, n, schema["properties"][n], required=n in schema["required"])
                for n in names
            ]
            small = all(len(schema["properties"][n].get("enum", ())) <= 12 for n in names)
            if len(names) > 1 and not small:
                continue
            planted += 1
            if any(all(part(d) for part in parts) for d in documents):
                found += 1
            else:
                missed.append((names, [schema["properties"][n] for n in names]))

    assert len(missed) <= MOST_MISSED * planted + LUCK, (found, planted, missed[:3])


@pytest.mark.parametrize("required", [[], ["k"]])
def test_what_has_no_sample_is_said(required: list[str]) -> None:
    """A pattern that nobody can make a text of leaves its property untried, and says so."""
    properties = {"k": {"type": "string", "pattern": "b^"}, "j": {"type": "boolean"}}
    kind = type_of({"type": "object", "required": required, "properties": properties})

    made = trials_of(kind, kind)

    assert made.uncovered == ["`k`: no value is known"]
    assert bool(made.documents) == (not required)


@pytest.mark.parametrize("sizes", [(), (3,), (2, 2), (4, 3, 3, 2), (12,) * 6, (2,) * 40, (1, 5, 1)])
def test_every_pair_is_in_some_row(sizes: tuple[int, ...]) -> None:
    """Counted, not trusted; and in far fewer rows than there are combinations."""
    rows = pairwise(sizes)

    assert all(0 <= v < size for row in rows for v, size in zip(row, sizes, strict=True))
    if len(sizes) > 1:
        assert uncovered(rows, sizes) == 0
        two = sorted(sizes)[-2:]
        assert len(rows) <= 10 * two[0] * two[1]
