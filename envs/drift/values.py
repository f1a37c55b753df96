"""One side of a change as text, as Terraform's masks of secret and unknown values let it be."""

from __future__ import annotations

import json

SENSITIVE = "(sensitive)"
UNKNOWN = "(known after apply)"

_LONGEST = 200
_BEFORE = 40
"""How much of what is equal is shown before the first letter that is not."""


def marks(mask: object) -> bool:
    """Say whether a mask marks anything.

    Terraform writes a mask in the shape of its value: `[{"variables": {}}]` marks nothing.
    """
    if isinstance(mask, dict):
        return any(map(marks, mask.values()))
    if isinstance(mask, list):
        return any(map(marks, mask))
    return mask is True


def masked(value: object, mask: object, word: str) -> object:
    """Return a value in which a word stands for each part that a mask marks."""
    if mask is True:
        return word
    if isinstance(mask, dict) and isinstance(value, dict | None):
        marked = {name: inner for name, inner in mask.items() if marks(inner)}
        given = dict(value or {})
        return (
            given | {n: masked(given.get(n), inner, word) for n, inner in marked.items()} or value
        )
    if isinstance(mask, list) and isinstance(value, list | None):
        items = list(value or ())
        items += [None] * (len(mask) - len(items))
        padded = [*mask, *[False] * (len(items) - len(mask))]
        return [masked(item, inner, word) for item, inner in zip(items, padded, strict=True)]
    return value


def told(before: object, after: object) -> tuple[str, str]:
    """Return two values as JSON; of long ones the part around their first difference."""
    texts = (_text(before), _text(after))
    if max(map(len, texts)) <= _LONGEST:
        return texts
    pairs = enumerate(zip(*texts, strict=False))
    equal = next((at for at, (one, other) in pairs if one != other), min(map(len, texts)))
    start = max(0, equal - _BEFORE)
    return _part(texts[0], start), _part(texts[1], start)


def _text(value: object) -> str:
    if value in (SENSITIVE, UNKNOWN):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _part(text: str, start: int) -> str:
    shown = text[start : start + _LONGEST]
    return f"{'...' if start else ''}{shown}{'...' if start + _LONGEST < len(text) else ''}"
