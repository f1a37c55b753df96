"""Python literals and layout, as `ruff format` would leave them.

A group that does not fit its line gets one item a line and a trailing comma,
which the formatter keeps.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

WIDTH = 100
STEP = 4

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Group:
    """Something in brackets.

    Attributes:
        opening: Text up to and with the opening bracket.
        items: What is inside.
        closing: The closing bracket and text right after it.
        comma: Whether a single item may be followed by a comma without changing the meaning.
    """

    opening: str
    items: Sequence["Code"]
    closing: str
    comma: bool = True


Code: TypeAlias = str | Group


def string(text: str) -> str:
    """Return a literal that means exactly `text`, in the quotes that need fewer escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    inner = "".join(f"\\{char}" if char == quote else _escaped(char) for char in text)
    return f"{quote}{inner}{quote}"


def call(function: str, *arguments: Code, **named: Code) -> Group:
    """Return a call."""
    return Group(
        f"{function}(",
        [*arguments, *(_prefixed(f"{name}=", code) for name, code in named.items())],
        ")",
    )


def subscript(name: str, *items: Code) -> Group:
    """Return a subscript, such as a generic type."""
    return Group(f"{name}[", items, "]", comma=len(items) > 1)


def tuple_of(items: Sequence[Code]) -> Code:
    """Return a tuple literal."""
    if len(items) == 1:
        return Group("(", items, ",)", comma=False)
    return Group("(", items, ")")


def suffixed(code: Code, suffix: str) -> Code:
    """Return the code with text right after it."""
    return code + suffix if isinstance(code, str) else replace(code, closing=code.closing + suffix)


def flat(code: Code) -> str:
    """Return the code on one line."""
    if isinstance(code, str):
        return code
    return f"{code.opening}{', '.join(map(flat, code.items))}{code.closing}"


def laid_out(code: Code, indent: int, after: int = 0) -> str:
    """Return the code from a column on, on one line if it and `after` columns more fit."""
    text = flat(code)
    if isinstance(code, str) or not code.items or indent + len(text) + after <= WIDTH:
        return text
    return _exploded(code, indent)


def assignment(name: str, annotation: Code, value: Code | None, indent: int) -> str:
    """Return `name: annotation = value`, broken where the formatter would break it."""
    head = f"{name}: "
    if value is None:
        return " " * indent + laid_out(_prefixed(head, annotation), indent)
    whole = f"{head}{flat(annotation)} = {flat(value)}"
    if indent + len(whole) <= WIDTH:
        return " " * indent + whole
    start = f"{head}{flat(annotation)} = "
    if (
        isinstance(value, Group)
        and value.items
        and indent + len(start) + len(value.opening) <= WIDTH
    ):
        return " " * indent + start + _exploded(value, indent)
    if isinstance(annotation, Group):
        left = _exploded(suffixed(_prefixed(head, annotation), " = "), indent)
        return (
            " " * indent
            + left
            + laid_out(value, indent, after=len(left.rpartition("\n")[2]) - indent)
        )
    inner = flat(value)
    if indent + STEP + len(inner) <= WIDTH:
        return f"{' ' * indent}{start}(\n{' ' * (indent + STEP)}{inner}\n{' ' * indent})"
    return " " * indent + whole


def docstring(text: str, indent: int) -> str:
    """Return a docstring of one paragraph, wrapped."""
    text = prose(text)
    prefix = 'r"""' if "\\" in text else '"""'
    single = f'{" " * indent}{prefix}{text}"""'
    if len(single) <= WIDTH:
        return single
    margin = " " * indent
    first = textwrap.wrap(
        text, WIDTH - indent, initial_indent=prefix, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(margin + line for line in first) + f'\n{margin}"""'


def prose(text: str) -> str:
    """Return text as one line: no control characters, no triple quotes, a full stop."""
    words = "".join(char if char.isprintable() else " " for char in text).split()
    line = " ".join(words).replace('"""', "'''").strip()
    line = f"{line[:1].upper()}{line[1:]}"
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return char if char.isprintable() else char.encode("unicode_escape").decode()


def _prefixed(prefix: str, code: Code) -> Code:
    return prefix + code if isinstance(code, str) else replace(code, opening=prefix + code.opening)


def _exploded(code: Code, indent: int) -> str:
    assert not isinstance(code, str)
    inner = indent + STEP
    comma = "," if code.comma else ""
    lines = [f"{' ' * inner}{laid_out(item, inner, after=1)}{comma}" for item in code.items]
    if not code.comma and code.closing.startswith(","):
        return f"{code.opening}\n{','.join(lines)},\n{' ' * indent}{code.closing[1:]}"
    return "\n".join([code.opening, *lines, " " * indent + code.closing])
