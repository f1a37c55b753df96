r"""Patterns as JSON Schema means them, ECMA-262 with its `u` flag, in the syntax the models run.

The models match with Rust's `regex`: linear time, so neither look-around nor back references,
which are refused. Everything else is translated: `\d`, `\w`, `\b` are ASCII in ECMA-262,
`\s` and `.` differ in single characters, and what needs escaping differs.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

DEEPEST = 50

_DIGIT = "0-9"
_WORD = "0-9A-Z_a-z"
_SPACE = (
    r"\t\n\v\f\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}"
)
_CLASSES = {"d": _DIGIT, "w": _WORD, "s": _SPACE}
_CONTROLS = {"f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_SPECIAL_IN_SETS = r"\[]^-&~"
_DOT = r"[^\n\r\u{2028}\u{2029}]"
_HEX = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}")
_PAIR = re.compile(r"u([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})")
_PROPERTY = re.compile(r"[pP]\{[A-Za-z0-9_=]+\}")
_QUANTIFIER = re.compile(r"([*+?])|\{([0-9]{1,9})(,([0-9]{1,9})?)?\}")
_NAME = re.compile(r"\?<[A-Za-z_$][A-Za-z0-9_$]*>")
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class PatternError(ValueError):
    """A pattern that is broken, or that the models cannot run."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character; `rust` is the expression of what it may be, `literal` the one it is."""

    rust: str
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A place between characters."""

    rust: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part, some number of times."""

    part: "Part"
    low: int
    high: int | None
    rust: str


@dataclass(frozen=True, slots=True)
class Choices:
    """One of some sequences of parts."""

    sequences: tuple[tuple["Part", ...], ...]
    rust: str


Part: TypeAlias = Chars | Assertion | Repeat | Choices


def parse(pattern: str) -> Choices:
    """Return a pattern's parts, each with its translation.

    Raises:
        PatternError: It is broken, or cannot be run.
    """
    reader = _Reader(pattern)
    choices = reader.choices(0)
    if reader.at < len(pattern):
        message = "a closing parenthesis without an opening one"
        raise PatternError(message)
    return choices


@dataclass(slots=True)
class _Reader:
    """Reads a pattern from left to right."""

    text: str
    at: int = field(default=0)

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self, token: str) -> bool:
        found = self.text.startswith(token, self.at)
        self.at += len(token) if found else 0
        return found

    def match(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        found = expression.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def choices(self, depth: int) -> Choices:
        if depth > DEEPEST:
            message = "groups are nested too deeply"
            raise PatternError(message)
        sequences = [self.sequence(depth)]
        while self.take("|"):
            sequences.append(self.sequence(depth))
        rust = "|".join("".join(part.rust for part in parts) for parts in sequences)
        return Choices(tuple(sequences), rust)

    def sequence(self, depth: int) -> tuple[Part, ...]:
        parts: list[Part] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.quantified(self.atom(depth)))
        return tuple(parts)

    def quantified(self, part: Part) -> Part:
        found = self.match(_QUANTIFIER)
        if found is None:
            return part
        if isinstance(part, Assertion):
            message = "nothing to repeat before a quantifier"
            raise PatternError(message)
        lazy = "?" if self.take("?") else ""
        if self.peek() in ("*", "+", "?"):
            message = "a quantifier after a quantifier"
            raise PatternError(message)
        if found[1]:
            low, high = (1 if found[1] == "+" else 0), (1 if found[1] == "?" else None)
        else:
            low = int(found[2])
            high = low if found[3] is None else (None if found[4] is None else int(found[4]))
        if high is not None and high < low:
            message = "a quantifier's bounds are in the wrong order"
            raise PatternError(message)
        return Repeat(part, low, high, f"{part.rust}{found[0]}{lazy}")

    def atom(self, depth: int) -> Part:  # noqa: PLR0911 - one return a kind of atom
        if self.match(_QUANTIFIER):
            message = "nothing to repeat before a quantifier"
            raise PatternError(message)
        char = self.text[self.at]
        self.at += 1
        if char in "^$":
            return Assertion(char)
        if char == ".":
            return Chars(_DOT)
        if char == "(":
            return self.group(depth)
        if char == "[":
            return Chars(self.set())
        if char != "\\":
            return Chars(escaped(char), char)
        if self.take("b"):
            return Assertion(r"(?-u:\b)")
        if self.take("B"):
            message = r"`\B` cannot be run; say what stands there instead"
            raise PatternError(message)
        inside, literal = self.escape()
        return Chars(escaped(literal) if literal else f"[{inside}]", literal)

    def group(self, depth: int) -> Choices:
        if self.text.startswith(("?=", "?!", "?<=", "?<!"), self.at):
            message = "look-around cannot be run in linear time; use two properties or a format"
            raise PatternError(message)
        if not self.match(_NAME) and not self.take("?:") and self.peek() == "?":
            message = "an unknown kind of group"
            raise PatternError(message)
        inner = self.choices(depth + 1)
        if not self.take(")"):
            message = "a group is not closed"
            raise PatternError(message)
        return Choices(inner.sequences, f"(?:{inner.rust})")

    def set(self) -> str:
        negated = self.take("^")
        parts: list[str] = []
        while not self.take("]"):
            inside, literal = self.member()
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high_inside, high = self.member()
                if not literal or not high or literal > high:
                    message = "a range in a set is not one of characters in order"
                    raise PatternError(message)
                inside = f"{inside}-{high_inside}"
            parts.append(inside)
        if not parts:
            return rf"[\x{{0}}-\x{{{_LAST_CHARACTER:x}}}]" if negated else r"[^\x{0}-\x{10ffff}]"
        return f"[{'^' if negated else ''}{''.join(parts)}]"

    def member(self) -> tuple[str, str]:
        """Return one member of a set, and the character it is, empty for a class."""
        char = self.peek()
        if not char:
            message = "a set is not closed"
            raise PatternError(message)
        self.at += 1
        if char != "\\":
            return escaped(char, _SPECIAL_IN_SETS), char
        if self.take("b"):
            return r"\x{8}", "\b"
        inside, literal = self.escape()
        return (escaped(literal, _SPECIAL_IN_SETS), literal) if literal else (inside, "")

    def escape(self) -> tuple[str, str]:  # noqa: PLR0911 - one return a kind of escape
        """Return what an escape means inside a set, and the character it is, if it is one."""
        if found := self.match(_PROPERTY):
            return f"\\{found[0]}", ""
        if found := self.match(_PAIR):
            return "", (chr(int(found[1], 16)) + chr(int(found[2], 16))).encode(
                "utf-16", "surrogatepass"
            ).decode("utf-16")
        if found := self.match(_HEX):
            return "", _character(int(found[1] or found[2] or found[3], 16))
        char = self.peek()
        self.at += 1
        if char.lower() in _CLASSES and char:
            inside = _CLASSES[char.lower()]
            return (inside if char.islower() else f"[^{inside}]"), ""
        if char in _CONTROLS:
            return "", _CONTROLS[char]
        if char == "c" and self.peek().isascii() and self.peek().isalpha():
            self.at += 1
            return "", chr(ord(self.text[self.at - 1]) % 32)
        if char == "0" and not self.peek().isdigit():
            return "", "\0"
        if char.isdigit() or char == "k":
            message = "back references cannot be run in linear time"
            raise PatternError(message)
        if not char or char.isalnum() or char == "_":
            message = rf"`\{char}` means nothing in ECMA-262"
            raise PatternError(message)
        return "", char


def escaped(char: str, special: str = r"\.+*?()|[]{}^$") -> str:
    """Return a character as itself; which ones are special depends on being inside a set."""
    if char in special:
        return f"\\{char}"
    return char if char.isprintable() else rf"\x{{{ord(char):x}}}"


def _character(code: int) -> str:
    if code > _LAST_CHARACTER or code in _SURROGATES:
        message = "an escape that is no character"
        raise PatternError(message)
    return chr(code)
