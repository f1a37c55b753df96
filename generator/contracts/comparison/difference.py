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
        wraps: Make a whole document of a value at this place, the innermost first.
    """

    name: str
    written: Where
    read: Where
    wraps: tuple[Wrap, ...] = ()

    def inside(self, name: str, part: Where, *wraps: Wrap) -> "Place":
        """Return a place further in; both schemas spell the way alike."""
        path = f"{self.name}.{name}" if self.name and name[:1] != "[" else f"{self.name}{name}"
        return Place(path, (*self.written, *part), (*self.read, *part), (*wraps, *self.wraps))


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that may be written and cannot be read.

    Attributes:
        rule: Id of the rule.
        place: Where.
        message: What cannot be read.
        writer: The type of what is written there.
        reader: The type of what is read there.
        values: Values that show it, if they are known.
    """

    rule: str
    place: Place
    message: str
    writer: types.Type
    reader: types.Type
    values: tuple[object, ...] = ()

    def witness(self) -> object:
        """Return a document that is written and cannot be read, `NO_DEFAULT` if none is found."""
        try:
            for value in self.values:
                return self._document(value)
            for count, value in enumerate(samples(self.writer, self.reader)):
                if not fits(value, self.reader, tolerant=True):
                    return self._document(value)
                if count > _MOST_SAMPLES:
                    break
        except (EndlessError, RecursionError):
            # A document of a thousand levels is none that a person would look at.
            pass
        return types.NO_DEFAULT

    def _document(self, value: object) -> object:
        for wrap in self.place.wraps:
            value = wrap(value)
        return value


TOP = Place("", (), ())
