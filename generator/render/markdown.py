"""Text from the manifest as Markdown that shows exactly that text."""

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_BACKTICKS = re.compile(r"`+")


def text(value: str) -> str:
    """Return prose on one line, with what Markdown would read otherwise escaped."""
    line = " ".join("".join(char if char.isprintable() else " " for char in value).split())
    return _SPECIAL.sub(r"\\\1", line)


def code(value: str) -> str:
    """Return a code span, also for text with backticks in it; fit for a table's cell."""
    line = "".join(char if char.isprintable() else repr(char)[1:-1] for char in value)
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") or not line.strip() else ""
    return f"{fence}{pad}{line}{pad}{fence}".replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of finished cells."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
