"""Small mistakes that a program can hold: where they can be made, and the program with one made."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
}


@dataclass(frozen=True)
class Site:
    """A place where a mistake can be made.

    Attributes:
        number: Which of the places of its file, from 0.
        lines: First and last line of the statement that it is made in, without its body.
        at_import: Whether it runs when its module is imported, and in no call.
        function: Where the statement stands, such as `Claim.take`; empty outside of functions.
        text: The statement, one line, without its body.
        what: The mistake, in words.
        same: How many places before this one read the same.
    """

    number: int
    lines: tuple[int, int]
    at_import: bool
    function: str
    text: str
    what: str
    same: int = 0

    def __str__(self) -> str:
        """Name the place by what stands there, which lasts when lines move."""
        again = f" ({self.same + 1})" if self.same else ""
        return f"{self.function}: {self.text} | {self.what}{again}"


Change = tuple[str, "Callable[[], None]"]


def sites(source: str) -> list[Site]:
    """Return every place of a source where a mistake can be made."""
    tree = ast.parse(source)
    around = dict(_statements(tree, _Place(tree)))
    found: list[Site] = []
    for number, (node, what, _) in enumerate(_changes(tree)):
        place = around[node]
        body = getattr(place.statement, "body", None)
        first, last = place.statement.lineno, place.statement.end_lineno
        lines = (first, max(first, body[0].lineno - 1 if isinstance(body, list) else last or 0))
        written = ast.unparse(place.statement).splitlines()
        name, text = ".".join(place.names), next(x for x in written if not x.startswith("@"))
        same = sum((s.function, s.text, s.what) == (name, text, what) for s in found)
        found.append(Site(number, lines, not place.called, name, text, what, same))
    return found


def mutated(source: str, number: int) -> ast.Module:
    """Return a source with the mistake made at one of its sites."""
    tree = copy.deepcopy(ast.parse(source))
    for at, (_, _, change) in enumerate(_changes(tree)):
        if at == number:
            change()
            break
    return ast.fix_missing_locations(tree)


@dataclass(frozen=True)
class _Place:
    """The innermost statement around a node, the names that lead there, whether calls run it."""

    statement: Any
    names: tuple[str, ...] = ()
    called: bool = False


def _statements(node: Any, place: _Place) -> Iterator[tuple[ast.AST, _Place]]:  # noqa: ANN401 - any node
    for child in ast.iter_child_nodes(node):
        is_function = isinstance(node, ast.FunctionDef)
        named = isinstance(node, ast.FunctionDef | ast.ClassDef) and child in node.body
        found = _Place(
            child if isinstance(child, ast.stmt) else place.statement,
            (*place.names, node.name) if named else place.names,
            place.called or (is_function and named),
        )
        yield child, found
        yield from _statements(child, found)


def _changes(tree: ast.Module) -> Iterator[tuple[ast.AST, str, Callable[[], None]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.stmt) and not _is_typing(node):
            yield from ((node, what, change) for what, change in _of(node))


def _is_typing(node: ast.AST) -> bool:
    """Whether a node only matters to a type checker."""
    test = getattr(node, "test", None)
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _of(node: ast.expr | ast.stmt) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            other = _COMPARED[type(op)]
            yield (
                f"{type(op).__name__} is {other.__name__}",
                lambda: node.ops.__setitem__(0, other()),
            )
        case ast.BoolOp(op=ast.And()):
            yield "and is or", lambda: setattr(node, "op", ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield "or is and", lambda: setattr(node, "op", ast.And())
        case ast.BinOp(op=op) if type(op) in _COMPUTED:
            yield (
                f"{type(op).__name__} is undone",
                lambda: setattr(node, "op", _COMPUTED[type(op)]()),
            )
        case ast.Constant(value=bool(value)):
            yield f"{value} is {not value}", lambda: setattr(node, "value", not value)
        case ast.Constant(value=int(value)):
            yield f"{value} is {value + 1}", lambda: setattr(node, "value", value + 1)
        case ast.If() | ast.IfExp() | ast.While():
            yield "the condition is negated", lambda: _negate(node)
        case ast.Return(value=ast.expr()):
            yield "nothing is returned", lambda: setattr(node, "value", ast.Constant(None))
        case ast.Expr(value=ast.Call()):
            yield "the call is left out", lambda: setattr(node, "value", ast.Constant(None))


def _negate(node: ast.If | ast.IfExp | ast.While) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)
