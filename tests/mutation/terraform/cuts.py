"""Where the attributes, blocks and entries of a Terraform file stand in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarivum_jobs.testing.terraform.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True)
class Cut:
    """A piece of a file that says one thing.

    Attributes:
        path: What it is in, from the block at the top to its own name.
        kind: `attribute`, `block`, or `entry` of an object within an expression.
        span: Where all of it stands.
        value: Where its expression stands; of a block, its body.
    """

    path: tuple[str, ...]
    kind: str
    span: tuple[int, int]
    value: tuple[int, int]


def cuts(text: str) -> list[Cut]:
    """Return every piece of a file, in its order."""
    return list(_Reader(text).body(()))


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.at = 0

    def body(self, path: tuple[str, ...]) -> Iterator[Cut]:
        """Yield what stands in a block up to the brace that ends it."""
        while True:
            token = self.tokens[self.at]
            if token.kind == "end" or (token.kind == "sign" and token.text == "}"):
                return
            self.at += 1
            if token.kind == "newline":
                continue
            yield from self._thing(path, token)

    def _thing(self, path: tuple[str, ...], name: Token) -> Iterator[Cut]:
        if self.tokens[self.at].text == "=":
            self.at += 1
            first = self.at
            self._skip_expression()
            value = (self.tokens[first].span[0], self.tokens[self.at - 1].span[1])
            own = (*path, name.text)
            yield Cut(own, "attribute", (name.span[0], value[1]), value)
            yield from _entries(self.tokens[first : self.at], own)
            return
        labels = []
        while self.tokens[self.at].text != "{" or self.tokens[self.at].kind == "string":
            token = self.tokens[self.at]
            labels.append("".join(token.parts) or token.text)
            self.at += 1
        opening = self.tokens[self.at]
        self.at += 1
        own = (*path, name.text, *labels)
        inner = list(self.body(own))
        closing = self.tokens[self.at]
        self.at += 1
        span = (name.span[0], closing.span[1])
        yield Cut(own, "block", span, (opening.span[1], closing.span[0]))
        yield from inner

    def _skip_expression(self) -> None:
        """Go to the end of the line that an expression ends on."""
        depth = 0
        while True:
            token = self.tokens[self.at]
            if depth == 0 and (token.kind in ("newline", "end") or token.text == "}"):
                return
            if token.kind == "sign":
                depth += (token.text in _OPENING) - (token.text in _CLOSING)
            self.at += 1


def _entries(found: list[Token], path: tuple[str, ...]) -> Iterator[Cut]:
    """Yield the entries of every object that is written out in an expression."""
    for number, token in enumerate(found):
        if token.kind == "sign" and token.text == "{":
            yield from _of_object(found, number + 1, path)


def _of_object(found: list[Token], at: int, path: tuple[str, ...]) -> Iterator[Cut]:
    first, depth = at, 0
    pieces: list[list[Token]] = [[]]
    while depth or found[at].text != "}":
        token = found[at]
        if token.kind == "sign":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if not depth and (token.kind == "newline" or token.text == ","):
            pieces.append([])
        else:
            pieces[-1].append(token)
        at += 1
    if any(token.text == "for" for token in found[first:at] if token.kind == "name"):
        opening = next(token for token in found[first:at] if token.kind != "newline")
        if opening.text == "for":
            return
    for piece in pieces:
        if len(piece) > 2 and piece[1].text in ("=", ":"):
            name = "".join(piece[0].parts) or piece[0].text
            value = (piece[2].span[0], piece[-1].span[1])
            yield Cut((*path, name), "entry", (piece[0].span[0], value[1]), value)
