"""One schema on the way through the reader: its keywords, its place, and where complaints go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from generator.contracts import types
from generator.words import shown

Where: TypeAlias = tuple[str | int, ...]

_KINDS: Mapping[type, str] = {
    dict: "a map",
    list: "a list",
    bool: "true or false",
    str: "text",
    int: "a whole number",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a payload schema says wrongly.

    Attributes:
        where: The place, from the payload's schema on.
        rule: Stable id.
        message: What is wrong, without a full stop.
        hint: What to do about it.
        key: Whether the place's key is meant, not its value.
    """

    where: Where
    rule: str
    message: str
    hint: str = ""
    key: bool = False


def _meant(word: str, kind: type, value: object) -> str:
    """Return what to write instead of a value of the wrong kind; empty if that is unclear."""
    text = str(value)
    if kind is int and text.isdecimal():
        return f"write `{word}: {text}`"
    if kind is bool and text.lower() in {"true", "yes", "1", "false", "no", "0"}:
        return f"write `{word}: {'true' if text.lower() in {'true', 'yes', '1'} else 'false'}`"
    if kind is list and isinstance(value, str | int):
        return f"write `{word}: [{text}]`"
    return f'write `{word}: "{text}"`' if kind is str and isinstance(value, int | float) else ""


@dataclass(frozen=True, slots=True)
class Node:
    """A schema that is a map."""

    schema: Mapping[str, Any]
    where: Where
    complaints: list[Complaint]
    definitions: dict[str, types.Type] = field(default_factory=dict)
    later: list[Callable[[], None]] = field(default_factory=list)
    """What can only be judged when every definition has been read."""

    def inside(self, schema: Mapping[str, Any], *where: str | int) -> "Node":
        """Return the node of a schema inside this one."""
        return Node(schema, (*self.where, *where), self.complaints, self.definitions, self.later)

    def complain(self, at: Where, rule: str, message: str, hint: str = "") -> None:
        """Complain about the value at a place below this one."""
        self.complaints.append(Complaint((*self.where, *at), rule, message, hint))

    def complain_of_key(self, at: Where, rule: str, message: str, hint: str = "") -> None:
        """Complain about a place's being there, or about what this schema lacks."""
        self.complaints.append(Complaint((*self.where, *at), rule, message, hint, key=True))

    def refuse(self, word: str, hint: str, *before: str) -> None:
        """Refuse a keyword by name."""
        message = f"`{word}` is not in the supported subset of JSON Schema here"
        self.complain_of_key((*before, word), "payload-keyword", message, hint)

    def typed(self, word: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - a JSON value
        """Return a keyword's value if it is of the kind, else complain and return the default."""
        if word not in self.schema:
            return default
        value = self.schema[word]
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        message = f"`{word}` must be {_KINDS[kind]}, not {shown(value)}"
        self.complain((word,), "payload-schema", message, _meant(word, kind, value))
        return default

    def text(self) -> str:
        """Return what the schema says about itself."""
        self.typed("title", str, "")
        return str(self.typed("description", str, "") or self.schema.get("title") or "")
