"""What the operating system refuses, in the words of every other mistake."""

from __future__ import annotations


def of_system(error: OSError) -> str:
    """Return what could not be done, with which file, and what to look at."""
    why = (error.strerror or str(error) or type(error).__name__).lower()
    where = f"{error.filename}: " if error.filename else ""
    hint = "it writes to `.local`, `build` and the generated files of this tree"
    return f"error[system]: {where}{why}\n  hint: {hint}"
