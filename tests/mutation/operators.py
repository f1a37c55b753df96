"""Small mistakes that a program can hold: where they can be made, and the program with one made."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        line: Line of the file.
        what: The mistake, in words.
    """

    number: int
    line: int
    what: str


Change = tuple[str, "Callable[[], None]"]


def sites(source: str) -> list[Site]:
    """Return every place of a source where a mistake can be made."""
    found = _changes(ast.parse(source))
    return [Site(number, line, what) for number, (line, what, _) in enumerate(found)]


def mutated(source: str, number: int) -> ast.Module:
    """Return a source with the mistake made at one of its sites."""
    tree = copy.deepcopy(ast.parse(source))
    for at, (_, _, change) in enumerate(_changes(tree)):
        if at == number:
            change()
            break
    return ast.fix_missing_locations(tree)


def function_of(source: str, line: int) -> tuple[int, int]:
    """Return the first and last line of the innermost function at a line, else of the source."""
    found = (1, source.count("\n") + 1)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            inside = first <= line <= node.end_lineno and line > node.body[0].lineno - 1
            if inside and node.end_lineno - first < found[1] - found[0]:
                found = (first, node.end_lineno)
    return found


def _changes(tree: ast.Module) -> Iterator[tuple[int, str, Callable[[], None]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.stmt) and not _is_typing(node):
            yield from ((node.lineno, what, change) for what, change in _of(node))


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
