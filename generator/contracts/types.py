"""The field model: what a payload may hold, free of the schema's spelling.

A bound that is None does not exist.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

Scalar: TypeAlias = str | int | bool | None


class Absent(Enum):
    """The type of `NO_DEFAULT`, which no JSON value equals."""

    NO_DEFAULT = "no default"


NO_DEFAULT: Final = Absent.NO_DEFAULT


class Format(Enum):
    """Formats of text that have a type of their own."""

    UUID = "uuid"
    EMAIL = "email"
    URI = "uri"
    DATE = "date"
    DATE_TIME = "date-time"


@dataclass(frozen=True, slots=True)
class String:
    """Text."""

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
    """One of some values; a const is a choice of one."""

    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Array:
    """A list of one type."""

    items: "Type"
    min_items: int | None = None
    max_items: int | None = None


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
    """

    name: str
    type: "Type"
    required: bool
    default: object = NO_DEFAULT
    description: str = ""
    sensitive: bool = False
    examples: tuple[object, ...] = ()

    @property
    def always_present(self) -> bool:
        """Whether a validated payload always has a value for it."""
        return self.required or self.default is not NO_DEFAULT


@dataclass(frozen=True, slots=True)
class Object:
    """A map with named properties and no others."""

    fields: tuple[Field, ...]
    description: str = ""

    def field(self, name: str) -> Field | None:
        """Return the property of that name, if there is one."""
        return next((field for field in self.fields if field.name == name), None)


Type: TypeAlias = String | Number | Boolean | Choice | Array | Object | Unknown
