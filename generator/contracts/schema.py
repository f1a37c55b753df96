"""JSON Schema to the field model; what is outside the subset is refused by name at its place."""

from collections.abc import Callable, Mapping
from typing import Any

from generator.contracts import naming, nesting, references, scalars, types, unions
from generator.contracts.instances import mismatches
from generator.contracts.keywords import (
    AT_THE_TOP,
    BY_TYPE,
    INSTEAD,
    WITHOUT_TYPE,
    refuse_others,
)
from generator.contracts.node import Complaint, Node, Where
from generator.contracts.spellings import schema_instead, written_instead
from generator.words import did_you_mean, shown

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def read_payload(schema: Mapping[str, Any]) -> tuple[types.Object, list[Complaint]]:
    """Return a payload's model, and what is wrong with its schema."""
    node = Node(schema, (), [])
    if schema.get("type") != "object":
        at: Where = ("type",) if "type" in schema else ()
        node.complain_of_key(at, "payload-object", "a payload schema must have `type: object`")
        return types.Object(()), node.complaints
    for word in ("default", "x-sensitive"):
        if word in schema:
            node.refuse(word, "say it on a property")
    refuse_others(node, BY_TYPE["object"] | AT_THE_TOP | {"type"}, "`type: object`")
    if schema.get("$schema", DIALECT).rstrip("#") != DIALECT:
        node.complain(("$schema",), "payload-schema", f"`$schema` must be {DIALECT}")
    _define(node)
    payload = _object(node)
    naming.check_definitions(node)
    for judge in node.later:
        judge()
    if not node.complaints:
        references.check(node, payload)
        nesting.check(node, payload)
    return payload, node.complaints


def read_type(  # noqa: PLR0911 - one return a way to say a type
    schema: object, parent: Node, *where: str | int
) -> types.Type:
    """Return the type that a schema describes, `Unknown` where it cannot be told."""
    if schema is True:
        return types.Anything()
    if not isinstance(schema, dict):
        node = parent.inside({}, *where)
        message = f"a schema must be a map, not {shown(schema)}"
        node.complain((), "payload-schema", message, schema_instead(schema))
        return types.Unknown()
    node = parent.inside(schema, *where)
    if "$ref" in schema:
        refuse_others(node, frozenset({"$ref"}), "`$ref`")
        return references.reference(node)
    if "enum" in schema or "const" in schema:
        return scalars.choice(node)
    if "oneOf" in schema:
        return _one_of(node)
    names = schema.get("type")
    names = names if isinstance(names, list) else [names]
    if not names or any(not isinstance(name, str) or name not in _READERS for name in names):
        _complain_about_type(node)
        return types.Unknown()
    return _of_types(node, names)


def _of_types(node: Node, names: list[str]) -> types.Type:
    if len(set(names)) < len(names):
        node.complain(("type",), "payload-type", "a type is listed twice", "list it once")
    if "number" in names:
        names = [name for name in names if name != "integer"]
    understood = frozenset({"type"}).union(*(BY_TYPE[name] for name in names))
    what = f"`type: {names[0]}`" if len(names) == 1 else "any of these types"
    refuse_others(node, understood, what)
    members = tuple(_READERS[name](node) for name in dict.fromkeys(names))
    if any(isinstance(member, types.Unknown) for member in members):
        return types.Unknown()
    return members[0] if len(members) == 1 else types.Union(members)


def _one_of(node: Node) -> types.Type:
    refuse_others(node, frozenset({"oneOf"}), "`oneOf`")
    listed = node.typed("oneOf", list, [])
    if not listed:
        node.complain(("oneOf",), "payload-one-of", "`oneOf` must list at least one form")
        return types.Unknown()
    _refuse_what_belongs_to_the_property(node, *(("oneOf", i) for i in range(len(listed))))
    forms = [read_type(form, node, "oneOf", index) for index, form in enumerate(listed)]
    return unions.joined(node, forms)


def _define(node: Node) -> None:
    """Read `$defs`; while they are being read, each of them is already known in outline."""
    definitions = node.typed("$defs", dict, {})
    for name, schema in definitions.items():
        node.definitions[name] = references.outline(schema, definitions)
    for name, schema in definitions.items():
        _refuse_what_belongs_to_the_property(node, ("$defs", name))
        node.definitions[name] = read_type(schema, node, "$defs", name)


def _object(node: Node) -> types.Object:
    additional = _additional(node)
    properties = node.typed("properties", dict, {})
    required = node.typed("required", list, [])
    for index, name in enumerate(required):
        if not isinstance(name, str) or name not in properties:
            message = f"`required` names {shown(name)}, which is not a property"
            hint = did_you_mean(str(name), properties)
            node.complain(("required", index), "payload-required", message, hint)
    fields = tuple(
        _field(node, name, schema, required=name in required) for name, schema in properties.items()
    )
    kind = types.Object(fields, node.text(), additional)
    node.later.append(lambda: naming.check_object(node, kind))
    return kind


def _additional(node: Node) -> types.Type | None:
    given = node.schema.get("additionalProperties", False)
    if given is False:
        return None
    _refuse_what_belongs_to_the_property(node, ("additionalProperties",))
    return read_type(given, node, "additionalProperties")


def _field(parent: Node, name: str, schema: object, *, required: bool) -> types.Field:
    kind = read_type(schema, parent, "properties", name)
    if not isinstance(schema, dict):
        return types.Field(name, kind, required)
    node = parent.inside(schema, "properties", name)
    examples = node.typed("examples", list, [])
    for index, example in enumerate(examples):
        _check_value(node, example, kind, ("examples", index))
    default = schema.get("default", types.NO_DEFAULT)
    if default is not types.NO_DEFAULT:
        _check_default(node, default, kind)
        if required:
            message = f"`{name}` is required and has a default, which would never be used"
            node.complain_of_key(("default",), "payload-default", message, "drop one of the two")
    return types.Field(
        name,
        kind,
        required,
        default,
        node.text(),
        node.typed("x-sensitive", bool, default=False),
        tuple(examples),
        node.typed("deprecated", bool, default=False),
    )


def _array(node: Node) -> types.Type:
    low, high = scalars.counts(node, "minItems", "maxItems")
    unique = node.typed("uniqueItems", bool, default=False)
    if "items" not in node.schema:
        if "of" not in node.schema:
            message, hint = "an array must say what its `items` are", "add `items: {type: string}`"
            node.complain_of_key((), "payload-items", message, hint)
        return types.Unknown()
    _refuse_what_belongs_to_the_property(node, ("items",))
    return types.Array(read_type(node.schema["items"], node, "items"), low, high, unique)


def _refuse_what_belongs_to_the_property(node: Node, *places: Where) -> None:
    """Refuse what would be ignored on a schema that is only a part of a property's."""
    for *before, last in places:
        inner: Any = node.schema
        for part in (*before, last):
            inner = inner[part]
        for word in ("default", "x-sensitive", "examples"):
            if isinstance(inner, dict) and word in inner:
                where = "array" if last == "items" else "value"
                outer = node.inside(inner, *before, last)
                outer.refuse(word, f"say it on the property that holds the {where}")


def _check_default(node: Node, default: object, kind: types.Type) -> None:
    if _holds_a_map(default):
        node.refuse("default", "give the properties inside the object their defaults")
        return
    _check_value(node, default, kind, ("default",))


def _holds_a_map(value: object) -> bool:
    if isinstance(value, list):
        return any(map(_holds_a_map, value))
    return isinstance(value, dict)


def _check_value(node: Node, value: object, kind: types.Type, at: Where) -> None:
    def judge() -> None:
        for path, message in mismatches(value, kind):
            node.complain((*at, *path), "payload-value", message)

    node.later.append(judge)


def _complain_about_type(node: Node) -> None:
    known = f"one of {', '.join(BY_TYPE)}, or {', '.join(f'`{word}`' for word in WITHOUT_TYPE)}"
    known = f"{known}; a schema `true` allows any value"
    for word in node.schema:
        if word in INSTEAD:
            node.refuse(word, INSTEAD[word])
            return
    if "type" not in node.schema:
        message = "the schema does not say what it allows"
        node.complain_of_key((), "payload-type", message, f"add `type`: {known}")
        return
    given = node.schema["type"]
    names = given if isinstance(given, list) and given else [given]
    wrong = next(
        (name for name in names if not isinstance(name, str) or name not in _READERS), given
    )
    message = f"{shown(wrong)} is not a type here"
    node.complain(("type",), "payload-type", message, written_instead(wrong) or f"use {known}")


_READERS: Mapping[str, Callable[[Node], types.Type]] = {
    "object": _object,
    "array": _array,
    "string": scalars.string,
    "integer": scalars.integer,
    "number": scalars.number,
    "boolean": scalars.boolean,
    "null": scalars.null,
}
