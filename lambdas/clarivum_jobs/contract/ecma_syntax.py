"""Whether text is a regular expression of ECMA-262 with its `u` flag; it is never run.

The same code judges defaults and samples when code is generated, and payloads when it runs.
"""

import re

_HEX = r"u(?:[0-9A-Fa-f]{4}|\{0*(?:10|[0-9A-Fa-f])?[0-9A-Fa-f]{1,4}\})|x[0-9A-Fa-f]{2}"
_PROPERTY = r"[pP]\{[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?\}"
_CONTROL = r"[fnrtv]|c[A-Za-z]|0(?![0-9])"
_CLASS_ESCAPE = re.compile(rf"[dDsSwW]|{_PROPERTY}")
_CHAR_ESCAPE = re.compile(rf"{_CONTROL}|{_HEX}|[\^$\\.*+?()\[\]{{}}|/]")
_NAME = r"[A-Za-z_$][A-Za-z0-9_$]*"
_BACK = re.compile(rf"(?P<number>[1-9][0-9]*)|k<(?P<name>{_NAME})>")
_GROUP = re.compile(rf"\?(?:(?P<plain>:)|(?P<look><?[=!])|<(?P<name>{_NAME})>)")
_MOST_DIGITS = 18
_HYPHEN_IN_RANGE = re.compile(r"-(?=[^\]])", re.DOTALL)
_TIMES = re.compile(r"[*+?]|\{(?P<low>[0-9]+)(?:,(?P<high>[0-9]*))?\}")


def is_regex(text: str) -> bool:
    """Say whether text is a regular expression."""
    return _Expression(text).is_sound()


class _Expression:
    """A walk through an expression, from the left to the right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open: list[bool] = []
        """Of each group that is open, whether it may be repeated."""
        self._names: set[str] = set()
        self._groups = 0
        self._asked: list[int | str] = []
        """Groups that back references ask for."""
        self._repeatable = False

    def is_sound(self) -> bool:
        """Say whether the end is reached, and everything that was opened is closed."""
        while self._at < len(self._text):
            if not self._step(self._text[self._at]):
                return False
        groups = all(
            asked in self._names if isinstance(asked, str) else asked <= self._groups
            for asked in self._asked
        )
        return groups and not self._open

    def _step(self, char: str) -> bool:  # noqa: PLR0911 - one return a kind of character
        match char:
            case "(":
                return self._group()
            case ")":
                self._at += 1
                if not self._open:
                    return False
                self._repeatable = self._open.pop()
                return True
            case "[":
                return self._set()
            case "\\":
                return self._escape()
            case "*" | "+" | "?" | "{":
                return self._times()
            case "]" | "}":
                return False
            case _:
                self._at += 1
                self._repeatable = char not in "|^$"
                return True

    def _taken(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        if match is not None:
            self._at = match.end()
        return match

    def _group(self) -> bool:
        self._at += 1
        marked = self._text.startswith("?", self._at)
        match = self._taken(_GROUP)
        if marked and match is None:
            return False
        name = match["name"] if match is not None else None
        if match is None or name:
            self._groups += 1
        if name:
            if name in self._names:
                return False
            self._names.add(name)
        self._open.append(match is None or not match["look"])
        self._repeatable = False
        return True

    def _times(self) -> bool:
        match = self._taken(_TIMES)
        if match is None or not self._repeatable:
            return False
        if self._text.startswith("?", self._at):
            self._at += 1
        self._repeatable = False
        return not match["high"] or _number(match["low"]) <= _number(match["high"])

    def _escape(self) -> bool:
        self._at += 1
        self._repeatable = True
        if self._text[self._at : self._at + 1] in {"b", "B"}:
            self._at += 1
            self._repeatable = False
            return True
        if back := self._taken(_BACK):
            self._asked.append(_number(back["number"]) if back["number"] else back["name"])
            return True
        return (self._taken(_CLASS_ESCAPE) or self._taken(_CHAR_ESCAPE)) is not None

    def _set(self) -> bool:
        """Read a set of characters; the ends of a range are characters, in order."""
        self._at += 2 if self._text.startswith("[^", self._at) else 1
        low: int | None = None
        in_range = False
        while self._at < len(self._text) and self._text[self._at] != "]":
            if low is not None and not in_range and _HYPHEN_IN_RANGE.match(self._text, self._at):
                self._at += 1
                in_range = True
            code = self._member()
            if code is None or (in_range and (code < 0 or low is None or not 0 <= low <= code)):
                return False
            low = None if in_range else code
            in_range = False
        self._at += 1
        self._repeatable = True
        return self._at <= len(self._text)

    def _member(self) -> int | None:
        """Return the code of a set's next character, -1 for several; None if it is none."""
        char = self._text[self._at]
        self._at += 1
        if char != "\\":
            return ord(char)
        if self._taken(_CLASS_ESCAPE):
            return -1
        if self._text[self._at : self._at + 1] in {"b", "-"}:
            self._at += 1
            return ord("-" if self._text[self._at - 1] == "-" else "\b")
        match = self._taken(_CHAR_ESCAPE)
        return None if match is None else _code(match[0])


def _number(digits: str) -> int:
    """Return a number; of one beyond all use only that it is."""
    plain = digits.lstrip("0") or "0"
    return int(plain) if len(plain) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _code(escape: str) -> int:
    """Return the code point that an escape stands for."""
    if escape[0] in "ux":
        return int(escape[1:].strip("{}"), 16)
    if escape[0] == "c":
        return ord(escape[1]) % 32
    return ord(
        {"f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}.get(escape, escape)
    )
