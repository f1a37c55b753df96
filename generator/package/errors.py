"""What can be wrong with the things to package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Position:
    """Where in a source file something stands; lines and columns count from 1."""

    path: Path
    line: int
    column: int


class PackageError(Exception):
    """The sources or the lock cannot be packaged; the text says why and what to do."""

    def __init__(self, message: str, *, hint: str = "", position: Position | None = None) -> None:
        """Keep the parts; `render` joins them."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.position = position

    def render(self, root: Path) -> str:
        """Return the message for people, with the source line where one is known.

        Args:
            root: Directory that paths are shown relative to.
        """
        lines = [f"error[package]: {self.message}"]
        if self.position is not None:
            at = self.position
            shown = at.path.relative_to(root) if at.path.is_relative_to(root) else at.path
            lines[0] = f"{shown}:{at.line}:{at.column}: {lines[0]}"
            source = at.path.read_text(encoding="utf-8").splitlines()
            if at.line <= len(source):
                lines += [f"  {source[at.line - 1]}", "  " + " " * (at.column - 1) + "^"]
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)
