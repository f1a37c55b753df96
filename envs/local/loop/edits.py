"""What saved files ask for: nothing, new code, or all that follows from the manifest."""

from __future__ import annotations

from enum import IntEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WATCHED = ("jobs.yaml", "lambdas", "modules", "envs/local")
"""What is looked at, below the repository."""

_PASSING = (".pyc", ".swp", ".swx", "~", ".tmp")
_FOLDERS = frozenset({"__pycache__", ".terraform", ".mypy_cache", ".ruff_cache", ".git"})


class Asked(IntEnum):
    """What is to be done, the least first: the most that any file asks for is done."""

    NOTHING = 0
    PACKAGE = 1
    APPLY = 2
    GENERATE = 3


def asked(paths: Iterable[PurePath]) -> Asked:
    """Return what saved files ask for together, given below the repository."""
    return max(map(_asked, paths), default=Asked.NOTHING)


def saved_since(root: Path, moment: float) -> list[PurePath]:
    """Return the watched files that were saved since a moment, in seconds of the epoch."""
    places = [root / name for name in WATCHED]
    return [
        PurePath(path.relative_to(root))
        for path in (*places, *(inner for place in places for inner in place.rglob("*")))
        if path.is_file() and path.stat().st_mtime >= moment
    ]


def _asked(path: PurePath) -> Asked:
    if path.name.endswith(_PASSING) or path.name.startswith(".") or _FOLDERS & set(path.parts):
        return Asked.NOTHING
    if path == PurePath("jobs.yaml"):
        return Asked.GENERATE
    if path.suffix == ".tf":
        return Asked.APPLY
    if path.parts[:1] == ("lambdas",) and path.suffix in {".py", ".lock", ".json", ".txt", ".html"}:
        return Asked.PACKAGE
    return Asked.NOTHING
