"""`$defs` and `$ref`: types by name, which may hold themselves as long as that can end."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from generator.contracts import types
from generator.contracts.node import Node
from generator.contracts.scalars import choice
from generator.words import did_you_mean, joined, shown

_PREFIX = "#/$defs/"


def reference(node: Node) -> types.Type:
    """Return the type that a `$ref` leads to."""
    pointer = node.typed("$ref", str, "")
    name = unquote(pointer.removeprefix(_PREFIX)).replace("~1", "/").replace("~0", "~")
    if not pointer.startswith(_PREFIX) or "/" in pointer.removeprefix(_PREFIX):
        message = f"`$ref` must lead to a schema under `$defs`, not to {shown(pointer)}"
        node.complain(("$ref",), "payload-ref", message, "write `$ref: '#/$defs/<name>'`")
        return types.Unknown()
    if name not in node.definitions:
        message = f"`$defs` has no {shown(name)}"
        known = f"it has {joined(node.definitions)}" if node.definitions else ""
        hint = did_you_mean(name, node.definitions) or known
        node.complain(("$ref",), "payload-ref", message, hint)
        return types.Unknown()
    return types.Reference(name, node.definitions)


def outline(schema: object, schemas: Mapping[str, object], depth: int = 0) -> types.Type:
    """Return what can be told of a definition before any is read: its kinds, its constants.

    That is enough to tell the forms of a `oneOf` apart, in whatever order they are read.
    """
    if not isinstance(schema, dict) or depth > len(schemas):
        return types.Unknown()
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix(_PREFIX)
        return outline(schemas.get(name), schemas, depth + 1)
    if "enum" in schema or "const" in schema:
        return choice(Node(schema, (), []))
    forms = schema.get("oneOf")
    if isinstance(forms, list):
        return types.Union(tuple(outline(form, schemas, depth) for form in forms))
    names = schema.get("type")
    names = names if isinstance(names, list) else [names]
    members = [_outline_of_type(name, schema) for name in names]
    return members[0] if len(members) == 1 else types.Union(tuple(members))


def _outline_of_type(name: object, schema: Mapping[str, Any]) -> types.Type:
    if name != "object":
        return _OUTLINES.get(name, types.Unknown()) if isinstance(name, str) else types.Unknown()
    properties, required = schema.get("properties"), schema.get("required")
    fields = []
    for key, inner in properties.items() if isinstance(properties, dict) else ():
        constant = isinstance(inner, dict) and ("enum" in inner or "const" in inner)
        kind = choice(Node(inner, (), [])) if constant else types.Unknown()
        fields.append(types.Field(key, kind, isinstance(required, list) and key in required))
    return types.Object(tuple(fields))


_OUTLINES: Mapping[str, types.Type] = {
    "array": types.Array(types.Unknown()),
    "string": types.String(),
    "integer": types.Number(integer=True),
    "number": types.Number(integer=False),
    "boolean": types.Boolean(),
    "null": types.Null(),
}


def check(top: Node, payload: types.Object) -> None:
    """Complain about definitions that mean themselves, or that no finite value can fit."""
    for name, kind in top.definitions.items():
        if isinstance(kind, types.Unknown) or name in _without_an_object(kind):
            message = f"{shown(name)} is made of itself with no object in between"
            hint = "let it be an object, with the list or map as its property"
            top.complain_of_key(("$defs", name), "payload-ref", message, hint)
            return
    endless = sorted(top.definitions.keys() - _finite(top.definitions))
    for name in endless:
        message = f"{shown(name)} always holds another {shown(name)}, so no value can fit"
        hint = "take the property out of `required`, or let it be null"
        top.complain_of_key(("$defs", name), "payload-ref", message, hint)
    if not endless and not _can_end(payload, set(top.definitions)):
        top.complain_of_key((), "payload-ref", "no value can fit the payload")


def _without_an_object(kind: types.Type) -> set[str]:
    """Return the definitions that a type leads to without passing through an object's fields."""
    found: set[str] = set()
    waiting = [kind]
    while waiting:
        for part in _parts(waiting.pop()):
            if not isinstance(part, types.Reference):
                waiting.append(part)
            elif part.name not in found:
                found.add(part.name)
                waiting.append(part.target)
    return found


def _parts(kind: types.Type) -> Iterator[types.Type]:
    """Yield a reference itself, and what lists, maps and unions are made of."""
    match kind:
        case types.Reference():
            yield kind
        case types.Array():
            yield from _parts(kind.items)
        case types.Union(members):
            for member in members:
                yield from _parts(member)
        case types.Object(fields=(), additional=additional) if additional is not None:
            yield from _parts(additional)


def _finite(definitions: dict[str, types.Type]) -> set[str]:
    finite: set[str] = set()
    while True:
        more = {name for name, kind in definitions.items() if _can_end(kind, finite)}
        if more == finite:
            return finite
        finite = more


def _can_end(kind: types.Type, finite: set[str]) -> bool:
    match kind:
        case types.Reference(name):
            return name in finite
        case types.Array() if kind.min_items:
            return _can_end(kind.items, finite)
        case types.Union(members):
            return any(_can_end(member, finite) for member in members)
        case types.Object(fields):
            return all(_can_end(field.type, finite) for field in fields if field.required)
        case _:
            return True
