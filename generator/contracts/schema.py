"""JSON Schema to the field model; what is outside the subset is refused by name at its place.

One small reader for each type, and a table that says which keywords each understands.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from generator.contracts import types
from generator.contracts.patterns import complaint_about
from generator.contracts.instances import mismatches
from generator.words import did_you_mean, shown

Where: TypeAlias = tuple[str | int, ...]
Schema: TypeAlias = Mapping[str, Any]

_ANY = frozenset({"description", "title", "examples", "default", "x-sensitive"})
_KEYWORDS: Mapping[str, frozenset[str]] = {
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items", "minItems", "maxItems"}),
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
    "integer": frozenset(
        {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    ),
    "number": frozenset(
        {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    ),
    "boolean": frozenset(),
}
_INSTEAD = {
    "$ref": "write the schema out where it is used",
    "oneOf": "use `enum`, or one job for each shape",
    "anyOf": "use `enum`, or one job for each shape",
    "allOf": "write the combined schema out",
    "not": "say what is allowed instead",
    "nullable": "leave the property out of `required`",
    "patternProperties": "name the properties",
}
_WITH_FORMAT = {
    types.Format.EMAIL: frozenset({"maxLength"}),
    types.Format.URI: frozenset({"maxLength"}),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a payload schema says wrongly, at a place relative to the schema."""

    where: Where
    rule: str
    message: str
    hint: str = ""
    key: bool = False


@dataclass(slots=True)
class Reader:
    """Reads one payload schema and collects what is wrong with it."""

    complaints: list[Complaint] = field(default_factory=list)

    def payload(self, schema: Schema) -> types.Object:
        """Return the payload's model; it must be an object."""
        if schema.get("type") != "object":
            self._complain((), "payload-object", "a payload schema must have `type: object`")
            return types.Object(())
        for word in ("default", "x-sensitive"):
            if word in schema:
                self._refuse((word,), word, "say it on a property")
        return self._object(schema, ())

    def type(self, schema: object, where: Where) -> types.Type:
        """Return the type that a schema describes, `Unknown` where it cannot be told."""
        if not isinstance(schema, dict):
            self._complain(where, "payload-schema", f"a schema must be a map, not {shown(schema)}")
            return types.Unknown()
        if "enum" in schema or "const" in schema:
            return self._choice(schema, where)
        kind = schema.get("type")
        if not isinstance(kind, str) or kind not in _KEYWORDS:
            self._complain_about_type(schema, where)
            return types.Unknown()
        self._check_keywords(schema, where, _KEYWORDS[kind])
        return _READERS[kind](self, schema, where)

    def _object(self, schema: Schema, where: Where) -> types.Object:
        self._check_keywords(schema, where, _KEYWORDS["object"])
        if schema.get("additionalProperties", False) is not False:
            self._refuse(
                (*where, "additionalProperties"), "additionalProperties", "name every property"
            )
        properties = self._typed(schema, where, "properties", dict, {})
        required = self._typed(schema, where, "required", list, [])
        for index, name in enumerate(required):
            if name not in properties:
                place = (*where, "required", index)
                message = f"`required` names {shown(name)}, which is not a property"
                self._complain(
                    place, "payload-required", message, did_you_mean(str(name), properties)
                )
        fields = tuple(
            self._field(name, subschema, (*where, "properties", name), required=name in required)
            for name, subschema in properties.items()
        )
        return types.Object(fields, _text(schema))

    def _field(self, name: str, schema: object, where: Where, *, required: bool) -> types.Field:
        kind = self.type(schema, where)
        if not isinstance(schema, dict):
            return types.Field(name, kind, required)
        sensitive = self._typed(schema, where, "x-sensitive", bool, default=False)
        examples = self._typed(schema, where, "examples", list, [])
        for index, example in enumerate(examples):
            self._check_value(example, kind, (*where, "examples", index))
        default = schema.get("default", types.NO_DEFAULT)
        if default is not types.NO_DEFAULT:
            self._check_value(default, kind, (*where, "default"))
            if required:
                message = f"`{name}` is required and has a default, which would never be used"
                self._complain(
                    (*where, "default"), "payload-default", message, "drop one of the two", key=True
                )
        return types.Field(name, kind, required, default, _text(schema), sensitive, tuple(examples))

    def _array(self, schema: Schema, where: Where) -> types.Type:
        low, high = self._bounds(schema, where, "minItems", "maxItems")
        if "items" not in schema:
            self._complain(
                where, "payload-array-items", "an array must say what its `items` are", key=True
            )
            return types.Unknown()
        items = schema["items"]
        for word in ("default", "x-sensitive", "examples"):
            if isinstance(items, dict) and word in items:
                self._refuse(
                    (*where, "items", word), word, "say it on the property that holds the array"
                )
        return types.Array(self.type(items, (*where, "items")), low, high)

    def _string(self, schema: Schema, where: Where) -> types.Type:
        low, high = self._bounds(schema, where, "minLength", "maxLength")
        pattern = self._typed(schema, where, "pattern", str, None)
        if pattern is not None and (wrong := complaint_about(pattern)):
            self._complain((*where, "pattern"), "payload-pattern", f"not a usable pattern: {wrong}")
            pattern = None
        return types.String(low, high, pattern, self._format(schema, where))

    def _format(self, schema: Schema, where: Where) -> types.Format | None:
        name = schema.get("format")
        if name is None:
            return None
        known = [known.value for known in types.Format]
        if name not in known:
            hint = did_you_mean(str(name), known) or f"known formats: {', '.join(known)}"
            self._complain(
                (*where, "format"), "payload-format", f"unknown format {shown(name)}", hint
            )
            return None
        found = types.Format(name)
        beside = (
            (_KEYWORDS["string"] & schema.keys())
            - {"format"}
            - _WITH_FORMAT.get(found, frozenset())
        )
        for word in sorted(beside):
            self._refuse(
                (*where, word), word, f"`format: {name}` already says what the text may be"
            )
        return found

    def _number(self, schema: Schema, where: Where) -> types.Type:
        whole = schema["type"] == "integer"
        bounds = [
            self._numeric(schema, where, word)
            for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
        ]
        if bounds[4] is not None and bounds[4] <= 0:
            self._complain((*where, "multipleOf"), "payload-bounds", "`multipleOf` must be above 0")
            bounds[4] = None
        lows = [bound for bound in (bounds[0], bounds[2]) if bound is not None]
        highs = [bound for bound in (bounds[1], bounds[3]) if bound is not None]
        if lows and highs and max(lows) > min(highs):
            self._complain(
                where, "payload-bounds", "the lower bound is above the upper one", key=True
            )
        return types.Number(whole, *bounds)

    def _boolean(self, _schema: Schema, _where: Where) -> types.Type:
        return types.Boolean()

    def _choice(self, schema: Schema, where: Where) -> types.Type:
        word = "enum" if "enum" in schema else "const"
        self._check_keywords(schema, where, frozenset({"enum", "const", "type"}))
        values = (
            self._typed(schema, where, "enum", list, []) if word == "enum" else [schema["const"]]
        )
        if not values:
            self._complain((*where, word), "payload-enum", "`enum` must list at least one value")
            return types.Unknown()
        good: list[types.Scalar] = []
        for index, value in enumerate(values):
            place = (*where, word, index) if word == "enum" else (*where, word)
            if isinstance(value, float | list | dict):
                message = (
                    f"`{word}` may hold text, whole numbers, booleans and null, not {shown(value)}"
                )
                self._complain(place, "payload-enum", message)
            elif any(value == other and type(value) is type(other) for other in good):
                self._complain(place, "payload-enum", f"{shown(value)} is listed twice")
            elif (declared := schema.get("type")) and declared != _json_type(value):
                self._complain(
                    place, "payload-enum", f"{shown(value)} is not of `type: {declared}`"
                )
            else:
                good.append(value)
        return types.Choice(tuple(good)) if good else types.Unknown()

    def _bounds(
        self, schema: Schema, where: Where, low: str, high: str
    ) -> tuple[int | None, int | None]:
        found = [self._typed(schema, where, word, int, None) for word in (low, high)]
        for word, bound in zip((low, high), found, strict=True):
            if bound is not None and bound < 0:
                self._complain((*where, word), "payload-bounds", f"`{word}` must be 0 or more")
        if None not in found and found[0] > found[1]:
            self._complain((*where, low), "payload-bounds", f"`{low}` is above `{high}`")
        return found[0], found[1]

    def _numeric(self, schema: Schema, where: Where, word: str) -> float | None:
        bound = schema.get(word)
        if bound is None:
            return None
        if (
            isinstance(bound, bool)
            or not isinstance(bound, int | float)
            or not math.isfinite(bound)
        ):
            self._complain(
                (*where, word), "payload-schema", f"`{word}` must be a number, not {shown(bound)}"
            )
            return None
        return bound

    def _typed(self, schema: Schema, where: Where, word: str, kind: type, default: Any) -> Any:  # noqa: ANN401, PLR0913 - a JSON value, whatever it is
        value = schema.get(word, default)
        if value is default or (
            isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        ):
            return value
        name = {
            dict: "a map",
            list: "a list",
            bool: "true or false",
            str: "text",
            int: "a whole number",
        }[kind]
        self._complain(
            (*where, word), "payload-schema", f"`{word}` must be {name}, not {shown(value)}"
        )
        return default

    def _check_value(self, value: object, kind: types.Type, where: Where) -> None:
        for path, message in mismatches(value, kind):
            self._complain((*where, *path), "payload-value", message)

    def _check_keywords(self, schema: Schema, where: Where, understood: frozenset[str]) -> None:
        for word in schema:
            if word not in understood and word not in _ANY and word != "type":
                every = frozenset().union(*_KEYWORDS.values())
                if word in every:
                    hint = f"it does not belong to `{'enum' if 'enum' in understood else schema.get('type')}`"
                else:
                    hint = _INSTEAD.get(word) or did_you_mean(
                        word, understood | _ANY | {"enum", "const"}
                    )
                self._refuse((*where, word), word, hint)

    def _complain_about_type(self, schema: Schema, where: Where) -> None:
        known = f"one of {', '.join(_KEYWORDS)}, or `enum`"
        for word in schema:
            if word in _INSTEAD:
                self._refuse((*where, word), word, _INSTEAD[word])
                return
        if "type" not in schema:
            self._complain(
                where, "payload-type", "says neither `type` nor `enum`", f"add {known}", key=True
            )
            return
        message = f"`type` must be one name, not {shown(schema['type'])}"
        self._complain((*where, "type"), "payload-type", message, known)

    def _refuse(self, where: Where, word: str, hint: str) -> None:
        message = f"`{word}` is not in the supported subset of JSON Schema here"
        self._complain(where, "payload-keyword", message, hint, key=True)

    def _complain(
        self, where: Where, rule: str, message: str, hint: str = "", *, key: bool = False
    ) -> None:
        self.complaints.append(Complaint(where, rule, message, hint, key))


_READERS: Mapping[str, Callable[[Reader, Schema, Where], types.Type]] = {
    "object": Reader._object,  # noqa: SLF001 - the table of the class's own readers
    "array": Reader._array,  # noqa: SLF001
    "string": Reader._string,  # noqa: SLF001
    "integer": Reader._number,  # noqa: SLF001
    "number": Reader._number,  # noqa: SLF001
    "boolean": Reader._boolean,  # noqa: SLF001
}


def _text(schema: Schema) -> str:
    text = schema.get("description") or schema.get("title") or ""
    return text if isinstance(text, str) else ""


def _json_type(value: types.Scalar) -> str:
    if value is None:
        return "null"
    return {bool: "boolean", int: "integer", str: "string"}[type(value)]
