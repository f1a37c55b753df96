"""Small words that messages share."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST_SHOWN = 60


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question naming the closest known word, or nothing."""
    spellings = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), list(spellings), n=1, cutoff=0.6)
    return f"did you mean `{spellings[close[0]]}`?" if close else ""


def shown(value: object) -> str:
    """Return how a message shows a value from the manifest, cut if long."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a map"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def joined(words: Iterable[object]) -> str:
    """Return `a, b and c`, each in backticks."""
    *rest, last = [f"`{word}`" for word in words]
    return f"{', '.join(rest)} and {last}" if rest else last
