"""Where a path that a source builds leads, as far as it can be told without running it.

Followed are paths that begin at `__file__` or at a package's resources, through `pathlib`,
`os.path`, `importlib.resources`, f-strings, and names that are bound once.
"""

from __future__ import annotations

import ast
import os
from dataclasses import dataclass
from pathlib import Path

_SAME = {"str", "fspath", "abspath", "realpath", "normpath", "as_file", "resolve", "absolute"}
_PATHS = {"Path", "PurePath", "PosixPath", "PurePosixPath"}
_RESOURCES = {"get_data", "read_text", "read_binary", "open_text", "open_binary", "path"}


@dataclass(frozen=True)
class Place:
    """Where a path leads.

    Attributes:
        path: An absolute path.
        exact: Whether that is all of it; otherwise something computed follows.
    """

    path: Path
    exact: bool = True


class Follower:
    """Follows the paths of one module."""

    def __init__(self, tree: ast.Module, source: Path, root: Path) -> None:
        """Note which names the module binds once.

        Args:
            tree: The module.
            source: Its file.
            root: Directory on the module search path.
        """
        self._source, self._root = source, root
        bound = [node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AnnAssign)]
        values: dict[str, list[ast.expr]] = {}
        for node in bound:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name) and node.value is not None:
                    values.setdefault(target.id, []).append(node.value)
        # Bound twice to the same expression is bound once.
        self._values = {
            name: each[0] for name, each in values.items() if len({*map(ast.dump, each)}) == 1
        }
        self._open: set[str] = set()

    def place(self, node: ast.AST) -> Place | None:
        """Return where an expression leads, or None if it is no path that can be followed."""
        if isinstance(node, ast.Name):
            return Place(self._source) if node.id == "__file__" else self._named(node.id)
        if isinstance(node, ast.Attribute) and node.attr == "parent":
            return _up(self.place(node.value))
        if isinstance(node, ast.Subscript):
            return self._ancestor(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.Add):
            return self._joined(self.place(node.left), [node.right])
        if isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]
            start = self.place(first.value) if isinstance(first, ast.FormattedValue) else None
            return self._joined(start, node.values[1:])
        return self._call(node) if isinstance(node, ast.Call) else None

    def text(self, node: ast.AST) -> str | None:
        """Return a constant text, written out or by a name that is bound once."""
        if isinstance(node, ast.Name) and node.id in self._values:
            node = self._values[node.id]
        return (
            node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
        )

    def _named(self, name: str) -> Place | None:
        if name not in self._values or name in self._open:
            return None
        self._open.add(name)
        try:
            return self.place(self._values[name])
        finally:
            self._open.discard(name)

    def _ancestor(self, node: ast.Subscript) -> Place | None:
        if not (isinstance(node.value, ast.Attribute) and node.value.attr == "parents"):
            return None
        start = self.place(node.value.value)
        if start is None or not isinstance(node.slice, ast.Constant):
            return None
        return Place(start.path.parents[int(node.slice.value)], start.exact)  # type: ignore[arg-type]

    def _call(self, node: ast.Call) -> Place | None:
        called, arguments = node.func, node.args
        if isinstance(called, ast.Attribute) and (owner := self.place(called.value)):
            return self._method(called.attr, owner, arguments)
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name == "files":
            return self._package(arguments[0] if arguments else None)
        if name in _RESOURCES and len(arguments) > 1:
            return self._joined(self._package(arguments[0]), arguments[1:])
        start = self.place(arguments[0]) if arguments else None
        if name == "dirname":
            return _up(start)
        if name in _PATHS or name == "join":
            return self._joined(start, arguments[1:])
        return start if name in _SAME else None

    def _method(self, name: str, owner: Place, arguments: list[ast.expr]) -> Place | None:
        if name == "joinpath":
            return self._joined(owner, arguments)
        if name == "with_name":
            return self._joined(_up(owner), arguments)
        return owner if name in _SAME else None

    def _package(self, node: ast.expr | None) -> Place | None:
        name = None if node is None else self.text(node)
        if name is not None:
            directory = self._root.joinpath(*name.split("."))
            return Place(directory) if directory.is_dir() else None
        if node is None or (isinstance(node, ast.Name) and node.id in {"__package__", "__name__"}):
            return Place(self._source.parent)
        return None

    def _joined(self, start: Place | None, parts: list[ast.expr]) -> Place | None:
        for part in parts:
            if start is None or not start.exact:
                return start
            text = self.text(part)
            if text is None:
                return Place(start.path, exact=False)
            start = Place(Path(os.path.normpath(start.path / text.lstrip("/"))))
        return start


def _up(place: Place | None) -> Place | None:
    return place and Place(place.path.parent, place.exact)
