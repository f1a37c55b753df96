"""YAML events to plain values, within bounds: what is read is never held twice.

libyaml's composer recurses in C and gives each value a kilobyte of nodes and marks.
Its events need neither, and the first one out of bounds ends the reading.
"""

import sys
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from generator.manifest.plain_words import SurpriseError, cut, meaning
from generator.manifest.positions import Place, Positions

if TYPE_CHECKING:
    from yaml._yaml import Mark

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Complaint: TypeAlias = tuple[Place, str, str, str]
"""Place, rule, message, hint."""

MAX_VALUES = 1_500_000
"""More than ten thousand jobs. Keys count too, and each value takes about a hundred bytes."""

MAX_DEPTH = 64
"""Nothing in a manifest nests as deep; Python's own recursion limit is far above."""

_LONGEST_SHARED_KEY = 64
_MOST_COMPLAINTS = 5000


class RefusedError(Exception):
    """The text is out of bounds; holds the complaint."""

    def __init__(self, complaint: Complaint) -> None:
        """Keep the complaint."""
        super().__init__(complaint[2])
        self.complaint = complaint


class Reader:
    """One document of a text.

    Attributes:
        value: The document; None too if there is none.
        empty: Whether there is no document.
        positions: Where each value stands.
        complaints: What is wrong with the YAML, though it can be read.
    """

    def __init__(self, text: str) -> None:
        """Read the text.

        Raises:
            yaml.YAMLError: It is not YAML.
            RefusedError: It is out of bounds, uses anchors, or holds a second document.
        """
        self.value: Value = None
        self.positions = Positions()
        self.complaints: list[Complaint] = []
        loader = yaml.CSafeLoader(text)
        self._next: Any = loader.get_event
        try:
            self._next()  # the stream's start
            self.empty = isinstance(self._next(), yaml.StreamEndEvent)
            if not self.empty:
                self.value = self._node(self._next(), 0)
                self._next()  # the document's end
                self._expect_the_end(self._next())
        finally:
            loader.dispose()

    def _expect_the_end(self, event: Any) -> None:  # noqa: ANN401 - likewise
        if not isinstance(event, yaml.StreamEndEvent):
            message = "a second document begins here, and the manifest is one"
            place = _place(event.start_mark)
            raise RefusedError((place, "yaml-syntax", message, "remove the line, or what follows"))

    def _node(self, event: Any, depth: int) -> Value:  # noqa: ANN401 - libyaml's, untyped
        mark = event.start_mark
        number = self.positions.begin(mark.line, mark.column)
        if event.anchor is not None:
            raise RefusedError((_place(mark), *_anchor(event.anchor)))
        if number >= MAX_VALUES:
            message = f"the manifest holds more than {MAX_VALUES:,} values"
            hint = "look what has been written into it"
            raise RefusedError((_place(mark), "file-too-many-values", message, hint))
        if event.tag is not None:
            message = f"tag `{event.tag}` is not part of the manifest"
            self._complain(mark, "yaml-tag", message, "remove it")
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if depth >= MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels"
            raise RefusedError((_place(mark), "yaml-depth", message, "flatten it"))
        value: Value
        value = self._list(depth) if kind is yaml.SequenceStartEvent else self._map(depth)
        self.positions.end(number)
        return value

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth + 1))
        return items

    def _map(self, depth: int) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._node(event, depth + 1)
            if not isinstance(key, str):
                shown = f"`{event.value}`" if type(event) is yaml.ScalarEvent else "this"
                message = f"a key must be text, {shown} is not"
                self._complain(event.start_mark, "yaml-key", message, "quote it")
            elif key in mapping:
                message = f"`{key}` is given twice in the same place"
                hint = "keep one of them; YAML would silently drop the first"
                self._complain(event.start_mark, "yaml-duplicate-key", message, hint)
            elif len(key) <= _LONGEST_SHARED_KEY:
                key = sys.intern(key)
            value = self._node(self._next(), depth + 1)
            if isinstance(key, str):
                mapping[key] = value
        return mapping

    def _scalar(self, event: Any) -> Value:  # noqa: ANN401 - likewise
        text: str = event.value
        if not event.implicit[0]:
            return text
        try:
            return meaning(text)
        except SurpriseError as surprise:
            message = f"unquoted `{cut(text)}` means different things to different YAML readers"
            self._complain(event.start_mark, "yaml-surprise", message, str(surprise))
            return text

    def _complain(self, mark: "Mark", rule: str, message: str, hint: str) -> None:
        if len(self.complaints) < _MOST_COMPLAINTS:
            self.complaints.append((_place(mark), rule, message, hint))


def _anchor(name: str) -> tuple[str, str, str]:
    return (
        "yaml-anchor",
        f"anchors and aliases (`{name}`) are not part of the manifest",
        "say what jobs share under `defaults`; quote a value that starts with & or *",
    )


def _place(mark: "Mark") -> Place:
    return mark.line + 1, mark.column + 1
