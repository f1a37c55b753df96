"""Replacing some values wherever they stand in a text, at a cost that does not depend on them.

A text is looked through once: at each place a few slices of it are looked up among all spellings
of all values. A long value is found by any of its pieces, so that a part of it is hidden too.
"""

from collections.abc import Iterable, Iterator

from clarivum_jobs.privacy.glance import Beginnings, Glance
from clarivum_jobs.privacy.letters import Letters
from clarivum_jobs.privacy.spellings import parts, spellings

HIDDEN = "[hidden]"

# Shorter values stand inside ordinary words; they are hidden only where they stand alone.
_LONG_ENOUGH = 4

# Longer ones are looked for in pieces: who shows twice as much of one shows a whole piece.
_LONGEST_WHOLE = 64

# Characters of values, the shortest first, that are looked for in every way there is; of more
# only the usual spellings are known, so that a large payload costs no more than it takes to read.
_MOST_IN_ALL_WAYS = 4096
_PIECE = 32


class Redactor:
    """Replaces some values, in every spelling, whatever their case."""

    def __init__(self, values: Iterable[str], least: int = 1) -> None:
        """Hide `values` of at least so many characters."""
        self._whole: set[str] = set()
        self._alone: set[str] = set()
        self._pieces: dict[str, dict[str, int]] = {}  # where each stands first, by spelling
        self._letters = Letters()
        room = _MOST_IN_ALL_WAYS
        for value in sorted(values, key=len):
            if len(value) >= least:
                room -= len(value)
                self._add(value, in_all_ways=room >= 0)
        self._lengths: dict[str, set[int]] = {}  # by how the values begin
        for form in self._whole:
            self._lengths.setdefault(form[:_LONG_ENOUGH], set()).add(len(form))
        self._alone_lengths = sorted(set(map(len, self._alone)), reverse=True)
        self._firsts = {form[0] for form in self._alone}
        pieces = (piece[:_LONG_ENOUGH] for piece in self._pieces)
        self._beginnings = Beginnings(
            (*self._lengths, *self._alone, *pieces), self._letters.beginnings
        )
        self.empty = not (self._whole or self._alone or self._pieces)

    def may_change(self, seen: Glance) -> bool:
        """Whether cleaning a text that was looked at may change it."""
        return not self.empty and self._beginnings.may_stand_in(seen)

    def clean(self, text: str) -> str:
        """Return the text with every value replaced; `may_change` tells sooner if there is none."""
        low = _lower(text)
        shown: list[str] = []
        said = 0
        for begin, end in _joined((*self._spans(low), *self._letters.spans(low))):
            shown += [text[said:begin], HIDDEN]
            said = end
        return "".join([*shown, text[said:]])

    def _spans(self, low: str) -> Iterator[tuple[int, int]]:
        """Yield where something to hide begins and ends; pieces of a value may overlap."""
        at = 0
        while at < len(low):
            end = self._end_of_value(low, at)
            if end > at:
                yield at, end
            for form, start in self._pieces.get(low[at : at + _PIECE], {}).items():
                yield _grown(low, at, form, start)
            at = max(end, at + 1)

    def _add(self, value: str, *, in_all_ways: bool) -> None:
        # Most spellings of most values are equal: each is kept once.
        for form in dict.fromkeys(map(_lower, spellings(value, in_all_ways=in_all_ways))):
            if len(form) < _LONG_ENOUGH:
                if any(map(_in_word, form)):  # a lone sign tells nobody
                    self._alone.add(form)
            elif len(form) <= _LONGEST_WHOLE:
                self._whole.add(form)
            else:
                for start in range(0, len(form) - _PIECE + 1, _PIECE):
                    self._pieces.setdefault(form[start : start + _PIECE], {}).setdefault(
                        form, start
                    )
            if in_all_ways:
                self._letters.add(form)
        self._alone.update(_lower(part) for part in parts(value))

    def _end_of_value(self, low: str, at: int) -> int:
        """Return where a whole value that begins at a place ends; there, if none does."""
        for length in sorted(self._lengths.get(low[at : at + _LONG_ENOUGH], ()), reverse=True):
            if low[at : at + length] in self._whole:
                return at + length
        if low[at] in self._firsts and not (at and _in_word(low[at - 1])):
            for length in self._alone_lengths:
                end = at + length
                if low[at:end] in self._alone and not _in_word(low[end : end + 1]):
                    return end
        return at


def _grown(low: str, at: int, form: str, start: int) -> tuple[int, int]:
    """Return a piece with what of its value stands around it, less than a piece on either side."""
    begin, end, last = at, at + _PIECE, start + _PIECE
    while begin and start and at - begin < _PIECE and low[begin - 1] == form[start - 1]:
        begin, start = begin - 1, start - 1
    while end < len(low) and last < len(form) and low[end] == form[last]:
        end, last = end + 1, last + 1
        if end - at >= 2 * _PIECE:
            break
    return begin, end


def glance(*texts: str) -> Glance:
    """Look at some texts together, to know who may change one of them."""
    return Glance.at("\n".join(map(_lower, texts)))


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans in order, those that overlap or touch as one."""
    begin = end = -1
    for one, other in sorted(spans):
        if one > end:
            if end > begin:
                yield begin, end
            begin = one
        end = max(end, other)
    if end > begin:
        yield begin, end


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _lower(text: str) -> str:
    """Return a text in lower case, of the same length: places must stay the same."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
