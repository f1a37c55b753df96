"""Code blocks of the documents: their language, their text, and where they begin."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.repo.tracked import ROOT, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/*.md", "docs/api/*.md")


@dataclass(frozen=True)
class Block:
    """One code block.

    Attributes:
        place: File and line, for people.
        language: What stands behind the fence; empty if nothing does.
        text: What is in it, at the margin.
    """

    place: str
    language: str
    text: str

    def commands(self) -> Iterator[str]:
        """Yield what is typed at a prompt, lines that go on joined."""
        joined = re.sub(r" *\\\n +", " ", self.text)
        for line in joined.splitlines():
            if line.startswith("$ "):
                yield line[2:].split("  #")[0].strip()


def blocks(*languages: str) -> list[Block]:
    """Return the blocks of some languages in all documents."""
    return [block for path in tracked(*DOCUMENTS) for block in of_file(path, *languages)]


def of_file(path: Path, *languages: str) -> Iterator[Block]:
    """Yield the blocks of some languages in a document."""
    yield from of_text(path.read_text("utf-8"), str(path.relative_to(ROOT)), *languages)


def of_text(text: str, name: str, *languages: str) -> Iterator[Block]:
    """Yield the blocks of some languages in a text, or in a part of a document."""
    for found in _FENCE.finditer(text):
        if not languages or found[2] in languages:
            line = text.count("\n", 0, found.start()) + 1
            yield Block(f"{name}:{line}", found[2], textwrap.dedent(found[3]))
