"""Small finite schemas, where brute force knows the answer: the verdict is the same, both ways.

`PAIRS` says how many pairs are judged.
"""

import copy
import random
from typing import Any

import pytest

from generator.contracts.comparison.differences import refusing
from generator.contracts.equality import holds
from generator.contracts.finite import values_of
from generator.contracts.instances import fits
from generator.contracts.types import NO_DEFAULT, Object
from generator.published.versions import covers
from tests import chance
from tests.generator.contracts.models import RefusedError, type_of

pytestmark = pytest.mark.drawn

PAIRS = chance.count("PAIRS", 1_000, 20_000)
LEAST_SHARE = 0.2
VALUES: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    1,
    2,
    3,
    1.5,
    "",
    "a",
    "b",
    [],
    [1],
    {},
    {"a": 1},
)

Json = Any


def number(draw: random.Random) -> Json:
    """Return a schema of few numbers."""
    low = draw.randint(-1, 3)
    schema: Json = {"type": "integer", "minimum": low, "maximum": low + draw.randint(0, 3)}
    if draw.random() < 0.3:
        schema = {"type": "number", "multipleOf": 0.5, "minimum": low, "exclusiveMaximum": low + 1}
    elif draw.random() < 0.3:
        schema["multipleOf"] = draw.choice([2, 3, 0.5])
    return schema


def array(draw: random.Random, depth: int) -> Json:
    """Return a schema of short lists of few values."""
    low = draw.randint(0, 2)
    schema: Json = {"type": "array", "items": value(draw, depth - 1, small=True), "minItems": low}
    schema["maxItems"] = low + draw.randint(0, 1)
    if draw.random() < 0.5:
        schema["uniqueItems"] = True
    return schema


def map_(draw: random.Random, depth: int) -> Json:
    """Return a schema of an object."""
    names = draw.sample("abc", draw.randint(0, 2))
    schema: Json = {
        "type": "object",
        "properties": {name: value(draw, depth - 1, small=True) for name in names},
        "required": [name for name in names if draw.random() < 0.5],
    }
    if draw.random() < 0.15:
        schema["additionalProperties"] = draw.choice([True, {"type": "integer"}])
    return schema


def forms(draw: random.Random, depth: int) -> Json:
    """Return objects that a tag tells apart, perhaps with null beside them."""
    listed = []
    for tag in draw.sample("xyz", draw.randint(1, 3)):
        form = map_(draw, depth)
        form["properties"]["kind"] = {"const": tag}
        form["required"].append("kind")
        listed.append(form)
    return {"oneOf": listed + [{"type": "null"}] * draw.randint(0, 1)}


def value(draw: random.Random, depth: int, *, small: bool = False) -> Json:
    """Return a schema of few values."""
    kinds = ["enum", "enum", "boolean", "null", "number", "text", "nullable"]
    kind = draw.choice([*kinds, *(["array", "object", "forms"] if depth > 0 else [])])
    if kind == "enum":
        return {"enum": draw.sample(VALUES, draw.randint(1, 2 if small else 5))}
    if kind == "nullable":
        return {**number(draw), "type": ["integer", "null"]}
    if kind == "text":
        return {"type": "string", "maxLength": 0, **draw.choice([{}, {"pattern": "a|^$"}])}
    makers = {"array": array, "object": map_, "forms": forms}
    if kind in makers:
        return makers[kind](draw, depth)
    return number(draw) if kind == "number" else {"type": kind}


def changed(draw: random.Random, schema: Json) -> Json:
    """Return a schema with one place of it written anew."""
    schema = copy.deepcopy(schema)
    places: list[tuple[Json, str | int]] = []

    def look(part: Json) -> None:
        if isinstance(part, dict):
            for word in ("properties",):
                for name in part.get(word, {}):
                    if name != "kind":
                        places.append((part[word], name))
                        look(part[word][name])
            if isinstance(part.get("items"), dict):
                places.append((part, "items"))
            for form in part.get("oneOf", []):
                look(form)

    look(schema)
    if places:
        where, key = draw.choice(places)
        where[key] = value(draw, 1, small=True)
    return schema


def finite(schema: Json) -> tuple[Object, list[object]] | None:
    """Return a payload's type and every instance of it, None if it is refused or has too many."""
    payload = {"type": "object", "required": ["k"], "properties": {"k": schema}}
    try:
        kind = type_of(payload)
    except RefusedError:
        return None
    values = values_of(kind, 600)
    return None if values is None else (kind, values)


def test_the_verdict_is_that_of_brute_force() -> None:
    """No instance of the writer's is unread, or the gate says so, and shows one.

    Nor is one dropped in part where a schema is said to stand for another.
    """
    draw = chance.drawer(__name__)
    judged = refused = 0
    while judged < PAIRS:
        old = value(draw, 2)
        new = changed(draw, old) if draw.random() < 0.6 else value(draw, 2)
        one, other = finite(old), finite(new)
        if one is None or other is None:
            continue
        for (writer, instances), (reader, _) in ((one, other), (other, one)):
            lost = [i for i in instances if not fits(i, reader, tolerant=True)]
            found = list(refusing(writer, reader))
            assert bool(found) == bool(lost), (judged, old, new, lost[:3], found)
            refused += bool(lost)
            strange = [i for i in instances if not fits(i, reader)]
            assert covers(reader, writer) == (not strange), (judged, old, new, strange[:3])
            for difference in found:
                shown = difference.witness()
                if shown is not NO_DEFAULT:
                    assert fits(shown, writer), (judged, old, new, shown)
                    assert not fits(shown, reader, tolerant=True), (judged, old, new, shown)
        judged += 1

    assert LEAST_SHARE < refused / (2 * judged) < 1 - LEAST_SHARE


def test_finite_types_are_listed_whole() -> None:
    """What brute force goes over is every candidate that fits, and nothing else."""
    draw = chance.drawer(__name__)
    seen = 0
    while seen < 300:
        made = finite(value(draw, 1))
        if made is None:
            continue
        seen += 1
        kind, listed = made
        missing = [v for v in VALUES if fits({"k": v}, kind) and not holds(listed, {"k": v})]
        assert missing == []
        assert all(fits(instance, kind) for instance in listed)


def test_a_list_of_more_different_items_than_there_are_is_never_written() -> None:
    """Whether its items are said in place or under a name, or under the name of a name."""
    definitions = {"flag": {"type": "boolean"}, "named": {"$ref": "#/$defs/flag"}}
    new = type_of({"type": "object", "properties": {"k": {"type": "null"}}})
    for items in ({"type": "boolean"}, {"$ref": "#/$defs/flag"}, {"$ref": "#/$defs/named"}):
        for least in (2, 3):
            many = {"type": "array", "items": items, "uniqueItems": True, "minItems": least}
            forms = {"k": {"oneOf": [many, {"type": "null"}]}}
            old = type_of({"type": "object", "properties": forms, "$defs": definitions})
            assert bool(list(refusing(old, new))) == (least == 2), items
