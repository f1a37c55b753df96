"""Every mistake that can be made in a module by leaving one thing out or changing it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.mutation.terraform.cuts import Cut, cuts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.mutation.terraform.schema import Schema

_MUTATED = ("resource", "module", "locals", "output")
_TEXT = re.compile(r'"(?:[^"\\$]|\\.)*"')

_ORDER = ("depends_on", "for_each", "count", "create_before_destroy")
_OTHER = {
    "bool": "!({value})",
    "number": "({value}) + 1",
    "string": 'try("${{{value}}}-x", null)',
    "map": 'merge({value}, {{ Mistake = "x" }})',
    "list": 'concat(tolist({value}), ["x"])',
    "set": 'concat(tolist({value}), ["x"])',
}
"""Another value of each type, made from the one that is there."""


@dataclass(frozen=True)
class Mistake:
    """One change of one file.

    Attributes:
        file: The file.
        place: What is changed, as a person would say it.
        what: How.
        span: Where it stands.
        text: What stands there instead.
        attribute: Whether it is an attribute of a resource, or of a block in one.
    """

    file: Path
    place: str
    what: str
    span: tuple[int, int]
    text: str
    attribute: bool

    def __str__(self) -> str:
        """Say where and what."""
        return f"{self.file.parent.name}: {self.place} {self.what}"

    def made(self, source: str) -> str:
        """Return the file with the mistake in it."""
        return source[: self.span[0]] + self.text + source[self.span[1] :]


def mistakes(module: Path, schema: Schema) -> list[Mistake]:
    """Return every mistake in a module's resources and in what they are made of."""
    return [
        mistake
        for file in sorted(module.glob("*.tf"))
        if not file.name.startswith(("variables", "versions"))
        for mistake in _of_file(file, file.read_text(encoding="utf-8"), schema)
    ]


def _of_file(file: Path, text: str, schema: Schema) -> Iterator[Mistake]:
    for cut in cuts(text):
        if not _counts(cut):
            continue
        own = cut.path[0] == "resource" and cut.kind != "entry"
        place = ".".join(cut.path[1:] if cut.path[0] == "resource" else cut.path)
        if not (cut.path[0] == "output" and cut.kind == "attribute"):
            yield Mistake(file, place, "is left out", _whole(text, cut), "", own)
        if cut.kind == "block":
            continue
        changed = _changed(text[slice(*cut.value)], cut, schema)
        if changed is not None:
            yield Mistake(file, place, "is another", cut.value, changed, own)


def _counts(cut: Cut) -> bool:
    """Whether a piece is one of a resource, or of what resources are made of."""
    top, name = cut.path[0], cut.path[-1]
    if top not in _MUTATED or len(cut.path) == 1 or name in ("source", "error_message"):
        return False
    if name == "description" and top != "resource":
        return False  # an output's stands in the README's table
    own = 2 if top == "output" else 3
    return not (cut.kind == "block" and len(cut.path) <= own)


def _whole(text: str, cut: Cut) -> tuple[int, int]:
    """Return a piece with the comma behind it."""
    start, end = cut.span
    rest = text[end:]
    comma = re.match(r"[ \t]*,", rest) if cut.kind == "entry" else None
    return start, end + (comma.end() if comma else 0)


def _changed(value: str, cut: Cut, schema: Schema) -> str | None:
    """Return another value of the same type; None where there is none to think of."""
    kind: Any = None
    if cut.path[0] == "resource" and cut.kind == "attribute":
        kind = schema.type_of(cut.path)
    if cut.path[-1] in _ORDER or value.startswith("jsonencode("):
        return None  # an order is only left out; entries are changed one by one
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return str(float(value) + 1) if "." in value else str(int(value) + 1)
    if _TEXT.fullmatch(value):
        return f'{value[:-1]}x"'
    if value in ("true", "false"):
        kind = "bool"
    form = _OTHER.get(kind[0] if isinstance(kind, list) else kind)
    return None if form is None else form.format(value=value)
