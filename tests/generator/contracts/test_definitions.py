"""Definitions that use each other at random: all that walks through them ends, and soon.

`DEFINITIONS` says how many schemas are drawn.
"""

import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.contracts import types
from generator.contracts.comparison.differences import differences
from generator.contracts.examples import example_payload
from generator.contracts.finite import inhabited
from generator.contracts.instances import fits
from generator.contracts.samples import EndlessError, samples, smallest
from generator.pipeline import examine, planned
from tests import chance
from tests.generator import manifests
from tests.generator.contracts.models import RefusedError, forget, model_of, type_of, worker_takes

pytestmark = [pytest.mark.drawn, pytest.mark.long]

DEFINITIONS = chance.count("DEFINITIONS", 30, 1_000)
LEVELS = 16
MANY = 60
SOON = 20
"""Seconds of processor time; what does not remember takes hours or more."""

Json = Any


def reference(name: str) -> Json:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def part(draw: random.Random, names: list[str], depth: int = 0) -> Json:  # noqa: PLR0911 - one return a kind
    """Return a schema that leads to definitions, through lists, maps, forms and objects."""
    kind = draw.randrange(9 if depth < 3 else 4)
    inner = part(draw, names, depth + 1) if kind > 3 else None
    match kind:
        case 0 | 1 | 2:
            return reference(draw.choice(names))
        case 3:
            return draw.choice([{"type": "integer"}, {"type": "string", "minLength": 2}, True])
        case 4:
            return {"type": "array", "items": inner, "minItems": draw.choice([0, 0, 1, 2])}
        case 5:
            return {"type": "object", "additionalProperties": inner}
        case 6:
            return {"oneOf": draw.sample([inner, {"type": "null"}], 2)}
        case 7:
            return {"type": "array", "items": inner, "maxItems": draw.choice([0, 1, 3])}
        case _:
            return holder(draw, names, depth + 1)


def holder(draw: random.Random, names: list[str], depth: int = 0) -> Json:
    """Return an object."""
    properties = {f"p{n}": part(draw, names, depth) for n in range(draw.randint(1, 3))}
    required = [name for name in properties if draw.random() < 0.5]
    return {"type": "object", "properties": properties, "required": required}


def forms(draw: random.Random, names: list[str]) -> Json:
    """Return objects told apart by a tag."""
    listed = []
    for tag in ("add", "number"):
        form = holder(draw, names)
        form["properties"]["kind"] = {"const": tag}
        form["required"].append("kind")
        listed.append(form)
    return {"oneOf": listed}


def payload(draw: random.Random) -> Json:
    """Return a payload with definitions that use each other."""
    names = [f"d{n}" for n in range(draw.randint(1, 7))]
    made = {name: draw.choice([holder, holder, forms, part])(draw, names) for name in names}
    top = holder(draw, names)
    top["properties"]["order_id"] = {"type": "string"}
    return {**top, "required": [*top["required"], "order_id"], "$defs": made}


def test_random_definitions(tmp_path: Path) -> None:
    """What is accepted has an example that its own class takes, and is generated and compared."""
    draw = chance.drawer(__name__)
    seen = refused = 0
    while seen < DEFINITIONS:
        schema = payload(draw)
        try:
            kind = type_of(schema)
        except RefusedError as error:
            assert all(r.startswith("payload-") for r in error.reasons), error.reasons  # noqa: PT017 - of each that is drawn
            refused += 1
            continue
        seen += 1
        began = time.process_time()
        judge(kind)
        examined = examine(manifests.write(tmp_path, manifest_of(schema)), tmp_path)
        assert examined.manifest is not None, examined.findings
        planned(examined.manifest)
        assert time.process_time() - began < SOON, schema
    assert refused < 3 * seen


def judge(kind: types.Object) -> None:
    """Ask for everything that walks through a payload's type."""
    least = smallest(kind)
    assert fits(least, kind)
    assert inhabited(kind)
    assert list(differences(kind, kind)) == []
    assert next(samples(kind), None) is not None
    example = example_payload(kind)
    if example is not None:
        model = model_of(kind)
        assert fits(example, kind)
        assert worker_takes(model, example)
        forget(model)


def manifest_of(schema: Json) -> str:
    """Return a manifest of one job with such a payload."""
    return manifests.manifest({"send-receipt": manifests.job(payload=schema)}, environments=["dev"])


WAYS: Mapping[str, Callable[[Json], Json]] = {
    "plain": lambda to: to,
    "null": lambda to: {"oneOf": [to, {"type": "null"}]},
    "text": lambda to: {"oneOf": [to, {"type": "string"}]},
    "list": lambda to: {"type": "array", "items": to},
    "lists": lambda to: {"type": "array", "items": {"type": "array", "items": to, "minItems": 1}},
    "map": lambda to: {"type": "object", "additionalProperties": to},
    "inner": lambda to: {"type": "object", "required": ["in"], "properties": {"in": to}},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("required", [[], ["a"], ["a", "b"]])
@pytest.mark.parametrize("levels", [LEVELS, MANY])
def test_a_diamond_of_many_levels(
    way: str, required: list[str], levels: int, tmp_path: Path
) -> None:
    """Each definition uses the next one twice: there are too many ways to go through them all."""
    made: dict[str, Json] = {
        f"l{n}": {
            "type": "object",
            "required": required,
            "properties": {name: WAYS[way](reference(f"l{n + 1}")) for name in ("a", "b")},
        }
        for n in range(levels)
    }
    made[f"l{levels}"] = {"type": "object", "properties": {"x": {"type": "integer", "default": 1}}}
    schema = {
        "type": "object",
        "required": ["order_id", "top"],
        "properties": {"order_id": {"type": "string"}, "top": reference("l0")},
        "$defs": made,
    }
    began = time.process_time()

    kind = type_of(schema)
    assert list(differences(kind, kind)) == []
    assert smallest(kind) is not None
    examined = examine(manifests.write(tmp_path, manifest_of(schema)), tmp_path)
    assert examined.manifest is not None, examined.findings
    texts = planned(examined.manifest).machine

    assert time.process_time() - began < SOON
    assert sum(map(len, texts.values())) < 4_000_000


def test_what_never_ends_has_no_smallest_value() -> None:
    """A definition that always holds itself is told of, and not walked for ever."""
    definitions: dict[str, types.Type] = {}
    definitions["d"] = types.Object((types.Field("d", types.Reference("d", definitions), True),))  # noqa: FBT003 - a record
    endless = types.Reference("d", definitions)

    assert not inhabited(endless)
    with pytest.raises(EndlessError):
        smallest(endless)
