"""Text from the manifest as Markdown that shows exactly that text, in CommonMark and on GitHub."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_BACKTICKS = re.compile(r"`+")
_TEXT_DIRECTION = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that show text in another order than it is written."""

_INLINE = re.compile(r"[\\`*_\[\]<>~$]|&(?=[#A-Za-z])|:(?=//)|(?<=www)\.")
"""What begins emphasis, a code span, a link, a tag, an entity, mathematics, or GitHub's links.

In a link that GitHub finds by itself a backslash would be shown, so none is found.
"""

_NUMBER = re.compile(r"[0-9]{1,9}[.)]")


def text(value: str) -> str:
    """Return prose on one line; what Markdown would read otherwise is escaped."""
    line = " ".join(_SPACE.split(value)).strip(" ")
    escaped = _INLINE.sub(r"\\\g<0>", _spelled(line))
    if escaped[:1] in ("#", "+", "-", "="):
        return f"\\{escaped}"
    number = _NUMBER.match(escaped)
    return escaped if number is None else f"{number[0][:-1]}\\{escaped[number.end() - 1 :]}"


def code(value: str) -> str:
    """Return a code span, also for text with backticks in it; no text at all is two quotes."""
    line = _spelled(value or '""')
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(line)), default=0) + 1)
    ends = line[0] + line[-1]
    # A space at both ends is taken for padding, unless there is nothing else.
    pad = " " if "`" in ends or (ends == "  " and line.strip(" ")) else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def json_text(value: object, indent: int | None = None) -> str:
    """Return a JSON value in which every character can be seen."""
    return _spelled(json.dumps(value, indent=indent, ensure_ascii=False), but="\n")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of finished cells."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, cells))} |" for cells in lines)


def _cell(content: str) -> str:
    """Return what a cell may hold: a bar ends it even in a code span, unless it is escaped."""
    return content.replace("|", "\\|")


def _spelled(line: str, but: str = "") -> str:
    """Return text with the code points of what cannot be seen, or hides the order of the rest."""
    plain = line.replace(but, "")
    if plain.isascii() and plain.isprintable():
        return line
    return "".join(char if char in but or _is_shown(char) else _code_point(char) for char in line)


def _is_shown(char: str) -> bool:
    hidden = unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
    return not hidden and char not in _TEXT_DIRECTION


def _code_point(char: str) -> str:
    return f"\\u{ord(char):04x}"
