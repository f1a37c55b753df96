"""What is passed to a module, as far as it can be known without Terraform.

A value is a text, a number, a truth value, None, a list or a dict of values; `UNKNOWN` where only
Terraform can tell, and a `Kind` where only its type is known.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from generator.interface.kinds import Kind
from generator.render.hcl import Block, Expression

Value: TypeAlias = object
Lookup: TypeAlias = Callable[[str, str], Value]
"""Returns what `var.NAME` or `local.NAME` is, from `var` or `local` and the name."""


class Unknown:
    """The type of what only Terraform can tell."""


UNKNOWN = Unknown()

_WHOLE = re.compile(r"\$\{(.*)\}", re.DOTALL)
_REFERENCE = re.compile(r"(var|local)\.([A-Za-z_][A-Za-z0-9_-]*)((?:\.[A-Za-z_][A-Za-z0-9_-]*)*)")
_CALL = re.compile(r"([a-z0-9_]+)\(.*\)", re.DOTALL)
_RETURNS = {
    **dict.fromkeys(("jsonencode", "format", "join", "lower", "upper", "replace"), "string"),
    **dict.fromkeys(("tostring", "templatefile", "base64encode", "sha256"), "string"),
    **dict.fromkeys(("length", "max", "min", "ceil", "floor", "tonumber"), "number"),
    **dict.fromkeys(("tobool", "contains", "can", "startswith", "endswith", "alltrue"), "bool"),
}
_SPLIT = re.compile(r"[()]")


def value_of(parsed: object, lookup: Lookup) -> Value:
    """Return what the parser's form of an expression is known to be."""
    match parsed:
        case Mapping():
            return {
                _key(str(name)): value_of(inner, lookup)
                for name, inner in parsed.items()
                if name not in ("__is_block__", "__comments__", "__inline_comments__")
            }
        case list():
            return [value_of(item, lookup) for item in parsed]
        case str() if parsed.startswith('"'):
            return _text(parsed[1:-1], lookup)
        case str() if whole := _WHOLE.fullmatch(parsed):
            return _expression(whole[1].strip(), lookup)
        case _:
            return parsed


def rendered(value: object) -> Value:
    """Return what is known of a value that is about to be rendered."""
    match value:
        case Expression(code):
            is_text = code.startswith(('"', "jsonencode("))
            return Kind("string") if is_text else UNKNOWN
        case Block(entries):
            return {name: rendered(inner) for name, inner in entries}
        case Mapping():
            return {name: rendered(inner) for name, inner in value.items()}
        case list() | tuple():
            return [rendered(item) for item in value]
        case _:
            return value


def _key(name: str) -> str:
    """Return the name of an entry; a computed one keeps its braces, which no name has."""
    return str(json.loads(name)) if name.startswith('"') and "${" not in name else name


def _text(inner: str, lookup: Lookup) -> Value:
    """Return a quoted text; one that is a single reference stands for what it refers to."""
    whole = _WHOLE.fullmatch(inner)
    if whole and "${" not in whole[1]:
        return _expression(whole[1].strip(), lookup)
    if "${" in inner or "%{" in inner:
        return Kind("string")
    try:
        return str(json.loads(f'"{inner}"'))
    except ValueError:
        return Kind("string")


def _expression(code: str, lookup: Lookup) -> Value:
    if found := _REFERENCE.fullmatch(code):
        value = lookup(found[1], found[2])
        for name in filter(None, found[3].split(".")):
            value = _attribute(value, name)
        return value
    if (called := _CALL.fullmatch(code)) and _is_one_call(code):
        kind = _RETURNS.get(called[1])
        return Kind(kind) if kind else UNKNOWN
    try:
        return float(code)
    except ValueError:
        return UNKNOWN


def _is_one_call(code: str) -> bool:
    """Say whether the first bracket closes at the very end, so that it is `f(...)` and no more."""
    if '"' in code:
        # A bracket may stand in a text: only what encodes, whatever it encodes, is then sure.
        return code.startswith("jsonencode(") and code.count("jsonencode(") == 1
    depth = 0
    for bracket in _SPLIT.finditer(code):
        depth += 1 if bracket[0] == "(" else -1
        if not depth:
            return bracket.end() == len(code)
    return False


def _attribute(value: Value, name: str) -> Value:
    if isinstance(value, Mapping):
        return value.get(name, UNKNOWN)
    if isinstance(value, Kind):
        if value.name == "object":
            return value.attributes.get(name, UNKNOWN)
        if value.name == "map":
            return value.inner[0]
    return UNKNOWN
