"""`{project}` and its like in variables and permission resources."""

import re
from collections.abc import Mapping

from generator.manifest.resolved import Reference, Text

REFERENCES = {"account": Reference.ACCOUNT, "region": Reference.REGION}
"""Known only to Terraform."""

NAMES = ("project", "environment", "account", "region")

_TOKEN = re.compile(r"\{\{|\}\}|\{([A-Za-z_]*)\}|[{}]")


class PlaceholderError(ValueError):
    """A brace that is neither doubled nor around a known name."""


def parse(text: str, known: Mapping[str, str]) -> Text:
    """Return the text with known placeholders filled in and the others as references.

    Args:
        text: As in the manifest; `{{` and `}}` stand for one brace.
        known: Values by placeholder name.

    Raises:
        PlaceholderError: A placeholder does not exist, or a brace stands alone.
    """
    parts: list[str | Reference] = [""]
    end = 0
    for match in _TOKEN.finditer(text):
        _append(parts, text[end : match.start()])
        end = match.end()
        if match[0] in {"{{", "}}"}:
            _append(parts, match[0][0])
        elif match[1] in known:
            _append(parts, known[match[1]])
        elif match[1] in REFERENCES:
            parts.append(REFERENCES[match[1]])
        else:
            message = f"`{match[0]}` is not a placeholder"
            raise PlaceholderError(message)
    _append(parts, text[end:])
    return tuple(part for part in parts if part != "")


def _append(parts: list[str | Reference], text: str) -> None:
    last = parts[-1]
    if isinstance(last, str):
        parts[-1] = last + text
    else:
        parts.append(text)
