"""What pydantic says against a manifest, in our words: what is wrong, and what to write."""

from typing import TYPE_CHECKING

from generator.diagnostics import Finding
from generator.manifest import amends
from generator.manifest.flow import entry
from generator.manifest.form import annotation_at, field_at
from generator.manifest.source import Source, Where
from generator.words import shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a map",
    "model_type": "a map",
    "model_attributes_type": "a map",
}
_EMPTY = {"too_short": "must list at least one", "string_too_short": "is empty"}


def complaint(source: Source, detail: "ErrorDetails") -> Finding:
    """Return one error of pydantic as a finding."""
    where, kind, value = detail["loc"], detail["type"], detail["input"]
    key, label = str(where[-1]) if where else "", _label(where)
    example = _example(where)
    if kind == "missing":
        hint = f"add `{entry(key, example)}`" if example is not None else f"add `{key}`"
        return source.finding(where[:-1], "missing-key", f"`{key}` is missing", hint, key=True)
    if kind in _TYPES:
        message = f"{label} must be {_TYPES[kind]}, not {shown(value)}"
        is_item = bool(where) and isinstance(where[-1], int)
        right = amends.item(value) if is_item else _right(kind, key, value, example)
        right = right if where else "begin with `version: 1`"
        found = source.finding(where, "wrong-type", message, right)
        return source.commented(found, key) if value is None else found
    if kind == "duration":
        message = f"{label} is not a duration: {shown(value)}"
        return source.finding(where, "duration", message, amends.duration(key, value))
    if kind == "literal_error":
        message = f"{label} must be {detail['ctx']['expected']}, not {shown(value)}"
        return source.finding(where, "wrong-value", message, amends.choice(key, value))
    said = _EMPTY.get(kind)
    message = (
        f"{label} {said}" if said else f"{label}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
    )
    return source.finding(where, "wrong-value", message, amends.example_of(key, example))


def _right(kind: str, key: str, value: object, example: object) -> str:
    match _TYPES[kind]:
        case "text":
            return amends.text(key, value) or amends.example_of(key, example)
        case "a whole number":
            return amends.whole_number(key, value) or amends.example_of(key, example)
        case "true or false":
            return amends.truth(key, value)
        case "a list":
            return amends.listed(key, value, example)
        case _:
            return amends.mapped(key, value, example)


def _label(where: Where) -> str:
    names = [f"`{part}`" for part in where if isinstance(part, str)]
    return names[-1] if names else "the manifest"


def _example(where: Where) -> object:
    """Return the example that the model has for a key; None for items and names of jobs."""
    field = field_at(where)
    if field is None or annotation_at(where) is None:
        return None
    return field.examples[0] if field.examples else None
