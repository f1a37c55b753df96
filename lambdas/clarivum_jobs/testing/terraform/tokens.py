"""The words of HCL: a file cut into pieces, with the templates in its strings cut out as well."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "number", "string", "sign", "newline", "end"]

_WORD = re.compile(
    r"(?P<blank>[ \t\r]+|(?:\#|//)[^\n]*|/\*.*?\*/)"
    r"|(?P<newline>\n)"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_-]*)"
    r"|(?P<sign>==|!=|<=|>=|&&|\|\||=>|\.\.\.|[?:=<>!+*/%.,()\[\]{}-])",
    re.DOTALL,
)
_KINDS: tuple[Kind, ...] = ("name", "number", "sign", "newline")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_OPENS = {"${": "}", "%{": "}"}


class HclError(Exception):
    """A text is not HCL, or uses what these modules did not use so far."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a file.

    Attributes:
        parts: Of a string: texts, and the source of each expression in it, by turns.
        span: Where it begins and ends in the text.
    """

    kind: Kind
    text: str
    parts: tuple[str, ...] = ()
    span: tuple[int, int] = (0, 0)


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens, with one that marks its end.

    Raises:
        HclError: Some character begins no token.
    """
    found: list[Token] = []
    within: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == '"':
            parts, end = _string(text, at + 1)
            found.append(Token("string", "", parts, (at, end)))
            at = end
            continue
        match = _WORD.match(text, at)
        if match is None:
            message = f"no HCL: {text[at : at + 40]!r}"
            raise HclError(message)
        at = match.end()
        sign = match.group()
        if match.lastgroup == "sign" and sign in "([{":
            within.append(sign)
        elif match.lastgroup == "sign" and sign in ")]}" and within:
            within.pop()
        if match.lastgroup == "newline" and within and within[-1] != "{":
            continue  # an expression in brackets goes on over lines
        found += [Token(kind, sign, (), match.span()) for kind in _KINDS if match.lastgroup == kind]
    found.append(Token("end", "", (), (at, at)))
    return found


def _string(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Read a string up to its closing quote; returns its parts and where it ends."""
    parts, plain = [], ""
    while text[at] != '"':
        here = text[at : at + 2]
        if here in {"$$", "%%"} and text[at + 2 : at + 3] == "{":
            plain, at = plain + here[0] + "{", at + 3
        elif here in _OPENS:
            end = _closing(text, at + 2)
            parts += [plain, text[at + 2 : end]]
            plain, at = "", end + 1
        elif here[0] == "\\":
            if here[1] in "uU":
                length = 4 if here[1] == "u" else 8
                plain += chr(int(text[at + 2 : at + 2 + length], 16))
                at += 2 + length
            else:
                plain, at = plain + _ESCAPES[here[1]], at + 2
        else:
            plain, at = plain + text[at], at + 1
    return (*parts, plain), at + 1


def _closing(text: str, at: int) -> int:
    """Return where the brace stands that closes an expression, strings in it left alone."""
    depth = 0
    while text[at] != "}" or depth:
        if text[at] == '"':
            _, at = _string(text, at + 1)
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at
