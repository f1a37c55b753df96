"""DynamoDB's expression language: conditions, filters, key conditions and updates.

An expression is parsed once into a function; what the simulation does not know is refused loudly,
because a condition that is read wrongly proves nothing.
"""

import functools
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Item = Mapping[str, Any]
Operand = Callable[["Scope"], Any]
Test = Callable[["Scope"], bool]

_TOKEN = re.compile(r"\s*(<>|<=|>=|[=<>(),+\-]|[#:]?[A-Za-z_][\w.\-]*)")
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class ExpressionError(Exception):
    """The simulation does not understand an expression."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression is read against."""

    item: Item
    names: Mapping[str, str]
    values: Mapping[str, Any]

    def field(self, name: str) -> Any:  # noqa: ANN401 - an attribute has any type
        """The attribute a name or placeholder stands for, or none."""
        return self.item.get(self.names.get(name, name))


def plain(value: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """An attribute value as something Python compares: numbers as numbers, the rest as it is."""
    ((kind, inner),) = value.items()
    return Decimal(inner) if kind == "N" else inner


def tokens(text: str) -> list[str]:
    """Cut an expression into its words and signs.

    Raises:
        ExpressionError: Part of the text is neither.
    """
    found, position = [], 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            message = f"Cannot read {text[position:]!r}"
            raise ExpressionError(message)
        found.append(match[1])
        position = match.end()
    return found


@functools.lru_cache(maxsize=256)
def condition(text: str) -> Test:
    """Parse a condition, filter or key condition."""
    parser = Parser(tokens(text))
    test = parser.either()
    parser.finish()
    return test


class Parser:
    """Reads conditions, the loosest binding first."""

    def __init__(self, words: list[str]) -> None:
        """Start at the first word."""
        self.words, self.position = words, 0

    def peek(self) -> str:
        """The next word, upper case where it is a keyword; empty at the end."""
        return self.words[self.position] if self.position < len(self.words) else ""

    def take(self, expected: str = "") -> str:
        """Go past the next word."""
        word = self.peek()
        if expected and word.upper() != expected:
            message = f"Expected {expected} instead of {word!r}"
            raise ExpressionError(message)
        self.position += 1
        return word

    def finish(self) -> None:
        """Make sure that nothing is left."""
        if self.peek():
            message = f"Did not expect {self.peek()!r}"
            raise ExpressionError(message)

    def either(self) -> Test:
        """`a OR b`."""
        tests = [self.both()]
        while self.peek().upper() == "OR":
            self.take()
            tests.append(self.both())
        return tests[0] if len(tests) == 1 else lambda scope: any(t(scope) for t in tests)

    def both(self) -> Test:
        """`a AND b`."""
        tests = [self.single()]
        while self.peek().upper() == "AND":
            self.take()
            tests.append(self.single())
        return tests[0] if len(tests) == 1 else lambda scope: all(t(scope) for t in tests)

    def single(self) -> Test:
        """`NOT a`, a parenthesis, a function or a comparison."""
        word = self.peek()
        if word.upper() == "NOT":
            self.take()
            inner = self.single()
            return lambda scope: not inner(scope)
        if word == "(":
            self.take()
            inner = self.either()
            self.take(")")
            return inner
        if word in _FUNCTIONS:
            return self.function(_FUNCTIONS[self.take()])
        return self.comparison()

    def function(self, apply: Callable[..., bool]) -> Test:
        """`name(field[, value])`."""
        self.take("(")
        field = self.take()
        rest: list[Operand] = []
        while self.peek() == ",":
            self.take()
            rest.append(operand(self.take()))
        self.take(")")
        return lambda scope: apply(scope.field(field), *(value(scope) for value in rest))

    def comparison(self) -> Test:
        """`a < b`, and the like, and `a BETWEEN b AND c`; `a` may be `size(field)`."""
        left, sign = self.left(), self.take()
        if sign.upper() == "BETWEEN":
            low = operand(self.take())
            self.take("AND")
            high = operand(self.take())
            return lambda scope: _between(left(scope), low(scope), high(scope))
        if sign not in _COMPARE:
            message = f"{sign!r} is no comparison"
            raise ExpressionError(message)
        right, compare = operand(self.take()), _COMPARE[sign]
        return lambda scope: _compare(compare, left(scope), right(scope))

    def left(self) -> Operand:
        """What is compared: a field, a value or `size(field)`."""
        word = self.take()
        if word != "size":
            return operand(word)
        self.take("(")
        field = self.take()
        self.take(")")
        return lambda scope: _size(scope.field(field))


def check_placeholders(params: Mapping[str, Any]) -> None:
    """Refuse a name or a value that no expression uses, or that one uses and nobody gives.

    Raises:
        ExpressionError: There is one.
    """
    texts = " ".join(str(text) for key, text in params.items() if key.endswith("Expression"))
    used = set(re.findall(r"[#:]\w+", texts))
    given = {
        *params.get("ExpressionAttributeNames", {}),
        *params.get("ExpressionAttributeValues", {}),
    }
    if used != given:
        message = f"Placeholders and expressions differ in {sorted(used ^ given)}"
        raise ExpressionError(message)


def operand(word: str) -> Operand:
    """A value placeholder or a field."""
    if word.startswith(":"):
        return lambda scope: scope.values[word]
    return lambda scope: scope.field(word)


def _compare(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:  # noqa: ANN401
    """Compare two attribute values: what is missing or of another type never matches, except <>."""
    if left is None or right is None or set(left) != set(right):
        return compare is operator.ne
    return compare(plain(left), plain(right))


def _size(value: Mapping[str, Any] | None) -> dict[str, str] | None:
    """Elements of a list, characters of a text; what is missing has no size and never matches."""
    return None if value is None else {"N": str(len(plain(value)))}


def _between(value: Any, low: Any, high: Any) -> bool:  # noqa: ANN401
    return _compare(operator.ge, value, low) and _compare(operator.le, value, high)


_FUNCTIONS: Mapping[str, Callable[..., bool]] = {
    "attribute_exists": lambda field: field is not None,
    "attribute_not_exists": lambda field: field is None,
    "begins_with": lambda field, start: field is not None and plain(field).startswith(plain(start)),
    "contains": lambda field, part: field is not None and plain(part) in plain(field),
}
