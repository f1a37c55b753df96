"""Which keywords of JSON Schema each type understands, and what to say about the others."""

from collections.abc import Mapping

from generator.contracts.node import Node
from generator.words import did_you_mean

ANNOTATIONS = frozenset(
    {
        *("title", "description", "examples", "default", "deprecated", "x-sensitive"),
        "$comment",
    },
)
"""Understood beside any type; they allow and refuse nothing."""

AT_THE_TOP = frozenset({"$schema", "$defs"})
"""Understood where the payload's schema begins."""

_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})

BY_TYPE: Mapping[str, frozenset[str]] = {
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items", "minItems", "maxItems", "uniqueItems"}),
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
    "integer": _BOUNDS,
    "number": _BOUNDS,
    "boolean": frozenset(),
    "null": frozenset(),
}

WITHOUT_TYPE = ("enum", "const", "oneOf", "$ref")
"""A schema with one of these needs no type, and takes nothing beside it but annotations."""

INSTEAD: Mapping[str, str] = {
    "anyOf": "use `oneOf` with a property that tells the forms apart, or a list of types",
    "allOf": "write the combined schema out",
    "not": "say what is allowed instead",
    "if": "use `oneOf` with a property that tells the forms apart",
    "nullable": "add null to `type`, as in `type: [string, 'null']`",
    "patternProperties": "name the properties, or use `additionalProperties`",
    "propertyNames": "name the properties, or use a list of objects",
    "minProperties": "name what is needed in `required`",
    "maxProperties": "name the properties",
    "dependentRequired": "use `oneOf` with a property that tells the forms apart",
    "dependentSchemas": "use `oneOf` with a property that tells the forms apart",
    "unevaluatedProperties": "use `additionalProperties`",
    "prefixItems": "use an object: its items have names",
    "contains": "say what every item is, in `items`",
    "definitions": "write `$defs`, at the top of the payload's schema",
    "$defs": "write it at the top of the payload's schema",
    "$schema": "write it at the top of the payload's schema, or leave it out",
    "$id": "leave it out: a payload's schema stands alone",
    "$anchor": "name the schema under `$defs`",
    "$dynamicRef": "use `$ref`",
    "of": "write `items`, as in `items: {type: string}`",
    "regex": "write `pattern`",
    **dict.fromkeys(("values", "choices", "options", "one_of"), "write `enum`"),
    **dict.fromkeys(("fields", "attributes", "props"), "write `properties`"),
    **dict.fromkeys(
        ("secret", "pii", "private", "confidential", "personal"), "write `x-sensitive: true`"
    ),
    "example": "write `examples`, a list",
    "ref": "write `$ref`",
    "comment": "write `description`",
    "readOnly": "leave it out: a message is only ever read",
}

_LEAST_AND_MOST: Mapping[str, tuple[str, str]] = {
    "minLength": ("minLength", "maxLength"),
    "minItems": ("minItems", "maxItems"),
    "minimum": ("minimum", "maximum"),
}
_BOUND = {"min": 0, "at_least": 0, "max": 1, "at_most": 1, "length": 1, "size": 1}

_EVERY = frozenset().union(*BY_TYPE.values(), WITHOUT_TYPE, {"type"})


def _of_the_object(node: Node, *, needed: bool) -> str:
    name = node.where[-1] if node.where else "name"
    if needed:
        return f"leave it out here, and list it beside `properties`: `required: [{name}]`"
    return "leave it out: what `required` beside `properties` does not list is optional"


def _bound(word: str, understood: frozenset[str]) -> str:
    """Return how a type says a bound that other tools have one word for."""
    pairs = [pair for telling, pair in _LEAST_AND_MOST.items() if telling in understood]
    return f"write `{pairs[0][_BOUND[word]]}`" if word in _BOUND and len(pairs) == 1 else ""


def refuse_others(node: Node, understood: frozenset[str], what: str) -> None:
    """Refuse every keyword that means nothing here; `what` names the type for the hint."""
    for word in node.schema:
        if word in understood or word in ANNOTATIONS:
            continue
        if word in {"required", "optional"} and isinstance(node.schema[word], bool):
            hint = _of_the_object(node, needed=(word == "required") is node.schema[word])
        elif word in _EVERY:
            hint = f"it does not belong to {what}"
        else:
            hint = INSTEAD.get(word) or _bound(word, understood)
            hint = hint or did_you_mean(word, understood | ANNOTATIONS | _EVERY)
        node.refuse(word, hint)
