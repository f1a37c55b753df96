"""Generated Terraform read back: what python-hcl2 parses, as the values that it means."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import hcl2

from generator.manifest.resolved import Reference

_PIECE = re.compile(
    r"\$\$\{|%%\{|\$\{(?P<name>[a-z_.]+)\}|\\u(?P<short>[0-9a-f]{4})"
    r"|\\U(?P<long>[0-9a-f]{8})|\\(?P<escape>.)|(?P<template>[$%]\{)|(?P<char>.)",
    re.DOTALL,
)
_CALL = re.compile(r"\$\{jsonencode\((.*)\)\}", re.DOTALL)
_EXPRESSION = re.compile(r"\$\{(.*)\}", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


@dataclass(frozen=True)
class Code:
    """An expression that is no literal."""

    text: str


@dataclass(frozen=True)
class Json:
    """A text that is JSON, by its value."""

    value: object


def modules_of(text: str) -> dict[str, dict[str, object]]:
    """Return the inputs of each module block by its label."""
    return {
        label.strip('"'): {name: value_of(v) for name, v in body.items() if name != "__is_block__"}
        for block in hcl2.loads(text).get("module", [])
        for label, body in block.items()
    }


def literal(code: str) -> object:
    """Return what an expression means."""
    return value_of(hcl2.loads(f"value = {code}\n")["value"])


def value_of(parsed: object) -> object:
    """Return what the parser's form of an expression means."""
    match parsed:
        case dict():
            return {_name(name): value_of(inner) for name, inner in parsed.items()}
        case list():
            return [value_of(item) for item in parsed]
        case str() if parsed.startswith('"'):
            parts = tuple(_merged(_pieces(parsed[1:-1])))
            return (
                parts if any(isinstance(p, Reference) for p in parts) else "".join(map(str, parts))
            )
        case str() if call := _CALL.fullmatch(parsed):
            return Json(literal(call[1]))
        case str() if expression := _EXPRESSION.fullmatch(parsed):
            return _number(expression[1])
        case _:
            return parsed


def payload_of(value: object) -> object:
    """Return the value of JSON text, encoded by Terraform or written out."""
    return value.value if isinstance(value, Json) else json.loads(str(value))


def _name(parsed: str) -> str:
    return str(value_of(parsed)) if parsed.startswith('"') else parsed


def _number(code: str) -> object:
    try:
        return float(code)
    except ValueError:
        return Code(code)


def _pieces(inner: str) -> Iterator[str | Reference]:
    for piece in _PIECE.finditer(inner):
        assert piece["template"] is None, f"a template begins inside {inner!r}"
        if piece["name"]:
            yield Reference(piece["name"])
        elif code := piece["short"] or piece["long"]:
            yield chr(int(code, 16))
        elif piece["escape"]:
            yield _ESCAPES[piece["escape"]]
        else:
            yield piece["char"] or piece[0][1:]


def _merged(pieces: Iterator[str | Reference]) -> Iterator[str | Reference]:
    text = ""
    for piece in pieces:
        if isinstance(piece, Reference):
            yield from [text] if text else []
            yield piece
            text = ""
        else:
            text += piece
    yield from [text] if text else []
