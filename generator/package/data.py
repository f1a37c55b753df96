"""The data files that a module opens: taken along with it, or told as missing."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from generator.package.errors import Position, Problem
from generator.package.paths import Follower, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NO_DATA = (".py", ".pyc", ".pyi", ".in", ".lock")
_ASKING = {"exists", "is_file", "is_dir"}
_READING = {"read_text", "read_bytes", "open"}
_LONGEST_NAME = 255
_BESIDE = "put it beside the module that opens it, below `{}/`"
_ROOT = "begin the path at `__file__`: a function's current directory is the root of its zip"


class DataFiles:
    """What one module opens.

    Attributes:
        files: The files that go into the zip.
        problems: Paths that lead to nothing that could go there.
    """

    def __init__(self, tree: ast.Module, source: Path, root: Path) -> None:
        """Read a module.

        Args:
            tree: The module.
            source: Its file.
            root: Directory that zips are made from, such as `lambdas/`.
        """
        self.files: set[Path] = set()
        self.problems: list[Problem] = []
        self._source, self._root = source, root
        self._follower = Follower(tree, source, root)
        self._visit(tree)

    def _visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            place = self._follower.place(node.value)
            if place is not None and not place.path.is_file() and _binds_one_name(node):
                return  # judged where the name is used
        if self._only_asks(node):
            return
        if isinstance(node, ast.expr) and (place := self._follower.place(node)):
            self._take(place, node)
            return
        if isinstance(node, ast.Call):
            self._opened(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self._mentioned(node.value)
        for child in ast.iter_child_nodes(node):
            self._visit(child)

    def _only_asks(self, node: ast.AST) -> bool:
        """Whether a call asks if a path is there: the code is ready for either answer."""
        called = node.func if isinstance(node, ast.Call) else None
        return (
            isinstance(called, ast.Attribute)
            and called.attr in _ASKING
            and self._follower.place(called.value) is not None
        )

    def _take(self, place: Place, node: ast.expr) -> None:
        path = place.path
        if path == self._source:
            return
        at = Position(self._source, node.lineno, node.col_offset + 1)
        hint = _BESIDE.format(self._root.name)
        if not path.is_relative_to(self._root):
            text = f"`{path.name}` lies outside `{self._root.name}/`, which zips are made of"
            self.problems.append(Problem(text, hint, at))
        elif path.is_file():
            self.files.add(path)
        elif path.is_dir():
            self.files.update(data_below(path))
        else:
            shown = path.relative_to(self._root.parent).as_posix()
            self.problems.append(Problem(f"`{shown}` is opened but does not exist", hint, at))

    def _opened(self, call: ast.Call) -> None:
        """Judge a path that begins at the current directory."""
        name = self._relative(call)
        if name is None or name.startswith("/") or (self._root / name).is_file():
            return
        at = Position(self._source, call.lineno, call.col_offset + 1)
        self.problems.append(Problem(f"`{name}` is opened but is not in the zip", _ROOT, at))

    def _relative(self, call: ast.Call) -> str | None:
        called, arguments = call.func, call.args
        if isinstance(called, ast.Name) and called.id == "open" and arguments:
            words = [*arguments[1:2], *(word.value for word in call.keywords if word.arg == "mode")]
            mode = self._follower.text(words[0]) if words else "r"
            return self._follower.text(arguments[0]) if mode in {"r", "rb", "rt"} else None
        if isinstance(called, ast.Attribute) and called.attr in _READING:
            made = called.value
            if isinstance(made, ast.Call) and isinstance(made.func, ast.Name | ast.Attribute):
                kind = made.func.attr if isinstance(made.func, ast.Attribute) else made.func.id
                if kind == "Path" and len(made.args) == 1 and not (arguments or call.keywords):
                    return self._follower.text(made.args[0])
        return None

    def _mentioned(self, text: str) -> None:
        """Take what a text names, however the module opens it."""
        if not text or len(text) > _LONGEST_NAME or text.startswith(("/", ".")) or "\n" in text:
            return
        for directory in (self._source.parent, self._root):
            path = directory / text
            if _is_data(path):
                self.files.add(path)
            elif directory != self._root and path.is_dir():
                self.files.update(data_below(path))


def data_below(directory: Path) -> Iterator[Path]:
    """Yield every file below a directory that is data, not code."""
    yield from (path for path in sorted(directory.rglob("*")) if _is_data(path))


def data_beside(source: Path) -> Iterator[Path]:
    """Yield the data files in the directory of a source."""
    yield from (path for path in sorted(source.parent.iterdir()) if _is_data(path))


def _is_data(path: Path) -> bool:
    return (
        path.is_file()
        and path.suffix not in _NO_DATA
        and not path.name.startswith(".")
        and "__pycache__" not in path.parts
    )


def _binds_one_name(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return len(targets) == 1 and isinstance(targets[0], ast.Name)
