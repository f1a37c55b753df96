"""What a module imports when it runs, read from its source.

An import counts if it can run in Lambda: not under `TYPE_CHECKING`, nor for another platform or
version of Python. One whose absence the code provides for is optional.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.package.conditions import asks_for_a_module, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_ANY_MEMBER = {"ImportError", "Exception", "BaseException"}
_IMPORT_ERRORS = {"ModuleNotFoundError", *_ANY_MEMBER}
_Functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Import:
    """One import statement or call.

    Attributes:
        name: Absolute dotted name; empty for one that is computed, `..` for one that reaches
            above the first package.
        members: Names that are taken from it; `*` for all.
        line: Where it stands, from 1.
        column: Likewise.
        optional: Whether the code goes on without the module.
        lenient: Whether it goes on without a member too, which is no `ModuleNotFoundError`.
        late: Whether it may never run: in a function, or under a condition that is not known.
    """

    name: str
    members: tuple[str, ...]
    line: int
    column: int
    optional: bool = False
    lenient: bool = False
    late: bool = False


def read_imports(
    tree: ast.Module,
    package: str,
    python: tuple[int, int],
    present: Callable[[Import], bool],
    *,
    functions: bool = True,
) -> list[Import]:
    """Return every import of a module that may run.

    Args:
        tree: The module.
        package: The package that its relative imports begin from.
        python: Version of the Python that will run it.
        present: Whether an import would succeed; asked where an alternative stands beside it.
        functions: Whether to look into functions too, most of a module's text.
    """
    reader = _Reader(package, python, present, functions=functions)
    reader.visit(tree)
    return reader.found


def bound_names(tree: ast.Module) -> frozenset[str]:
    """Return the names that a module may hold; `*` if it cannot be told from its source."""
    names = set(_bound(tree))
    return frozenset(names | {"*"}) if "__getattr__" in names else frozenset(names)


def _bound(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((each.asname or each.name).partition(".")[0] for each in node.names)


class _Reader(ast.NodeVisitor):
    """Walks a module in the order it runs."""

    def __init__(
        self,
        package: str,
        python: tuple[int, int],
        present: Callable[[Import], bool],
        *,
        functions: bool,
    ) -> None:
        self._functions = functions
        self.found: list[Import] = []
        self._package, self._python, self._present = package, python, present
        self._optional = self._lenient = self._late = False
        self._importers = {"import_module", "__import__"}

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._add(node, alias.name, ())

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        members = tuple(alias.name for alias in node.names)
        if node.module == "importlib":
            self._importers |= {
                alias.asname or alias.name for alias in node.names if alias.name == "import_module"
            }
        self._add(node, self._absolute("." * node.level + (node.module or "")), members)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in self._importers and (node.args or node.keywords):
            self._add(node, self._literal(node), ())
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        known = truth(node.test, self._python)
        self.visit(node.test)
        if known is not False:
            asks = asks_for_a_module(node.test)
            self._within(node.body, optional=asks, lenient=asks, late=known is None)
        if known is not True:
            self._within(node.orelse, late=known is None)

    def visit_Try(self, node: ast.Try) -> None:
        handlers = [each for each in node.handlers if _catches(each, _IMPORT_ERRORS)]
        if not handlers:
            self.generic_visit(node)
            return
        before = len(self.found)
        # A handler that raises tells of the missing module, and does not go on without it.
        goes_on = not all(isinstance(each.body[-1], ast.Raise) for each in handlers)
        lenient = any(_catches(each, _ANY_MEMBER) for each in handlers)
        self._within(node.body, optional=goes_on, lenient=goes_on and lenient)
        complete = all(map(self._present, self.found[before:]))
        for handler in node.handlers:
            self._within(handler.body, optional=complete, lenient=complete)
        self._within(node.orelse, optional=not complete, lenient=not complete)
        self._within(node.finalbody)

    def visit_With(self, node: ast.With) -> None:
        calls = [item.context_expr for item in node.items]
        caught = {
            _last_name(kind)
            for call in calls
            if isinstance(call, ast.Call) and _last_name(call.func) == "suppress"
            for kind in call.args
        }
        for call in calls:
            self.visit(call)
        lenient = bool(caught & _ANY_MEMBER)
        self._within(node.body, optional=bool(caught & _IMPORT_ERRORS), lenient=lenient)

    def visit_FunctionDef(self, node: _Functions) -> None:
        if not self._functions:
            return
        late, self._late = self._late, True
        self.generic_visit(node)
        self._late = late

    visit_AsyncFunctionDef = visit_Lambda = visit_FunctionDef  # noqa: N815 - names that ast calls

    def _within(
        self,
        body: Sequence[ast.stmt],
        *,
        optional: bool = False,
        lenient: bool = False,
        late: bool = False,
    ) -> None:
        before = self._optional, self._lenient, self._late
        self._optional |= optional
        self._lenient |= lenient
        self._late |= late
        for statement in body:
            self.visit(statement)
        self._optional, self._lenient, self._late = before

    def _add(self, node: ast.stmt | ast.expr, name: str, members: tuple[str, ...]) -> None:
        at = node.lineno, node.col_offset + 1
        self.found.append(Import(name, members, *at, self._optional, self._lenient, self._late))

    def _literal(self, call: ast.Call) -> str:
        """Return the name that a call imports, or "" if it is computed."""
        named = {word.arg: word.value for word in call.keywords}
        first = call.args[0] if call.args else named.get("name")
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            return ""
        anchor = call.args[1] if len(call.args) > 1 else named.get("package")
        known = isinstance(anchor, ast.Constant) and isinstance(anchor.value, str)
        return self._absolute(first.value, anchor.value if known else self._package)  # type: ignore[union-attr]

    def _absolute(self, name: str, package: str | None = None) -> str:
        level = len(name) - len(name.lstrip("."))
        if not level:
            return name
        parts = (self._package if package is None else package).split(".")
        if level > len(parts) or not parts[0]:
            return ".."
        rest = [name.lstrip(".")] if name.lstrip(".") else []
        return ".".join([*parts[: len(parts) - level + 1], *rest])


def _catches(handler: ast.ExceptHandler, errors: set[str]) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or _last_name(kind) in errors for kind in kinds)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
