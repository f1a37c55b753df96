"""Terraform's type constraints, such as `map(object({ days = optional(number, 3) }))`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

_TOKEN = re.compile(r'\s*(?:([A-Za-z_][A-Za-z0-9_-]*)|("(?:\\.|[^"\\])*")|(\S))', re.DOTALL)
_PRIMITIVE = frozenset({"string", "number", "bool", "any"})
_COLLECTION = frozenset({"list", "set", "map"})
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One type constraint.

    Attributes:
        name: `string`, `number`, `bool`, `any`, `list`, `set`, `map`, `object` or `tuple`.
        inner: What a collection holds, or a tuple at each place.
        attributes: What an object has.
        optional: Which of them may be left out.
    """

    name: str
    inner: tuple["Kind", ...] = ()
    attributes: Mapping[str, "Kind"] = field(default_factory=dict, hash=False)
    optional: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """Return it as a person writes it, an object by its name alone."""
        return f"{self.name} of {self.inner[0]}" if self.name in _COLLECTION else self.name


ANY = Kind("any")


@cache
def kind_of(text: str) -> Kind:
    """Return the constraint that a text writes; `any` for what is not understood.

    What this cannot read it must not judge: Terraform reads it all the same.
    """
    try:
        return _Reader(text).kind()
    except (IndexError, ValueError):
        return ANY


class _Reader:
    def __init__(self, text: str) -> None:
        found: list[tuple[str, str, str]] = _TOKEN.findall(text)
        self._tokens = [name or quoted or sign for name, quoted, sign in found]
        self._at = 0

    def kind(self) -> Kind:
        name = self._take()
        if name in _PRIMITIVE:
            return Kind(name)
        self._expect("(")
        if name in _COLLECTION:
            found = Kind(name, (self.kind(),))
        elif name == "object":
            found = self._object()
        elif name == "tuple":
            found = Kind(name, tuple(self._listed()))
        else:
            raise ValueError(name)
        self._expect(")")
        return found

    def _object(self) -> Kind:
        attributes: dict[str, Kind] = {}
        optional = set()
        self._expect("{")
        while self._next() != "}":
            name = self._take().strip('"')
            if self._take() not in "=:":
                raise ValueError(name)
            if self._next() == "optional":
                optional.add(name)
                self._at += 1
                self._expect("(")
                attributes[name] = self.kind()
                self._skip_default()
            else:
                attributes[name] = self.kind()
            if self._next() == ",":
                self._at += 1
        self._expect("}")
        return Kind("object", (), attributes, frozenset(optional))

    def _listed(self) -> list[Kind]:
        found = []
        self._expect("[")
        while self._next() != "]":
            found.append(self.kind())
            if self._next() == ",":
                self._at += 1
        self._expect("]")
        return found

    def _skip_default(self) -> None:
        """Go past the end of `optional(...)`, whatever expression its default is."""
        depth = 1
        while depth:
            token = self._take()
            depth += (token in _OPENING) - (token in _CLOSING)

    def _next(self) -> str:
        return self._tokens[self._at]

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, token: str) -> None:
        if self._take() != token:
            raise ValueError(token)
