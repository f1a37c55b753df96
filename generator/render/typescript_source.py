"""TypeScript's layout, as Prettier would leave it at a hundred columns.

What fits its line stays on it. Else a call hugs an object or a list that is its last argument,
and gives every argument a line otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.render.typescript_text import WIDTH, value_key
from generator.render.widths import columns

STEP = 2


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    function: str
    arguments: Sequence["Code"]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: Sequence["Code"]


@dataclass(frozen=True, slots=True)
class Members:
    """An object; `open` if each member has its own line, whether they would fit one or not."""

    members: Mapping[str, "Code"]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """One of several types; the text before and after stands around them."""

    types: Sequence[str]
    before: str = ""
    after: str = ""


Code: TypeAlias = str | Call | Items | Members | Either


def flat(code: Code) -> str | None:  # noqa: PLR0911 - one return a kind of code
    """Return the code on one line; nothing if it has to have several."""
    match code:
        case str():
            return code
        case Either(kinds, before, after):
            return f"{before}{' | '.join(kinds)}{after}"
        case Call(function, arguments):
            return _flat(f"{function}(", arguments, ")")
        case Items(items):
            return _flat("[", items, "]")
        case Members(members, is_open):
            if is_open and members:
                return None
            pairs = [(value_key(name), flat(inner)) for name, inner in members.items()]
            if any(inner is None for _, inner in pairs):
                return None
            body = ", ".join(f"{name}: {inner}" for name, inner in pairs)
            return f"{{ {body} }}" if body else "{}"


def _flat(opening: str, items: Sequence[Code], closing: str) -> str | None:
    parts = [flat(item) for item in items]
    kept = [part for part in parts if part is not None]
    return f"{opening}{', '.join(kept)}{closing}" if len(kept) == len(parts) else None


def laid_out(prefix: str, code: Code, indent: int, suffix: str) -> str:  # noqa: PLR0911 - likewise
    """Return code with what stands before and after it on its line, at a margin."""
    margin = " " * indent
    line = flat(code)
    if line is not None and columns(f"{margin}{prefix}{line}{suffix}") <= WIDTH:
        return f"{margin}{prefix}{line}{suffix}"
    match code:
        case Call(function, [*first, (Members() | Items()) as last]) if _hugs(first, last):
            before = "".join(f"{flat(item)}, " for item in first)
            return laid_out(f"{prefix}{function}({before}", last, indent, f"){suffix}")
        case Call(function, arguments) if arguments:
            return _lines(
                f"{prefix}{function}(", [("", arg) for arg in arguments], indent, ")", suffix
            )
        case Items(items) if items:
            return _lines(f"{prefix}[", [("", item) for item in items], indent, "]", suffix)
        case Members(members) if members:
            pairs = [(f"{value_key(name)}: ", inner) for name, inner in members.items()]
            return _lines(f"{prefix}{{", pairs, indent, "}", suffix)
        case Either(kinds, before, after) if len(kinds) > 1:
            inner = " " * (indent + STEP)
            listed = f"{inner}{' | '.join(kinds)}"
            if not after or columns(listed) > WIDTH:
                listed = "\n".join(f"{inner}| {kind}" for kind in kinds)
            closing = f"\n{margin}{after}" if after else ""
            return f"{margin}{(prefix + before).rstrip()}\n{listed}{closing}{suffix}"
        case str() if prefix.endswith(": "):
            return f"{margin}{prefix.rstrip()}\n{margin}{' ' * STEP}{code}{suffix}"
        case _:
            return f"{margin}{prefix}{line}{suffix}"


def _hugs(first: Sequence[Code], last: Members | Items) -> bool:
    """Say whether a call's last argument may open on the call's own line."""
    if isinstance(last, Items):
        return bool(last.items) and None not in map(flat, first)
    return bool(last.members) and (not first or not last.open) and None not in map(flat, first)


def _lines(
    opening: str, items: Sequence[tuple[str, Code]], indent: int, closing: str, suffix: str
) -> str:
    margin = " " * indent
    inner = [laid_out(prefix, item, indent + STEP, ",") for prefix, item in items]
    return "\n".join([f"{margin}{opening}", *inner, f"{margin}{closing}{suffix}"])
