"""What can be wrong with the things to package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Position:
    """Where in a source file something stands; lines and columns count from 1."""

    path: Path
    line: int
    column: int


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        message: What.
        hint: What to do about it; may be empty.
        position: Where it stands, if it stands anywhere.
    """

    message: str
    hint: str = ""
    position: Position | None = None

    def render(self, root: Path) -> str:
        """Return the problem for people, with the source line where one is known.

        Args:
            root: Directory that paths are shown relative to.
        """
        lines = [f"error[package]: {self.message}"]
        if self.position is not None:
            at = self.position
            shown = at.path.relative_to(root) if at.path.is_relative_to(root) else at.path
            lines[0] = f"{shown}:{at.line}:{at.column}: {lines[0]}"
            source = at.path.read_text(encoding="utf-8", errors="replace").splitlines()
            if at.line <= len(source):
                lines += [f"  {source[at.line - 1]}", "  " + " " * (at.column - 1) + "^"]
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


class PackageError(Exception):
    """The sources or a lock cannot be packaged; the text says why and what to do."""

    def __init__(self, message: str, *, hint: str = "", position: Position | None = None) -> None:
        """Tell of one problem."""
        super().__init__(message)
        self.problems: tuple[Problem, ...] = (Problem(message, hint, position),)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Self:
        """Tell of several problems, each once, in the order of their places."""
        known = sorted(set(problems), key=_place)
        error = cls("; ".join(problem.message for problem in known))
        error.problems = tuple(known)
        return error

    def render(self, root: Path) -> str:
        """Return every problem for people.

        Args:
            root: Directory that paths are shown relative to.
        """
        return "\n\n".join(problem.render(root) for problem in self.problems)


def _place(problem: Problem) -> tuple[str, int, int, str]:
    at = problem.position
    where = (str(at.path), at.line, at.column) if at else ("", 0, 0)
    return (*where, problem.message)
