"""Random schemas in the subset, random instances for them, and what the `jsonschema` library says.

Hypothesis makes the schemas, so that a failure shrinks; the instances of one schema come from it
as well: values that fit, values one step beside those, and values of any kind.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import jsonschema
from hypothesis import strategies as st
from jsonschema.protocols import Validator

from generator.contracts import types
from generator.contracts.formats import is_formatted
from generator.contracts.samples import samples

Json = Any

NAMES = ("a", "b", "kind", "class", "model_x", "self", "two words", "Größe", "additional", "_x")
PATTERNS = ("^a+$", "b", "^[a-c]{2,4}$", "^(ab|cd)*$", "[0-9]x?$", "^.{3}$", r"^\S+\s?\S*$")
TEXTS = st.sampled_from(
    ["", "a", "b", "aa", "abc", "abab", "cd", "0x", "7", "日本", "🙂🙂", "a b", "x" * 9, "true"]
)
NUMBERS = st.one_of(
    st.integers(-4, 8),
    st.sampled_from([0.5, 1.0, 2.0, -1.5, 0.3, 0.07, 1e3, 2**53 + 1, -0.0, 1e308]),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=4,
)
FORMATS = [form.value for form in types.Format]
FORMATTED = {
    "uuid": ["7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d", "7F3D2C1A-9B4E-4F6A-8C5D-0E1F2A3B4C5D", "7f"],
    "email": ["ada@example.com", "ada", "a@b"],
    "uri": ["https://example.com/a?b#c", "/a", "urn:x:1"],
    "date": ["2024-02-29", "2026-02-29", "2026-1-1"],
    "time": ["09:30:00Z", "24:00:00Z", "09:30:00", "09:30:00.5+01:00"],
    "date-time": ["2026-01-31T09:30:00Z", "2026-01-31t09:30:00z", "2026-01-31 09:30:00Z"],
    "duration": ["P1D", "PT", "P1W", "P1Y2M3DT4H5M6S", "P1H"],
}


@st.composite
def _bounded(draw: st.DrawFn, low: str, high: str, values: st.SearchStrategy[Json]) -> Json:
    bounds = sorted(draw(st.lists(values, min_size=2, max_size=2)))
    pairs = {low: bounds[0], high: bounds[1]}
    return {word: pairs[word] for word in (low, high) if draw(st.booleans())}


@st.composite
def texts(draw: st.DrawFn) -> Json:
    """Return a schema of text."""
    if draw(st.integers(0, 3)) == 0:
        return {"type": "string", "format": draw(st.sampled_from(FORMATS))}
    schema = {"type": "string", **draw(_bounded("minLength", "maxLength", st.integers(0, 5)))}
    if draw(st.integers(0, 2)) == 0:
        schema["pattern"] = draw(st.sampled_from(PATTERNS))
    return schema


@st.composite
def numbers(draw: st.DrawFn) -> Json:
    """Return a schema of a number."""
    bound = st.one_of(st.integers(-3, 6), st.sampled_from([0.5, 1.5, 2.25, 2**53]))
    schema: Json = {"type": draw(st.sampled_from(["integer", "number"]))}
    low = draw(st.sampled_from(["minimum", "exclusiveMinimum"]))
    high = draw(st.sampled_from(["maximum", "exclusiveMaximum"]))
    schema.update(draw(_bounded(low, high, bound)))
    if draw(st.integers(0, 2)) == 0:
        schema["multipleOf"] = draw(st.sampled_from([1, 2, 3, 5, 0.5, 0.1, 0.01, 0.3, 2.0]))
    return schema


def scalars() -> st.SearchStrategy[Json]:
    """Return schemas of values that hold no others."""
    return st.one_of(
        texts(),
        numbers(),
        st.sampled_from([{"type": "boolean"}, {"type": "null"}, True]),
        st.lists(VALUES, min_size=1, max_size=4, unique_by=repr).map(_choice),
        VALUES.map(lambda value: {"const": value}),
    )


def _choice(values: list[Json]) -> Json:
    kept: list[Json] = []
    for value in values:
        if not any(_equal(value, other) for other in kept):
            kept.append(value)
    return {"enum": kept}


@st.composite
def _list(draw: st.DrawFn, inner: st.SearchStrategy[Json]) -> Json:
    schema = {"type": "array", "items": draw(inner)}
    schema.update(draw(_bounded("minItems", "maxItems", st.integers(0, 3))))
    if draw(st.booleans()):
        schema["uniqueItems"] = draw(st.booleans())
    return schema


@st.composite
def _object(draw: st.DrawFn, inner: st.SearchStrategy[Json]) -> Json:
    names: list[str] = draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True))
    schema: Json = {"type": "object", "properties": {name: draw(inner) for name in names}}
    if draw(st.booleans()) and names:
        needed: list[str] = draw(st.lists(st.sampled_from(names), unique=True))
        schema["required"] = needed
    others = draw(st.integers(0, 4))
    if others == 0:
        schema["additionalProperties"] = draw(inner)
    elif others == 1:
        schema["additionalProperties"] = False
    return schema


@st.composite
def _forms(draw: st.DrawFn, inner: st.SearchStrategy[Json]) -> Json:
    forms = []
    for tag in draw(st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True)):
        form = draw(_object(inner))
        form["properties"]["kind"] = {"const": tag}
        form["required"] = sorted({"kind", *form.get("required", [])})
        forms.append(form)
    if draw(st.booleans()):
        forms.insert(draw(st.integers(0, len(forms))), draw(texts() | st.just({"type": "null"})))
    return {"oneOf": forms}


@st.composite
def _several(draw: st.DrawFn, inner: st.SearchStrategy[Json]) -> Json:
    parts = draw(st.lists(st.one_of(texts(), numbers(), _list(inner), _object(inner)), max_size=2))
    names: list[str] = ["null"] if draw(st.booleans()) or not parts else []
    schema: Json = {}
    for part in parts:
        if part["type"] not in names and not {"integer", "number"} & {*names, part["type"]}:
            names.append(part["type"])
            schema.update(part)
    return {**schema, "type": names or ["boolean"]}


def schemas() -> st.SearchStrategy[Json]:
    """Return schemas of one property."""
    return st.recursive(
        scalars(),
        lambda inner: st.one_of(_list(inner), _object(inner), _forms(inner), _several(inner)),
        max_leaves=5,
    )


@st.composite
def payloads(draw: st.DrawFn) -> Json:
    """Return schemas of payloads, some with a definition that holds itself."""
    schema = draw(_object(schemas() | _used() if draw(st.booleans()) else schemas()))
    if "#/$defs/tree" in repr(schema):
        tree = draw(_object(scalars()))
        tree["properties"]["a"] = draw(
            st.sampled_from(
                [
                    {"type": "array", "items": {"$ref": "#/$defs/tree"}},
                    {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/tree"}]},
                    {"type": "object", "additionalProperties": {"$ref": "#/$defs/tree"}},
                ]
            )
        )
        schema["$defs"] = draw(st.permutations(list(_planted(draw, tree).items())).map(dict))
    return schema


def _planted(draw: st.DrawFn, tree: Json) -> Json:
    """Return definitions of which one, under its own name or several, holds an object."""
    tagged = {**tree, "properties": {**tree["properties"], "kind": {"const": "x"}}}
    tagged["required"] = sorted({"kind", *tree.get("required", [])})
    other = {"type": "object", "properties": {"kind": {"const": "y"}}, "required": ["kind"]}
    whole = draw(
        st.sampled_from(
            [
                tree,
                {**tree, "type": ["object", "null"]},
                {"type": "array", "items": tree},
                {"type": "object", "additionalProperties": tree},
                {"oneOf": [{"type": "string"}, {"type": "array", "items": tree}]},
                {"oneOf": [tagged, other, {"type": "null"}]},
                {"oneOf": [other, {"$ref": "#/$defs/leaf"}]},
            ]
        )
    )
    definitions = {"leaf": tagged} if "#/$defs/leaf" in repr(whole) else {}
    name = "tree"
    for further in ("one", "two", "three")[: draw(st.integers(0, 3))]:
        definitions[name] = {"$ref": f"#/$defs/{further}"}
        name = further
    return {**definitions, name: whole}


def _used() -> st.SearchStrategy[Json]:
    return st.just({"$ref": "#/$defs/tree"})


def instances(schema: Json, kind: types.Object) -> st.SearchStrategy[Json]:
    """Return documents: fitting ones, ones beside those, and any."""
    listed = list(samples(kind))[:60]
    pool = [value for form in FORMATTED for value in FORMATTED[form] if f"'{form}'" in repr(schema)]
    beside = SCALARS | (st.sampled_from(pool) if pool else st.nothing()) | VALUES
    anything = st.dictionaries(st.sampled_from([*schema["properties"], *NAMES]), beside, max_size=4)
    if not listed:
        return anything
    return st.one_of(st.sampled_from(listed), _changed(listed, beside), anything)


@st.composite
def _changed(draw: st.DrawFn, listed: list[Json], beside: st.SearchStrategy[Json]) -> Json:
    return _with(draw, draw(st.sampled_from(listed)), beside)


def _with(draw: st.DrawFn, value: Json, beside: st.SearchStrategy[Json]) -> Json:
    """Return a value with one place in it changed, added or dropped."""
    if isinstance(value, dict) and draw(st.integers(0, 4)):
        name = draw(st.sampled_from([*value, *NAMES]))
        if name in value and draw(st.integers(0, 3)) == 0:
            return {key: inner for key, inner in value.items() if key != name}
        return {**value, name: _with(draw, value[name], beside) if name in value else draw(beside)}
    if isinstance(value, list) and value and draw(st.integers(0, 3)):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], _with(draw, value[at], beside), *value[at + 1 :]]
    return draw(beside)


def closed(schema: Json) -> Json:
    """Say that an object has no other properties, wherever the schema says nothing about them."""
    return _everywhere(schema, lambda part: {"additionalProperties": False, **part})


def opened(schema: Json) -> Json:
    """Let every object have other properties that nothing is said about."""
    return _everywhere(
        schema,
        lambda part: {
            word: value
            for word, value in part.items()
            if (word, value) != ("additionalProperties", False)
        },
    )


def _everywhere(schema: Json, change: Any) -> Json:  # noqa: ANN401 - takes and gives a schema
    if not isinstance(schema, dict):
        return schema
    found = dict(schema)
    for word in ("properties", "$defs"):
        if word in found:
            found[word] = {name: _everywhere(part, change) for name, part in found[word].items()}
    for word in ("items", "additionalProperties"):
        if word in found:
            found[word] = _everywhere(found[word], change)
    if "oneOf" in found:
        found["oneOf"] = [_everywhere(part, change) for part in found["oneOf"]]
    named = found.get("type", [])
    is_object = "object" in (named if isinstance(named, list) else [named])
    return change(found) if is_object and "enum" not in found and "const" not in found else found


def library(schema: Mapping[str, Json]) -> Validator:
    """Return the `jsonschema` library's validator, exact about decimals and asked about formats."""
    checker = jsonschema.FormatChecker(formats=())
    for form in types.Format:
        checker.checks(form.value)(
            lambda text, form=form: not isinstance(text, str) or is_formatted(text, form)
        )
    validator: Validator = _Exact(schema, format_checker=checker)
    return validator


def _multiple(_validator: object, step: float, value: object, _schema: object) -> Any:  # noqa: ANN401
    # The library divides binary floats, for which 0.3 is no multiple of 0.1.
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and Fraction(str(value)) % Fraction(str(step)):
        yield jsonschema.ValidationError("not a multiple")


_Exact: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call] # has no types
    jsonschema.Draft202012Validator, {"multipleOf": _multiple}
)


def _equal(one: Json, other: Json) -> bool:
    return bool(_Exact({"const": one}).is_valid(other))
