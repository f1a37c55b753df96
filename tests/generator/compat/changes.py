"""Random changes of a payload's schema: small ones at one place, and another schema altogether."""

import copy
from typing import Any

from hypothesis import strategies as st

from tests.generator.contracts import schemas

Json = Any

_BOUNDS = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "minItems", "maxItems"),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Json, Json]:
    """Return a schema and what it becomes."""
    old = draw(schemas.payloads())
    if draw(st.integers(0, 11)) == 0:
        return old, draw(schemas.payloads())
    new = copy.deepcopy(old)
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        _change(draw, draw(st.sampled_from(_parts(new))))
    # Most changes narrow, so half of them are made the other way round.
    return (new, old) if draw(st.booleans()) else (old, new)


def _parts(schema: Json) -> list[Json]:
    """Return every schema inside a schema that can be changed in place, itself first."""
    if not isinstance(schema, dict):
        return []
    found = [schema]
    for word in ("properties", "$defs"):
        for part in schema.get(word, {}).values():
            found += _parts(part)
    for word in ("items", "additionalProperties"):
        found += _parts(schema.get(word))
    for part in schema.get("oneOf", []):
        found += _parts(part)
    return found


def _change(draw: st.DrawFn, part: Json) -> None:
    words = [word for word in _BOUNDS if word in part]
    if "enum" in part and len(part["enum"]) > 1 and draw(st.booleans()):
        part["enum"].pop(draw(st.integers(0, len(part["enum"]) - 1)))
    elif "oneOf" in part and len(part["oneOf"]) > 1 and draw(st.booleans()):
        part["oneOf"].pop(draw(st.integers(0, len(part["oneOf"]) - 1)))
    elif draw(st.booleans()) and words:
        part[draw(st.sampled_from(words))] += draw(st.sampled_from([1, -1]))
    elif draw(st.booleans()) and words:
        del part[draw(st.sampled_from(words))]
    elif "pattern" in part or "uniqueItems" in part or "multipleOf" in part:
        _flip(draw, part)
    elif "properties" in part:
        _change_properties(draw, part)
    elif "type" in part and isinstance(part["type"], str) and draw(st.booleans()):
        part["type"] = sorted({part["type"], "null"})
    else:
        changed = draw(schemas.scalars())
        part.clear()
        part.update(changed if isinstance(changed, dict) else {"type": "null"})


def _flip(draw: st.DrawFn, part: Json) -> None:
    if "uniqueItems" in part:
        part["uniqueItems"] = not part["uniqueItems"]
    if "multipleOf" in part:
        part["multipleOf"] = draw(st.sampled_from([1, 2, 4, 0.5, 0.05]))
    if "pattern" in part and draw(st.booleans()):
        part["pattern"] = draw(st.sampled_from(schemas.PATTERNS))
    elif "pattern" in part:
        del part["pattern"]


def _change_properties(draw: st.DrawFn, part: Json) -> None:
    properties, required = part["properties"], part.get("required", [])
    name = draw(st.sampled_from([*properties, *schemas.NAMES]))
    if name == "kind":
        return
    if name not in properties:
        properties[name] = draw(schemas.scalars())
        if draw(st.integers(0, 3)) == 0:
            part["required"] = [*required, name]
        return
    coin: bool = draw(st.booleans())
    if name in required:
        part["required"] = [other for other in required if other != name]
        if coin:
            del properties[name]
    elif coin:
        part["required"] = [*required, name]
    else:
        del properties[name]
