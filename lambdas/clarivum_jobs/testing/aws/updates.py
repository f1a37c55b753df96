"""DynamoDB's update expressions: SET, REMOVE and ADD."""

import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from clarivum_jobs.testing.aws.expressions import (
    ExpressionError,
    Operand,
    Parser,
    Scope,
    operand,
    plain,
    tokens,
)

Change = Callable[[Scope, dict[str, Any]], None]
"""Writes into a copy of the item; every value is read from the item as it was."""

_CLAUSES = ("SET", "REMOVE", "ADD")


@functools.lru_cache(maxsize=256)
def update(text: str) -> Change:
    """Parse an update expression.

    Raises:
        ExpressionError: It uses what the simulation does not know.
    """
    parser, changes = _Updates(tokens(text)), []
    while parser.peek():
        clause = parser.take().upper()
        if clause not in _CLAUSES:
            message = f"{clause!r} is no clause of an update"
            raise ExpressionError(message)
        changes.append(parser.clause(clause))
        while parser.peek() == ",":
            parser.take()
            changes.append(parser.clause(clause))

    def apply(scope: Scope, item: dict[str, Any]) -> None:
        for change in changes:
            change(scope, item)

    return apply


class _Updates(Parser):
    def clause(self, clause: str) -> Change:
        name = self.take()
        if clause == "REMOVE":
            return lambda scope, item: void(item.pop(scope.names.get(name, name), None))
        if clause == "ADD":
            amount = operand(self.take())
            return lambda scope, item: item.update(
                {scope.names.get(name, name): _sum(scope.field(name), amount(scope), 1)}
            )
        self.take("=")
        value = self.value()
        return lambda scope, item: item.update({scope.names.get(name, name): value(scope)})

    def value(self) -> Operand:
        left = self.term()
        if self.peek() in {"+", "-"}:
            sign = 1 if self.take() == "+" else -1
            right = self.term()
            return lambda scope: _sum(left(scope), right(scope), sign)
        return left

    def term(self) -> Operand:
        word = self.take()
        if self.peek() != "(":
            return operand(word)
        self.take("(")
        first = self.term()
        self.take(",")
        second = self.term()
        self.take(")")
        if word == "if_not_exists":
            return lambda scope: first(scope) or second(scope)
        if word == "list_append":
            return lambda scope: {"L": [*first(scope)["L"], *second(scope)["L"]]}
        message = f"{word!r} is no function of an update"
        raise ExpressionError(message)


def _sum(left: Mapping[str, Any] | None, right: Mapping[str, Any], sign: int) -> dict[str, str]:
    return {"N": str((plain(left) if left else Decimal(0)) + sign * plain(right))}


def void(_value: object) -> None:
    """Take a value and give nothing."""
