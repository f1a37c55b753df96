"""Where in the text each value of a document stands: a few bytes a value, found by its path.

Values are counted in the order of the text, a map's keys among them.
For each one the arrays hold where it begins, and which value follows it and all it holds.
"""

from array import array
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from generator.manifest.yaml_reader import Value

Where: TypeAlias = tuple[str | int, ...]
"""A place in the manifest: the keys and indexes that lead to it from the top."""

Place: TypeAlias = tuple[int, int]
"""Line and column, both counted from one, the column in characters."""

_SHIFT = 32


class Positions:
    """The places of a document's values."""

    def __init__(self) -> None:
        """Start without any."""
        self._starts = array("Q")
        self._following = array("L")
        self._indexed: dict[int, Mapping[str | int, tuple[int, int]]] = {}

    def __len__(self) -> int:
        """Return how many values there are, keys included."""
        return len(self._starts)

    def begin(self, line: int, column: int) -> int:
        """Add the next value, counting lines and columns from zero, and return its number."""
        self._starts.append(line << _SHIFT | column)
        self._following.append(len(self._starts))
        return len(self._starts) - 1

    def end(self, number: int) -> None:
        """Say that all that the value holds has been added."""
        self._following[number] = len(self._starts)

    def find(self, value: "Value", where: Where, *, key: bool) -> Place:
        """Return the place of a part of `value`, or of what of it exists; of its key if asked."""
        number = found = 0
        for depth, part in enumerate(where):
            children = self._children(number, value)
            if part not in children:
                break
            of_key, number = children[part]
            # A part that is left out is reported at the key of what should hold it.
            found = of_key if key or depth < len(where) - 1 else number
            value = value[part]  # type: ignore[index] # it is a child
        return self._place(found)

    def _place(self, number: int) -> Place:
        start = self._starts[number] if self._starts else 0
        return (start >> _SHIFT) + 1, (start & ((1 << _SHIFT) - 1)) + 1

    def _children(self, number: int, value: "Value") -> Mapping[str | int, tuple[int, int]]:
        """Return the numbers of key and value of each child, remembered: findings are many."""
        if number not in self._indexed:
            self._indexed[number] = dict(self._walk(number, value))
        return self._indexed[number]

    def _walk(self, number: int, value: "Value") -> Iterator[tuple[str | int, tuple[int, int]]]:
        child = number + 1
        if isinstance(value, dict):
            for key in value:
                of_key, child = child, self._following[child]
                yield key, (of_key, child)
                child = self._following[child]
        elif isinstance(value, list):
            for index in range(len(value)):
                yield index, (child, child)
                child = self._following[child]
