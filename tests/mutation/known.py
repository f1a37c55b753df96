"""Answers of before: a run that was ended goes on, and one after a change asks who failed first."""

from __future__ import annotations

import hashlib
import json
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def digest(folders: Iterable[Path]) -> str:
    """Return a hash of all Python files below some folders."""
    found = hashlib.sha256()
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


class Known:
    """Which test noticed which mistake, in a file that grows by a line an answer."""

    def __init__(self, path: Path, state: str) -> None:
        """Read what is known.

        Args:
            path: The file.
            state: Hash of everything that answers depend on.
        """
        self._path, self._state = path, state
        self._lock = threading.Lock()
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._answers: dict[str, dict[str, Any]] = {
            each["mutant"]: each for each in map(json.loads, lines)
        }

    def before(self, mutant: str) -> str:
        """Return which test noticed a mistake, whenever that was; empty if none is known."""
        return str(self._answers.get(mutant, {}).get("killer", ""))

    def now(self, mutant: str) -> str | None:
        """Return which test notices a mistake now, empty if none does; None if that is unknown."""
        found = self._answers.get(mutant, {})
        return str(found["killer"]) if found.get("state") == self._state else None

    def keep(self, mutant: str, killer: str) -> None:
        """Write an answer down."""
        answer = {"state": self._state, "mutant": mutant, "killer": killer}
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(answer)}\n")
            self._answers[mutant] = answer
