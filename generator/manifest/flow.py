"""Values as a manifest writes them on one line, for hints and examples."""

import json
import re
from collections.abc import Mapping

from generator.manifest.plain_words import SurpriseError, meaning

_PLAIN = re.compile(r"[A-Za-z0-9_./\\][\w ./+@\\-]*")
_LONGEST = 60


def flow(value: object) -> str:
    """Return a value in YAML's flow form, quoted where it must be."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def entry(key: str, value: object) -> str:
    """Return `key: value` as a hint shows it; a long value is left to the reader."""
    text = flow(value)
    return f"{key}: {text}" if len(text) <= _LONGEST else f"{key}: ..."


def _is_plain(text: str) -> bool:
    try:
        return _PLAIN.fullmatch(text) is not None and meaning(text) == text and text == text.strip()
    except SurpriseError:
        return False
