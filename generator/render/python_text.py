"""Python literals and docstrings of any text, as `ruff format` would leave them."""

from collections.abc import Iterator

from generator.render.widths import columns

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
        while end < len(text) and columns(quoted(text[start : end + 1])) <= width:
            end += 1
        space = text.rfind(" ", start, end)
        if end < len(text) and space > start:
            end = space + 1
        yield quoted(text[start:end])
        start = end


def docstring(text: str, indent: int, *, stop: bool = True) -> str:
    """Return a docstring of one paragraph, wrapped; its value is the text, white space apart.

    Args:
        text: What it says.
        indent: Columns before it.
        stop: Whether a full stop is added where no sentence ends.
    """
    opening, written = _for_docstring(sentence(text) if stop else " ".join(text.split()))
    margin = " " * indent
    if indent + columns(opening + written) + len('"""') <= WIDTH and written:
        return f'{margin}{opening}{written}"""'
    lines = wrapped(opening + written, WIDTH - indent)
    if len(lines) == 1:  # the formatter sets the quotes behind a single line, however long it gets
        lines = wrapped(opening + written, WIDTH - indent - len('"""'))
    if len(lines) == 1:
        return f'{margin}{lines[0]}"""'
    return "\n".join([*(margin + line for line in lines), f'{margin}"""'])


def summarised(text: str, summary: str, indent: int) -> str:
    """Return a docstring of the text alone if it is one line, else with a summary before it."""
    whole = docstring(text, indent)
    if "\n" not in whole:
        return whole
    margin = " " * indent
    opening, written = _for_docstring(sentence(text))
    body = "\n".join(margin + line for line in wrapped(written, WIDTH - indent))
    return f'{margin}{opening}{summary}\n\n{body}\n{margin}"""'


def sentence(text: str) -> str:
    """Return text on one line, with a full stop where no sentence ends."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _for_docstring(text: str) -> tuple[str, str]:
    """Return how a docstring of a text opens, and the text as it stands in there."""
    fits = '"""' not in text and not text.startswith('"') and not text.endswith(('"', "\\"))
    if fits and all(map(is_plain, text)):
        return ('r"""' if "\\" in text else '"""'), text
    last = len(text) - 1
    ends = {0, last, *(n for n in range(2, last) if text[n - 2 : n] == '""')}
    written = (
        code_point(char) if _is_to_spell(char) or (char == '"' and n in ends) else char
        for n, char in enumerate(text)
    )
    return '"""', "".join(written)


def wrapped(text: str, width: int) -> list[str]:
    """Return text in lines; a longer word has a line of its own."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and columns(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return char if is_plain(char) else char.encode("unicode_escape").decode()


def _is_to_spell(char: str) -> bool:
    return char == "\\" or not is_plain(char)


def is_plain(char: str) -> bool:
    """Say whether a character can be seen, and leaves the order of the others alone."""
    return char.isprintable() and char not in _TEXT_DIRECTION


def code_point(char: str) -> str:
    """Return a character by its number."""
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - the basic plane
