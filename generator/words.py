"""Small words that messages share."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

_LONGEST_SHOWN = 60
_MOST_LISTED = 12
_LONGEST_GUESSED = 60
_COMPARISONS = 200_000
"""Words compared for near misses in one manifest: a second or two, and nobody reads more hints."""


class _Patience:
    """How many comparisons are left."""

    left = _COMPARISONS


def begin_guessing() -> None:
    """Begin another manifest: as many near misses can be looked for as in any other."""
    _Patience.left = _COMPARISONS


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return a question naming the closest known word, or nothing."""
    if len(known) > _Patience.left or len(word) > _LONGEST_GUESSED:
        return ""
    _Patience.left -= len(known)
    spellings = {name.lower(): name for name in known if len(name) <= 2 * _LONGEST_GUESSED}
    close = get_close_matches(word.lower(), list(spellings), n=1, cutoff=0.65)
    return f"did you mean `{spellings[close[0]]}`?" if close else ""


def visible(text: str) -> str:
    """Return a text on one line, as a terminal and a log may show it.

    What is not printable is escaped: a line break in a name would begin a line of its own, which
    a workflow may take for a command, and an escape sequence would steer the terminal.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


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
    """Return `a, b and c`, each in backticks; of very many the first ones and how many more."""
    listed = [f"`{word}`" for word in words]
    if len(listed) > _MOST_LISTED:
        return f"{', '.join(listed[:_MOST_LISTED])} and {len(listed) - _MOST_LISTED:,} more"
    *rest, last = listed
    return f"{', '.join(rest)} and {last}" if rest else last


def repeats(items: Iterable[str]) -> Iterator[int]:
    """Yield the index of each item that stands before it already."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item in seen:
            yield index
        seen.add(item)
