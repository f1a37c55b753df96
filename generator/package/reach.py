"""What of installed packages can be reached from some modules, however late it is imported.

The answer is never too small: imports count wherever they can run, in functions and under any
condition too, and so does every text that names a module. Where a module imports by a computed
name, all of its package is reached.
"""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SUFFIXES = (".py", ".so", ".pyd")
_IMPORTERS = frozenset({"import_module", "__import__"})


def modules_of(names: Iterable[str], prefix: str = "") -> dict[str, str]:
    """Return the modules that some files are: dotted name -> file.

    Args:
        names: Files of a zip.
        prefix: What modules lie under; other files are passed over.
    """
    found: dict[str, str] = {}
    for name in names:
        *folders, last = name.removeprefix(prefix).split("/")
        stem = last.partition(".")[0]
        if name.startswith(prefix) and last.endswith(_SUFFIXES) and stem.isidentifier():
            module = ".".join(folders if stem == "__init__" else [*folders, stem])
            # A source is read; what is compiled for it, or beside it, is not.
            if module not in found or last.endswith(".py"):
                found[module] = name
    return found


def reached(
    modules: Mapping[str, str], read: Mapping[str, bytes], begin: Iterable[str]
) -> frozenset[str]:
    """Return the modules that are reached.

    Args:
        modules: Dotted name -> file, of all there are.
        read: The contents of the files.
        begin: Names to begin from; what is no module of these is passed over.
    """
    waiting, seen = list(begin), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in modules:
            continue
        seen.add(name)
        waiting.append(name.rpartition(".")[0])
        file = modules[name]
        if not file.endswith(".py"):
            continue
        inner = file.endswith("/__init__.py")
        package = name if inner else name.rpartition(".")[0]
        for wanted in wanted_by(parsed(read[file]), package):
            if wanted == EVERYTHING:
                waiting += [other for other in modules if f"{other}.".startswith(f"{package}.")]
            else:
                waiting.append(wanted)
    return frozenset(seen)


EVERYTHING = "*"
"""Stands for all of the package that a module is in."""


def wanted_by(tree: ast.Module, package: str) -> Iterator[str]:
    """Yield every dotted name that a module could import, and more; see `EVERYTHING`.

    Args:
        tree: The module.
        package: The package that its relative imports begin from.
    """
    for node in _running(tree):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                base = _absolute("." * node.level + (node.module or ""), package)
                yield base
                yield from (f"{base}.{alias.name}" for alias in node.names)
            case ast.Constant(str() as text):
                yield _absolute(text, package)
            case ast.Call(func, [ast.Constant(str() as name), *given]) if _name(func) in _IMPORTERS:
                anchors = [*given, *(each.value for each in node.keywords)]
                for anchor in anchors if name.startswith(".") else ():
                    if isinstance(anchor, ast.Constant):
                        yield _absolute(name, str(anchor.value))
            case ast.Call(func, [_, *_]) if _name(func) in _IMPORTERS:
                yield EVERYTHING


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield every node that is not for type checkers alone."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        inner: Iterable[ast.AST] = ast.iter_child_nodes(node)
        if isinstance(node, ast.If) and _name(node.test) == "TYPE_CHECKING":
            inner = node.orelse
        waiting += inner


def _absolute(name: str, package: str) -> str:
    """Return the name that a relative one means."""
    inner = name.lstrip(".")
    up = len(name) - len(inner)
    if not up:
        return name
    above = package.split(".")
    kept = above[: len(above) - up + 1]
    return ".".join([*kept, inner] if inner else kept)


@functools.lru_cache(maxsize=4096)
def parsed(source: bytes) -> ast.Module:
    """Parse a source once, however often it is asked about."""
    return ast.parse(source)


def _name(expression: ast.expr) -> str:
    match expression:
        case ast.Name(name) | ast.Attribute(_, name):
            return name
    return ""
