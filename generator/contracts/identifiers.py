"""Python names for properties: readable, safe, and the same on every run."""

import keyword
import re
from collections.abc import Iterable

_IN_ANNOTATIONS = {"bool", "dt", "float", "int", "str", "tuple"}
"""Names that the class's own annotations use."""

_OF_THE_BASE = {
    *("config", "construct", "contract", "copy", "dict", "fields", "from_orm", "json"),
    *("parse_file", "parse_obj", "parse_raw", "schema", "schema_json"),
    *("update_forward_refs", "validate"),
}
"""Names that pydantic and the payload's base class define."""

TAKEN_CLASSES = frozenset(
    {
        *("Additional", "Annotated", "Any", "ClassVar", "Date", "DateTime", "DistinctItems"),
        *(
            "Duration",
            "Email",
            "Exactly",
            "Field",
            "Integer",
            "Items",
            "JobContract",
            "JsonValue",
            "Literal",
        ),
        *("Mapping", "MultipleOf", "Number", "Omittable", "OneOf", "OpenObject", "Payload"),
        *("PayloadObject", "Sensitive", "Time", "UUID", "Uri", "Uuid"),
    },
)
"""Names that a payload module imports, or that read like them."""

_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def identifiers(names: Iterable[str]) -> dict[str, str]:
    """Return an attribute name for each property, all different."""
    found: dict[str, str] = {}
    # Properties whose name needs no change keep it, whatever stands before them.
    for name in sorted(names, key=lambda name: identifier(name) != name):
        base = identifier(name)
        candidate, count = base, 2
        while candidate in found.values():
            candidate, count = f"{base}_{count}", count + 1
        found[name] = candidate
    return found


def identifier(name: str) -> str:
    """Return a snake-case attribute name for a property."""
    words = _WORD_START.sub("_", name).lower()
    plain = re.sub(r"[^a-z0-9]+", "_", words).strip("_")
    if not plain or plain[0].isdigit():
        plain = f"field_{plain}".rstrip("_")
    taken = plain in _IN_ANNOTATIONS or plain in _OF_THE_BASE or keyword.iskeyword(plain)
    return f"{plain}_" if taken or plain.startswith("model_") else plain


def class_of(attribute: str) -> str:
    """Return the nested class of an attribute that holds an object."""
    return "".join(part.capitalize() for part in attribute.split("_") if part)
