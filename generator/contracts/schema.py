"""JSON Schema to the field model; what is outside the subset is refused by name at its place."""

from collections.abc import Callable, Mapping
from typing import Any

from generator.contracts import scalars, types
from generator.contracts.instances import mismatches
from generator.contracts.keywords import BY_TYPE, CHOICE, INSTEAD, refuse_others
from generator.contracts.node import Complaint, Node, Where
from generator.words import did_you_mean, shown


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
    refuse_others(node, BY_TYPE["object"], "`type: object`")
    return _object(node), node.complaints


def read_type(schema: object, where: Where, complaints: list[Complaint]) -> types.Type:
    """Return the type that a schema describes, `Unknown` where it cannot be told."""
    if not isinstance(schema, dict):
        message = f"a schema must be a map, not {shown(schema)}"
        complaints.append(Complaint(where, "payload-schema", message))
        return types.Unknown()
    node = Node(schema, where, complaints)
    if CHOICE & schema.keys():
        return scalars.choice(node)
    kind = schema.get("type")
    if not isinstance(kind, str) or kind not in _READERS:
        _complain_about_type(node)
        return types.Unknown()
    refuse_others(node, BY_TYPE[kind], f"`type: {kind}`")
    return _READERS[kind](node)


def _object(node: Node) -> types.Object:
    if node.schema.get("additionalProperties", False) is not False:
        node.refuse("additionalProperties", "leave it out, and name every property")
    properties = node.typed("properties", dict, {})
    required = node.typed("required", list, [])
    for index, name in enumerate(required):
        if name not in properties:
            message = f"`required` names {shown(name)}, which is not a property"
            hint = did_you_mean(str(name), properties)
            node.complain(("required", index), "payload-required", message, hint)
    fields = tuple(
        _field(node, name, schema, required=name in required) for name, schema in properties.items()
    )
    return types.Object(fields, node.text())


def _field(parent: Node, name: str, schema: object, *, required: bool) -> types.Field:
    where = (*parent.where, "properties", name)
    kind = read_type(schema, where, parent.complaints)
    if not isinstance(schema, dict):
        return types.Field(name, kind, required)
    node = Node(schema, where, parent.complaints)
    examples = node.typed("examples", list, [])
    for index, example in enumerate(examples):
        _check_value(node, example, kind, ("examples", index))
    default = schema.get("default", types.NO_DEFAULT)
    if default is not types.NO_DEFAULT:
        _check_default(node, default, kind)
        if required:
            message = f"`{name}` is required and has a default, which would never be used"
            node.complain_of_key(("default",), "payload-default", message, "drop one of the two")
    sensitive = node.typed("x-sensitive", bool, default=False)
    return types.Field(name, kind, required, default, node.text(), sensitive, tuple(examples))


def _array(node: Node) -> types.Type:
    low, high = scalars.counts(node, "minItems", "maxItems")
    if "items" not in node.schema:
        node.complain_of_key((), "payload-items", "an array must say what its `items` are")
        return types.Unknown()
    items = node.schema["items"]
    for word in ("default", "x-sensitive", "examples"):
        if isinstance(items, dict) and word in items:
            node.refuse(word, "say it on the property that holds the array", "items")
    return types.Array(read_type(items, (*node.where, "items"), node.complaints), low, high)


def _check_default(node: Node, default: object, kind: types.Type) -> None:
    inner = kind
    while isinstance(inner, types.Array):
        inner = inner.items
    if isinstance(inner, types.Object) and default != []:
        node.refuse("default", "give the properties inside the object their defaults")
        return
    _check_value(node, default, kind, ("default",))


def _check_value(node: Node, value: object, kind: types.Type, at: Where) -> None:
    for path, message in mismatches(value, kind):
        node.complain((*at, *path), "payload-value", message)


def _complain_about_type(node: Node) -> None:
    known = f"one of {', '.join(BY_TYPE)}, or `enum`"
    for word in node.schema:
        if word in INSTEAD:
            node.refuse(word, INSTEAD[word])
            return
    if "type" not in node.schema:
        message = "the schema says neither `type` nor `enum`"
        node.complain_of_key((), "payload-type", message, f"add `type`: {known}")
        return
    message = f"{shown(node.schema['type'])} is not a type here"
    node.complain(("type",), "payload-type", message, f"use {known}")


_READERS: Mapping[str, Callable[[Node], types.Type]] = {
    "object": _object,
    "array": _array,
    "string": scalars.string,
    "integer": scalars.number,
    "number": scalars.number,
    "boolean": scalars.boolean,
}
