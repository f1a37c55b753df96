"""Python literals and docstrings of any text, as `ruff format` would leave them."""

import textwrap
from collections.abc import Iterator

WIDTH = 100

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TEXT_DIRECTION = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that show source in another order than it is read."""


def quoted(text: str) -> str:
    """Return one literal that means exactly `text`, in the quotes that need fewer escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    inner = "".join(f"\\{char}" if char == quote else _escaped(char) for char in text)
    return f"{quote}{inner}{quote}"


def broken(text: str, width: int) -> Iterator[str]:
    """Yield literals, each of at most `width` columns, that together mean `text`."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and len(quoted(text[start : end + 1])) <= width:
            end += 1
        space = text.rfind(" ", start, end)
        if end < len(text) and space > start:
            end = space + 1
        yield quoted(text[start:end])
        start = end


def docstring(text: str, indent: int) -> str:
    """Return a docstring of one paragraph, wrapped."""
    text = prose(text)
    margin = " " * indent
    opening = opening_of(text)
    if len(margin) + len(opening) + len(text) + len('"""') <= WIDTH:
        return f'{margin}{opening}{text}"""'
    lines = textwrap.wrap(
        text,
        WIDTH - indent,
        initial_indent=opening,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join([*(margin + line for line in lines), f'{margin}"""'])


def opening_of(text: str) -> str:
    """Return how a docstring with this text opens; backslashes must mean themselves."""
    return 'r"""' if "\\" in text else '"""'


def prose(text: str) -> str:
    """Return text as one line: no control characters, no triple quotes, a full stop."""
    words = "".join(char if char.isprintable() else " " for char in text).split()
    line = " ".join(words).replace('"""', "'''")
    line = f"{line[:1].upper()}{line[1:]}"
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable() and char not in _TEXT_DIRECTION:
        return char
    return char.encode("unicode_escape").decode()
