"""Marks that a merge leaves in a file until somebody decides."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.manifest.yaml_reader import Complaint

_MARKS = re.compile(r"^(?:(<{7}|>{7}|\|{7})(?: .*)?|={7})\r?$", re.MULTILINE)


def conflict(text: str) -> "Complaint | None":
    """Return what is said about the marks of a merge that was left unfinished, if any are."""
    marks = list(_MARKS.finditer(text))
    if {"<<<<<<<", ">>>>>>>"} - {mark[1] for mark in marks}:
        return None
    lines = [str(_line(text, mark)) for mark in marks[:4]]
    message = f"a merge conflict is left in the file, marked in lines {', '.join(lines)}"
    return (
        (int(lines[0]), 1),
        "merge-conflict",
        message,
        "decide for one side, and remove the markers",
    )


def leftover(text: str) -> "Complaint | None":
    """Return what is said about a mark whose others are gone, where the text cannot be read."""
    mark = _MARKS.search(text)
    if mark is None:
        return None
    message = f"`{mark[0].strip()}` is a marker that a merge left"
    hint = "remove the line, and look whether the right side stands there once"
    return (_line(text, mark), 1), "merge-conflict", message, hint


def _line(text: str, mark: re.Match[str]) -> int:
    return text.count("\n", 0, mark.start()) + 1
