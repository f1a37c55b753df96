"""Python's layout, as `ruff format` would leave it.

A group that does not fit its line gets one item a line and a trailing comma,
which the formatter keeps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from generator.render.python_text import WIDTH, broken, quoted
from generator.render.widths import columns

STEP = 4


class Comma(Enum):
    """Whether a comma follows the last item of a group."""

    NEVER = "never"
    EXPLODED = "where every item has its own line"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Group:
    """Something in brackets: text up to and with the opening one, items, text from the closing."""

    opening: str
    items: Sequence["Code"]
    closing: str
    comma: Comma = Comma.EXPLODED


@dataclass(frozen=True, slots=True)
class String:
    """A literal of some text, which may be broken into several; `prefix` stands before it."""

    text: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Either:
    """One of several types."""

    codes: tuple["str | Group", ...]


Code: TypeAlias = str | String | Group | Either


def call(function: str, *arguments: Code, **named: Code) -> Group:
    """Return a call."""
    keywords = [_prefixed(f"{name}=", code) for name, code in named.items()]
    return Group(f"{function}(", [*arguments, *keywords], ")")


def subscript(name: str, *items: Code) -> Group:
    """Return a subscript, such as a generic type; a comma would make one item a tuple."""
    comma = Comma.EXPLODED if len(items) > 1 else Comma.NEVER
    return Group(f"{name}[", items, "]", comma)


def tuple_of(items: Sequence[Code]) -> Group:
    """Return a tuple."""
    return Group("(", items, ")", Comma.ALWAYS if len(items) == 1 else Comma.EXPLODED)


def mapping(items: Mapping[str, Code]) -> Group:
    """Return a dict."""
    return Group("{", [_prefixed(f"{quoted(key)}: ", code) for key, code in items.items()], "}")


def either(codes: Iterable[Code]) -> Code:
    """Return one of several types, None last, each once."""
    listed: list[str | Group] = []
    for code in codes:
        parts = code.codes if isinstance(code, Either) else (code,)
        listed += [part for part in parts if isinstance(part, str | Group)]
    ordered = [code for code in listed if code != "None"]
    ordered += ["None"] if "None" in listed else []
    once = tuple({flat(code): code for code in ordered}.values())
    if len(once) == 1:
        return once[0]
    if any(isinstance(code, str) and code.startswith('"') for code in once):
        # Text in quotes takes no `|` at run time, so the whole union stands in quotes.
        return quoted(" | ".join(flat(code).strip('"') for code in once))
    return Either(once)


def flat(code: Code) -> str:
    """Return the code on one line."""
    match code:
        case str():
            return code
        case String(text, prefix):
            return prefix + quoted(text)
        case Either(codes):
            return " | ".join(map(flat, codes))
        case Group(opening, items, closing, comma):
            last = "," if comma is Comma.ALWAYS else ""
            return f"{opening}{', '.join(map(flat, items))}{last}{closing}"


def from_import(module: str, names: Iterable[str]) -> str:
    """Return one import statement, the names in the order given."""
    ordered = list(names)
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        return line
    return f"from {module} import " + _exploded(Group("(", ordered, ")"), 0)


def laid_out(prefix: str, code: Code) -> str:
    """Return code after what stands before it on a line at the margin."""
    return prefix + _laid_out(code, 0, len(prefix))


def assignment(  # noqa: PLR0911 - one return a layout
    name: str, annotation: Code, value: Code | None, indent: int
) -> str:
    """Return `name: annotation = value`, broken where the formatter would break it."""
    margin = " " * indent
    left = f"{name}: {flat(annotation)}"
    if value is None:
        if indent + columns(left) <= WIDTH:
            return margin + left
        return f"{margin}{name}: {_broken_annotation(annotation, indent)}"
    if indent + columns(left) + columns(" = ") + columns(flat(value)) <= WIDTH:
        return f"{margin}{left} = {flat(value)}"
    if isinstance(value, Group) and indent + columns(left) + columns(value.opening) + 3 <= WIDTH:
        return f"{margin}{left} = {_exploded(value, indent)}"
    opens = indent + columns(left) + len(" = (") <= WIDTH
    breaks = isinstance(value, Group) or indent + STEP + columns(flat(value)) <= WIDTH
    if (opens and breaks) or (isinstance(annotation, str) and not isinstance(value, Group)):
        inner = " " * (indent + STEP) + _laid_out(value, indent + STEP)
        return f"{margin}{left} = (\n{inner}\n{margin})"
    if isinstance(annotation, str):
        return f"{margin}{left} = {_laid_out(value, indent, columns(left) + len(' = '))}"
    left = f"{name}: {_broken_annotation(annotation, indent)} = "
    return margin + left + _laid_out(value, indent, columns(left.rpartition("\n")[2]) - indent)


def _broken_annotation(annotation: Code, indent: int) -> str:
    if not isinstance(annotation, Either):
        return _exploded(annotation, indent) if isinstance(annotation, Group) else flat(annotation)
    inner = " " * (indent + STEP) + _laid_out(annotation, indent + STEP)
    return f"(\n{inner}\n{' ' * indent})"


def _laid_out(code: Code, indent: int, used: int = 0) -> str:
    """Return the code on one line if that fits beside `used` columns more, else broken."""
    line = flat(code)
    if indent + used + columns(line) <= WIDTH:
        return line
    match code:
        case Group(items=items) if items:
            return _exploded(code, indent)
        case Either(codes):
            parts = [_laid_out(part, indent, 2 * bool(n)) for n, part in enumerate(codes)]
            return f"\n{' ' * indent}| ".join(parts)
        case String(text, prefix):
            first, *rest = broken(text, WIDTH - indent - columns(prefix) - 1)
            return "\n".join([prefix + first, *(" " * indent + literal for literal in rest)])
        case _:
            return line


def _exploded(group: Code, indent: int) -> str:
    assert isinstance(group, Group)
    inner = indent + STEP
    comma = "" if group.comma is Comma.NEVER else ","
    lines = [f"{' ' * inner}{_item(group, item, inner)}{comma}" for item in group.items]
    return "\n".join([group.opening, *lines, " " * indent + group.closing])


def _item(group: Group, item: Code, indent: int) -> str:
    """Return one item; text in pieces is held together, lest a comma seem to be missing."""
    line = _laid_out(item, indent, 0 if group.comma is Comma.NEVER else 1)
    lists = group.opening in ("(", "[") or (group.opening.endswith("[") and len(group.items) > 1)
    if not (lists and isinstance(item, String) and "\n" in line):
        return line
    inner = " " * (indent + STEP)
    return f"(\n{inner}{_laid_out(item, indent + STEP)}\n{' ' * indent})"


def _prefixed(prefix: str, code: Code) -> Code:
    match code:
        case str():
            return prefix + code
        case String():
            return replace(code, prefix=prefix + code.prefix)
        case Group():
            return replace(code, opening=prefix + code.opening)
        case Either():
            message = "a type has no name before it"
            raise TypeError(message)
