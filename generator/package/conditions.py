"""Conditions that are decided before a module runs in Lambda, as type checkers know them."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_PLATFORM = "linux"

_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def truth(test: ast.expr, python: tuple[int, int]) -> bool | None:
    """Return what a condition is in Lambda, or None if only running it would tell.

    Known are `TYPE_CHECKING`, `sys.version_info`, `sys.platform`, `__name__ == "__main__"` and
    what is made of them with `not`, `and` and `or`.

    Args:
        test: The condition.
        python: Version of the Python that will run it.
    """
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.Name | ast.Attribute):
        return False if _ends_in(test) == "TYPE_CHECKING" else None
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        known = truth(test.operand, python)
        return None if known is None else not known
    if isinstance(test, ast.BoolOp):
        deciding = isinstance(test.op, ast.Or)
        parts = [truth(part, python) for part in test.values]
        if deciding in parts:
            return deciding
        return None if None in parts else not deciding
    return _platform_call(test) if isinstance(test, ast.Call) else _compared(test, python)


def asks_for_a_module(test: ast.expr) -> bool:
    """Whether a condition looks for a module itself, by `find_spec`."""
    return any(
        isinstance(node, ast.Call) and _ends_in(node.func) == "find_spec" for node in ast.walk(test)
    )


def _compared(test: ast.expr, python: tuple[int, int]) -> bool | None:
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1):
        return None
    compare = _COMPARISONS.get(type(test.ops[0]))
    left, right = _value(test.left, python), _value(test.comparators[0], python)
    if compare is None or left is None or right is None:
        return None
    try:
        return bool(compare(left, right))
    except TypeError:
        return None


def _value(node: ast.expr, python: tuple[int, int]) -> object:
    """Return what an expression is in Lambda, or None if that is not known."""
    known = {
        "sys.version_info": python,
        "sys.version_info[0]": python[0],
        "sys.version_info[1]": python[1],
        "sys.version_info.major": python[0],
        "sys.version_info.minor": python[1],
        "sys.version_info[:2]": python,
        "sys.platform": _PLATFORM,
        "os.name": "posix",
        "__name__": "imported",
    }
    text = ast.unparse(node)
    if text in known:
        return known[text]
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _platform_call(test: ast.Call) -> bool | None:
    """`sys.platform.startswith("win")`."""
    method, arguments = test.func, test.args
    if (
        isinstance(method, ast.Attribute)
        and method.attr == "startswith"
        and _ends_in(method.value) == "platform"
        and len(arguments) == 1
        and isinstance(arguments[0], ast.Constant)
        and isinstance(arguments[0].value, str)
    ):
        return _PLATFORM.startswith(arguments[0].value)
    return None


def _ends_in(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
