"""The field model: what a payload may hold, free of the schema's spelling.

A bound that is None does not exist.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias

Kind: TypeAlias = str
"""One of JSON's kinds of value: null, boolean, number, string, array, object."""


class Absent(Enum):
    """The type of `NO_DEFAULT`, which no JSON value equals."""

    NO_DEFAULT = "no default"


NO_DEFAULT: Final = Absent.NO_DEFAULT


class Format(Enum):
    """Formats of text that have a type of their own."""

    UUID = "uuid"
    EMAIL = "email"
    URI = "uri"
    URI_REFERENCE = "uri-reference"
    HOSTNAME = "hostname"
    IPV4 = "ipv4"
    IPV6 = "ipv6"
    JSON_POINTER = "json-pointer"
    REGEX = "regex"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date-time"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class Null:
    """Nothing but null."""


@dataclass(frozen=True, slots=True)
class String:
    """Text.

    Attributes:
        min_length: Fewest characters, each one code point.
        max_length: Most characters.
        pattern: Found somewhere in it; in the syntax of ECMA-262.
        format: What kind of text it is.
    """

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: Format | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number; whole if `integer`."""

    integer: bool
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None


@dataclass(frozen=True, slots=True)
class Boolean:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some JSON values; a const is a choice of one."""

    values: tuple[object, ...]

    def __hash__(self) -> int:
        """Hash by number of values: maps and lists among them have no hash."""
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Array:
    """A list of one type; no two items are equal if `unique`."""

    items: "Type"
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Union:
    """A value of one of several types, which share no value.

    Attributes:
        members: Each of other kinds than the others, but for the objects if there is a tag.
        tag: The required property whose text tells the objects apart; empty if there is but one.
    """

    members: tuple["Type", ...]
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A type that stands under `$defs`, where it may be used many times, even in itself."""

    name: str
    definitions: Mapping[str, "Type"] = field(compare=False, repr=False)

    @property
    def target(self) -> "Type":
        """The type it stands for."""
        return self.definitions.get(self.name, Unknown())


@dataclass(frozen=True, slots=True)
class Unknown:
    """What stands for a broken part, so that the rest can still be judged; never rendered."""


@dataclass(frozen=True, slots=True)
class Field:
    """One property of an object.

    Attributes:
        name: As in JSON.
        type: What it may hold.
        required: Whether it must be given.
        default: What holds if it is not given, or `NO_DEFAULT`.
        description: What it means; may be empty.
        sensitive: Whether it must never be shown.
        examples: Values to show in documents.
        deprecated: Whether producers should stop giving it.
    """

    name: str
    type: "Type"
    required: bool
    default: object = NO_DEFAULT
    description: str = ""
    sensitive: bool = False
    examples: tuple[object, ...] = ()
    deprecated: bool = False

    @property
    def always_present(self) -> bool:
        """Whether a validated payload always has a value for it."""
        return self.required or self.default is not NO_DEFAULT


@dataclass(frozen=True, slots=True)
class Object:
    """A map.

    Attributes:
        fields: Its named properties.
        description: What it means; may be empty.
        additional: What every other property holds; None if there are no others.
    """

    fields: tuple[Field, ...]
    description: str = ""
    additional: "Type | None" = None

    def field(self, name: str) -> Field | None:
        """Return the property of that name, if there is one."""
        return next((field for field in self.fields if field.name == name), None)


Type: TypeAlias = (
    Anything
    | Null
    | String
    | Number
    | Boolean
    | Choice
    | Array
    | Object
    | Union
    | Reference
    | Unknown
)


def followed(kind: Type) -> Type:
    """Return the type that a reference leads to; any other type itself."""
    seen: set[str] = set()
    while isinstance(kind, Reference):
        if kind.name in seen:
            return Unknown()
        seen.add(kind.name)
        kind = kind.target
    return kind


def members_of(kind: Type) -> Iterator[Type]:
    """Yield the types that make up a union, or the one type that is none."""
    kind = followed(kind)
    if isinstance(kind, Union):
        for member in kind.members:
            yield from members_of(member)
    else:
        yield kind


def parts_of(kind: Type) -> Iterator[Type]:
    """Yield the types that a type is directly made of; what a reference leads to is no part."""
    match kind:
        case Array(items):
            yield items
        case Union(members):
            yield from members
        case Object(fields, _, additional):
            yield from (field.type for field in fields)
            if additional is not None:
                yield additional


def reached(kind: Type) -> Iterator[Type]:
    """Yield a type and all that it is made of, the references among it; each definition once."""
    waiting, entered = [kind], set[str]()
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, Reference) and part.name not in entered:
            entered.add(part.name)
            waiting.append(part.target)
        waiting += parts_of(part)


def kind_of_value(value: object) -> Kind:
    """Return a JSON value's kind."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def kinds_of(kind: Type) -> frozenset[Kind]:
    """Return the kinds of the values that a type allows."""
    kind = followed(kind)
    match kind:
        case Union(members):
            return frozenset().union(*map(kinds_of, members))
        case Choice(values):
            return frozenset(map(kind_of_value, values))
        case _:
            return _KINDS.get(type(kind), frozenset())


_KINDS: Mapping[type, frozenset[Kind]] = {
    Anything: frozenset({"null", "boolean", "number", "string", "array", "object"}),
    Null: frozenset({"null"}),
    Boolean: frozenset({"boolean"}),
    Number: frozenset({"number"}),
    String: frozenset({"string"}),
    Array: frozenset({"array"}),
    Object: frozenset({"object"}),
}
