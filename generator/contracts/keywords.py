"""Which keywords of JSON Schema each type understands, and what to say about the others."""

from collections.abc import Mapping

from generator.contracts.node import Node
from generator.words import did_you_mean

ALWAYS = frozenset(
    {"type", "description", "title", "examples", "default", "x-sensitive"},
)
"""Understood beside any type."""

_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})

BY_TYPE: Mapping[str, frozenset[str]] = {
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items", "minItems", "maxItems"}),
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
    "integer": _BOUNDS,
    "number": _BOUNDS,
    "boolean": frozenset(),
}

CHOICE = frozenset({"enum", "const"})
"""A schema with one of these needs no type."""

INSTEAD: Mapping[str, str] = {
    "$ref": "write the schema out where it is used",
    "oneOf": "use `enum`, or one job for each shape",
    "anyOf": "use `enum`, or one job for each shape",
    "allOf": "write the combined schema out",
    "not": "say what is allowed instead",
    "nullable": "leave the property out of `required`",
    "patternProperties": "name the properties",
}

_EVERY = frozenset().union(*BY_TYPE.values(), CHOICE)


def refuse_others(node: Node, understood: frozenset[str], what: str) -> None:
    """Refuse every keyword that means nothing here; `what` names the type for the hint."""
    for word in node.schema:
        if word in understood or word in ALWAYS:
            continue
        if word in _EVERY:
            hint = f"it does not belong to {what}"
        else:
            hint = INSTEAD.get(word) or did_you_mean(word, understood | ALWAYS | CHOICE)
        node.refuse(word, hint)
