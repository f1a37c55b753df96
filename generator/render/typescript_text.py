"""TypeScript literals and comments of any text, as Prettier would leave them."""

import re
from collections.abc import Iterable

from generator.render.python_text import code_point, is_plain, sentence, wrapped
from generator.render.widths import columns

WIDTH = 100

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*", re.ASCII)
_EXACT = 2**53
"""Below it, a whole number and its double are one."""

_BASIC = 0xFFFF


def quoted(text: str) -> str:
    """Return one literal that means exactly `text`, in the quotes that need fewer escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(f"\\{char}" if char == quote else escaped(char) for char in text) + quote


def escaped(char: str) -> str:
    """Return a character of a literal; what cannot be seen is spelt by its number."""
    if char in _ESCAPES:
        return _ESCAPES[char]
    if is_plain(char):
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code <= _BASIC else f"\\u{{{code:x}}}"


def key(name: str) -> str:
    """Return a property's name in a type."""
    return name if _NAME.fullmatch(name) else quoted(name)


def value_key(name: str) -> str:
    """Return a property's name in an object; `__proto__` would set the prototype."""
    return '["__proto__"]' if name == "__proto__" else key(name)


def number(value: float) -> str:
    """Return a number; a whole one beyond 2^53 - 1 as a `bigint`, which is exact."""
    if isinstance(value, int):
        return str(value) if abs(value) < _EXACT else f"{value}n"
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return re.sub(r"e\+?(-?)0*", r"e\1", repr(value))


def scalar(value: object) -> str:
    """Return a JSON value that holds no others."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number(value)
        case _:
            return quoted(str(value))


def comment(text: str, indent: int, tags: Iterable[str] = ()) -> str:
    """Return a documentation comment of one paragraph and some tags; empty if there are none."""
    lines = [*(_lines(sentence(text), indent) if text.strip() else []), *map(_spelt, tags)]
    margin = " " * indent
    if not lines:
        return ""
    if len(lines) == 1 and indent + columns(lines[0]) + len("/**  */") <= WIDTH:
        return f"{margin}/** {lines[0]} */"
    return "\n".join([f"{margin}/**", *(f"{margin} * {line}" for line in lines), f"{margin} */"])


def _lines(text: str, indent: int) -> list[str]:
    whole = _plain(text)
    if indent + columns(whole) + len("/**  */") <= WIDTH:
        return [whole]
    return [_plain(line) for line in wrapped(_spelt(text), WIDTH - indent - len(" * "))]


def _plain(line: str) -> str:
    """Return a line that begins no tag."""
    return _spelt(line) if not line.startswith("@") else f"\\{_spelt(line)}"


def _spelt(text: str) -> str:
    """Return text that neither ends a comment nor hides what it says."""
    shown = "".join(char if is_plain(char) else code_point(char) for char in text)
    return shown.replace("*/", "*\\/")
