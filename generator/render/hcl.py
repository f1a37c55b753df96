"""HCL literals and layout, as `terraform fmt` would leave them."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.manifest.resolved import Reference, Text

WIDTH = 100
"""A map or list that ends within so many columns stays on one line."""

_EXACT_BITS = 512
"""Terraform's numbers are exact up to so many bits."""

_IDENTIFIER = re.compile(r"(?!for$)[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)
"""What may be a map's key as it is; `for` would begin an expression."""

_SPECIAL = re.compile(r"[^ -~]|[\"\\{]")
"""What may need an escape; text without it, which is most, is left alone quickly."""

_TEMPLATE = re.compile(r"[$%]\{")
_DOLLAR, _PERCENT = "\\u0024", "\\u0025"

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Expression:
    """HCL that is already an expression."""

    code: str


@dataclass(frozen=True, slots=True)
class Block:
    """A map that is always written one entry a line."""

    entries: tuple[tuple[str, object], ...]


def string(text: str) -> str:
    """Return a quoted literal that means exactly `text`."""
    return f'"{_escaped(text)}"'


def template(parts: Text) -> Expression:
    """Return a quoted template: text with references in between."""
    inner = ""
    for is_reference, group in groupby(parts, lambda part: isinstance(part, Reference)):
        if is_reference:
            # A dollar right before a reference would escape it.
            inner = f"{inner[:-1]}{_DOLLAR}" if inner.endswith("$") else inner
            inner += "".join(f"${{{part.value}}}" for part in group if isinstance(part, Reference))
        else:
            inner += _escaped("".join(part for part in group if isinstance(part, str)))
    return Expression(f'"{inner}"')


def json_text(value: object, indent: int = 0) -> Expression:
    """Return the JSON text of a value, written so that it can be read where that loses nothing.

    Terraform puts every text into normal form C and rounds whole numbers of more than 512 bits.
    """
    if _is_kept(value):
        return Expression(f"jsonencode({literal(value, indent)})")
    return Expression(string(json.dumps(value, separators=(",", ":"))))


def literal(value: object, indent: int = 0, used: int = 0) -> str:
    """Return the literal of a JSON-like value, which may hold `Expression`s.

    Args:
        value: What to write.
        indent: Columns before the line that the literal begins on.
        used: Columns of that line that are taken before the literal.
    """
    if isinstance(value, Block):
        return block(value.entries, indent)
    flat = _flat(value)
    if (
        len(flat) + indent + used <= WIDTH
        or not isinstance(value, Mapping | list | tuple)
        or not value
    ):
        return flat
    if isinstance(value, Mapping):
        return block(value.items(), indent)
    inner = "".join(f"{' ' * (indent + 2)}{literal(item, indent + 2)},\n" for item in value)
    return f"[\n{inner}{' ' * indent}]"


def block(entries: Iterable[tuple[str, object]], indent: int = 0) -> str:
    """Return a map with one entry a line."""
    return f"{{\n{attributes(entries, indent + 2)}\n{' ' * indent}}}"


def attributes(entries: Iterable[tuple[str, object]], indent: int = 0) -> str:
    """Return one `name = value` a line, the equals signs aligned as `terraform fmt` aligns them.

    A value of several lines stands alone: its neighbours do not align across it.
    """
    names = [(_key(name), value) for name, value in entries]
    widest = max((len(name) for name, _ in names), default=0)
    rows = [(name, literal(value, indent, widest + 3)) for name, value in names]
    return "\n".join(_aligned(rows, indent))


def _aligned(rows: Sequence[tuple[str, str]], indent: int) -> Iterable[str]:
    group: list[tuple[str, str]] = []
    for name, value in rows:
        if "\n" in value:
            yield from _group(group, indent)
            group = []
            yield f"{' ' * indent}{name} = {value}"
        else:
            group.append((name, value))
    yield from _group(group, indent)


def _group(rows: Sequence[tuple[str, str]], indent: int) -> Iterable[str]:
    width = max((len(name) for name, _ in rows), default=0)
    for name, value in rows:
        yield f"{' ' * indent}{name:<{width}} = {value}"


def _flat(value: object) -> str:  # noqa: PLR0911 - one return a type
    match value:
        case Expression():
            return value.code
        case str():
            return string(value)
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case int() | float():
            return repr(value)
        case Mapping():
            inner = ", ".join(f"{_key(name)} = {_flat(item)}" for name, item in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case list() | tuple():
            return f"[{', '.join(_flat(item) for item in value)}]"
        case _:
            message = f"HCL has no literal for {type(value).__name__}"
            raise TypeError(message)


def _key(name: str) -> str:
    return name if _IDENTIFIER.fullmatch(name) else string(name)


def _is_kept(value: object) -> bool:
    """Say whether a value, once it is Terraform's, is still the same JSON."""
    match value:
        case str():
            return unicodedata.is_normalized("NFC", value)
        case int():
            return value.bit_length() <= _EXACT_BITS
        case Mapping():
            return all(_is_kept(part) for pair in value.items() for part in pair)
        case list() | tuple():
            return all(map(_is_kept, value))
        case _:
            return True


def _escaped(text: str) -> str:
    if not _SPECIAL.search(text):
        return text
    quoted = "".join(_ESCAPES.get(char) or _printable(char) for char in text)
    return _TEMPLATE.sub(_no_template, quoted)


def _no_template(opening: re.Match[str]) -> str:
    """Return text for what would begin a template.

    `$${` is how it is written, but python-hcl2 reads that as reaching up to a brace that closes it.
    """
    sign = opening[0][0]
    if "}" in opening.string[opening.end() :]:
        return f"{sign}{sign}{{"
    return f"{_DOLLAR if sign == '$' else _PERCENT}{{"


def _printable(char: str) -> str:
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - the basic plane
