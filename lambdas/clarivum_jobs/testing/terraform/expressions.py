"""HCL's expressions, read into functions of the scope that they are asked in."""

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clarivum_jobs.testing.terraform.forgiving import FORGIVING
from clarivum_jobs.testing.terraform.tokens import HclError, Token, tokens

Value = Any
"""None, a bool, a number, a text, a list, a mapping - or, in types, a conversion."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean.

    Attributes:
        names: Values of the first words of references, such as `var`.
        functions: What can be called.
    """

    names: Mapping[str, Value]
    functions: Mapping[str, Callable[..., Value]] = field(default_factory=dict)

    def within(self, **names: Value) -> "Scope":
        """Return a scope that knows more names."""
        return Scope({**self.names, **names}, self.functions)


Expression = Callable[[Scope], Value]

_BINARY: tuple[Mapping[str, Callable[[Value, Value], Value]], ...] = (
    {"||": lambda left, right: left or right},
    {"&&": lambda left, right: left and right},
    {"==": operator.eq, "!=": operator.ne},
    {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge},
    {"+": operator.add, "-": operator.sub},
    {"*": operator.mul, "/": operator.truediv, "%": operator.mod},
)
_WORDS: Mapping[str, Value] = {"true": True, "false": False, "null": None}


def text_of(value: Value) -> str:
    """A value as a template writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def pairs(value: Value) -> list[tuple[Value, Value]]:
    """What `for` goes through: keys or positions, and values; mappings in the order of keys."""
    if isinstance(value, Mapping):
        return sorted(value.items())
    return list(enumerate(value))


class Parser:
    """Reads tokens from left to right."""

    def __init__(self, source: str | Sequence[Token]) -> None:
        """Begin at the first token."""
        self.tokens = tokens(source) if isinstance(source, str) else source
        self.at = 0

    def peek(self, *, over_lines: bool = False) -> Token:
        """Return the next token."""
        while over_lines and self.tokens[self.at].kind == "newline":
            self.at += 1
        return self.tokens[self.at]

    def take(self, text: str = "", *, over_lines: bool = False) -> Token:
        """Go past the next token, which must be `text` if that is given.

        Raises:
            HclError: It is another.
        """
        token = self.peek(over_lines=over_lines)
        if text and (token.text != text or token.kind == "string"):
            message = f"{text!r} expected, not {token.text!r}"
            raise HclError(message)
        self.at += 1
        return token

    def at_sign(self, *texts: str, over_lines: bool = False) -> bool:
        """Whether the next token is one of some signs."""
        token = self.peek(over_lines=over_lines)
        return token.kind in {"sign", "name"} and token.text in texts

    def expression(self) -> Expression:
        """Read one expression, a condition with its two ends among them."""
        test = self._binary(0)
        if not self.at_sign("?"):
            return test
        self.take("?")
        yes = self._over_lines(self.expression)
        self.take(":", over_lines=True)
        no = self._over_lines(self.expression)
        return lambda scope: yes(scope) if test(scope) else no(scope)

    def _over_lines(self, read: Callable[[], Expression]) -> Expression:
        self.peek(over_lines=True)
        return read()

    def _binary(self, level: int) -> Expression:
        if level == len(_BINARY):
            return self._unary()
        left = self._binary(level + 1)
        while self.at_sign(*_BINARY[level]):
            sign = self.take().text
            left = self._applied(sign, _BINARY[level][sign], left, level)
        return left

    def _applied(
        self, sign: str, act: Callable[[Value, Value], Value], left: Expression, level: int
    ) -> Expression:
        right = self._over_lines(lambda: self._binary(level + 1))
        if sign == "||":
            return lambda scope: left(scope) or right(scope)
        if sign == "&&":
            return lambda scope: left(scope) and right(scope)
        return lambda scope: act(left(scope), right(scope))

    def _unary(self) -> Expression:
        if self.at_sign("!"):
            self.take()
            inner = self._unary()
            return lambda scope: not inner(scope)
        if self.at_sign("-"):
            self.take()
            number = self._unary()
            return lambda scope: -number(scope)
        return self._reached(self._primary())

    def _reached(self, value: Expression) -> Expression:
        """Read what follows a value: `.name`, `[key]` and `[*]`, which the rest applies to each."""
        while self.at_sign(".", "["):
            if self.take().text == ".":
                value = _member(value, self.take().text)
            elif self.at_sign("*"):
                self.take("*")
                self.take("]")
                rest = self._reached(lambda scope: scope.names["*"])
                return _each(value, rest)
            else:
                key = self._over_lines(self.expression)
                self.take("]", over_lines=True)
                value = _item(value, key)
        return value

    def _primary(self) -> Expression:
        token = self.take()
        if token.kind == "string":
            return _template(token)
        if token.kind == "number":
            return _constant(float(token.text) if "." in token.text else int(token.text))
        if token.kind == "name":
            return self._named(token.text)
        reads = {"(": self._grouped, "[": self._list, "{": self._object}
        if token.text not in reads:
            message = f"no expression begins with {token.text!r}"
            raise HclError(message)
        return reads[token.text]()

    def _named(self, name: str) -> Expression:
        if self.at_sign("("):
            return self._call(name)
        return _constant(_WORDS[name]) if name in _WORDS else lambda scope: scope.names[name]

    def _grouped(self) -> Expression:
        inner = self._over_lines(self.expression)
        self.take(")", over_lines=True)
        return inner

    def _call(self, name: str) -> Expression:
        self.take("(")
        values, spread = [], False
        while not self.at_sign(")", over_lines=True):
            values.append(self.expression())
            if self.at_sign("...", over_lines=True):
                self.take("...")
                spread = True
            if self.at_sign(",", over_lines=True):
                self.take(",")
        self.take(")")

        def called(scope: Scope) -> Value:
            if name in FORGIVING:
                return FORGIVING[name]([functools.partial(value, scope) for value in values])
            if name not in scope.functions:
                message = f"the function {name} is not known here"
                raise HclError(message)
            found = [value(scope) for value in values]
            return scope.functions[name](*(found[:-1] + list(found[-1]) if spread else found))

        return called

    def _list(self) -> Expression:
        if self.at_sign("for", over_lines=True):
            return self._for("]")
        values = []
        while not self.at_sign("]", over_lines=True):
            values.append(self.expression())
            if self.at_sign(",", over_lines=True):
                self.take(",")
        self.take("]")
        return lambda scope: [value(scope) for value in values]

    def _object(self) -> Expression:
        if self.at_sign("for", over_lines=True):
            return self._for("}")
        entries: list[tuple[Expression, Expression]] = []
        while not self.at_sign("}", over_lines=True):
            entries.append((self._key(), self._over_lines(self.expression)))
            if self.at_sign(","):
                self.take(",")
        self.take("}")
        return lambda scope: {key(scope): value(scope) for key, value in entries}

    def _key(self) -> Expression:
        token = self.peek()
        if token.kind == "name":
            self.take()
            key: Expression = lambda _scope: token.text  # noqa: E731 - it has a type
        else:
            key = self._primary()
        if not self.at_sign(":"):
            self.take("=")
        else:
            self.take(":")
        return key

    def _for(self, closing: str) -> Expression:
        self.take("for", over_lines=True)
        names = [self.take().text]
        if self.at_sign(","):
            self.take(",")
            names.append(self.take().text)
        self.take("in")
        source = self.expression()
        self.take(":", over_lines=True)
        first = self._over_lines(self.expression)
        second: Expression | None = None
        if self.at_sign("=>", over_lines=True):
            self.take("=>")
            second = self._over_lines(self.expression)
        test: Expression = lambda _scope: True  # noqa: E731 - it has a type
        if self.at_sign("if", over_lines=True):
            self.take("if")
            test = self.expression()
        self.take(closing, over_lines=True)

        def inside(scope: Scope) -> list[Scope]:
            scopes = (
                scope.within(**dict(zip(names, pair[-len(names) :], strict=True)))
                for pair in pairs(source(scope))
            )
            return [inner for inner in scopes if test(inner)]

        if second is None:
            return lambda scope: [first(inner) for inner in inside(scope)]
        value = second
        return lambda scope: {first(inner): value(inner) for inner in inside(scope)}


def _member(value: Expression, name: str) -> Expression:
    return lambda scope: value(scope)[name]


def _item(value: Expression, key: Expression) -> Expression:
    return lambda scope: value(scope)[key(scope)]


def _each(value: Expression, rest: Expression) -> Expression:
    def found(scope: Scope) -> list[Value]:
        many = value(scope)
        # What is no list is one of one, and what is null is none.
        many = many if isinstance(many, list | tuple | set) else [many] * (many is not None)
        return [rest(scope.within(**{"*": one})) for one in many]

    return found


def _template(token: Token) -> Expression:
    pieces: list[Expression] = []
    for number, part in enumerate(token.parts):
        if number % 2:
            pieces.append(Parser(part).expression())
        else:
            pieces.append(_constant(part))
    if len(pieces) == 1:
        return pieces[0]
    if len(pieces) == 3 and not token.parts[0] and not token.parts[2]:  # noqa: PLR2004 - "${value}" is the value itself
        return pieces[1]
    return lambda scope: "".join(text_of(piece(scope)) for piece in pieces)


def _constant(value: Value) -> Expression:
    return lambda _scope: value
