"""One thing that may be written and cannot be read: where, why, and a document that shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from generator.contracts import types
from generator.contracts.instances import fits
from generator.contracts.samples import EndlessError, samples

Where: TypeAlias = tuple[str | int, ...]
Wrap: TypeAlias = Callable[[object], object]

_MOST_SAMPLES = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where in both schemas the comparison stands.

    Attributes:
        name: The property, as a person writes it.
        written: The place in the writer's schema.
        read: The place in the reader's schema.
        wrap: Makes a whole document of a value at this place.
    """

    name: str
    written: Where
    read: Where
    wrap: Wrap

    def inside(self, name: str, part: Where, wrap: Wrap) -> "Place":
        """Return a place further in; both schemas spell the way alike."""
        outer = self.wrap
        path = f"{self.name}.{name}" if self.name and name[:1] != "[" else f"{self.name}{name}"
        return Place(
            path, (*self.written, *part), (*self.read, *part), lambda value: outer(wrap(value))
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that may be written and cannot be read.

    Attributes:
        rule: Id of the rule.
        place: Where.
        message: What cannot be read.
        writer: The type of what is written there.
        reader: The type of what is read there.
    """

    rule: str
    place: Place
    message: str
    writer: types.Type
    reader: types.Type

    def witness(self) -> object:
        """Return a document that is written and cannot be read, `NO_DEFAULT` if none is found."""
        near = self.reader
        try:
            for count, value in enumerate(samples(self.writer, near)):
                if not fits(value, self.reader, tolerant=True):
                    return self.place.wrap(value)
                if count > _MOST_SAMPLES:
                    break
        except EndlessError:
            pass
        return types.NO_DEFAULT


TOP = Place("", (), (), lambda value: value)
