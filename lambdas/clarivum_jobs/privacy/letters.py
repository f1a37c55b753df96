"""Finding values by their letters and digits alone, whatever stands between those.

A number may be grouped, a telephone number bare, a name broken over two lines, a quotation mark
doubled or escaped: what tells the value is left, in its order.
"""

from collections.abc import Iterable, Iterator

# With fewer of them, other words and numbers are too often alike.
_FEWEST = 6

# Who shows so much of a value shows it in other ways, too.
_MOST = 64


class Letters:
    """Some values, each as the letters and digits that it is made of."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: set[str] = set()
        self._lengths: dict[str, set[int]] = {}  # by how the values begin

    def add(self, form: str) -> None:
        """Know a value, which is in lower case."""
        bare = "".join(filter(str.isalnum, form))
        if _FEWEST <= len(bare) <= _MOST and bare not in self._known:
            self._known.add(bare)
            self._lengths.setdefault(bare[:_FEWEST], set()).add(len(bare))

    @property
    def beginnings(self) -> Iterable[str]:
        """How the values begin."""
        return self._lengths

    def spans(self, low: str) -> Iterator[tuple[int, int]]:
        """Yield where a value begins and ends in a text of lower case.

        What has letters is found only where words begin and end with it.
        """
        if not self._known:
            return
        places = [place for place, one in enumerate(low) if one.isalnum()]
        bare = "".join(low[place] for place in places)
        at = 0
        while at <= len(bare) - _FEWEST:
            length = self._length_at(bare, at, places)
            if length:
                yield places[at], places[at + length - 1] + 1
            at += length or 1

    def _length_at(self, bare: str, at: int, places: list[int]) -> int:
        """Return how long the value is that begins at a place; 0 if none does."""
        lengths = self._lengths.get(bare[at : at + _FEWEST], ())
        for length in sorted(lengths, reverse=True):
            found = bare[at : at + length]
            if len(found) < length or found not in self._known:
                continue
            if found.isdecimal() or _is_whole(at, length, places):
                return length
        return 0


def _is_whole(at: int, length: int, places: list[int]) -> bool:
    """Whether no letter or digit touches what begins at a place."""
    last = at + length - 1
    begins = at == 0 or places[at] - places[at - 1] > 1
    ends = last + 1 == len(places) or places[last + 1] - places[last] > 1
    return begins and ends
