"""Patterns that every text fits: the empty one, and others that ask for nothing."""

from functools import cache

from generator.contracts import ecma
from generator.contracts.lengths import whole
from generator.contracts.patterns import is_found

_SURROGATES = range(0xD800, 0xE000)
_CHARACTERS = 0x110000


@cache
def fits_everything(pattern: str) -> bool:
    """Say whether a pattern is found in every text; False where that cannot be told."""
    anchored = whole(pattern)
    if anchored is not None:
        return any(_is_any_text(sequence) for sequence in anchored.sequences)
    return any(_is_found_anywhere(sequence) for sequence in ecma.parse(pattern).sequences)


def _is_found_anywhere(sequence: tuple[ecma.Part, ...]) -> bool:
    """Say whether a sequence can be nothing at all, at one end of the text or anywhere."""
    ends = [part.rust for part in sequence if isinstance(part, ecma.Assertion)]
    rest = [part for part in sequence if not isinstance(part, ecma.Assertion)]
    at_the_start = ends == ["^"] and sequence[0] not in rest
    at_the_end = ends == ["$"] and sequence[-1] not in rest
    return all(map(_can_be_nothing, rest)) and (not ends or at_the_start or at_the_end)


def _can_be_nothing(part: ecma.Part) -> bool:
    match part:
        case ecma.Repeat(inner, low):
            return low == 0 or _can_be_nothing(inner)
        case ecma.Choices(sequences):
            return any(all(map(_can_be_nothing, sequence)) for sequence in sequences)
        case _:
            return False


def _is_any_text(sequence: tuple[ecma.Part, ...]) -> bool:
    """Say whether a sequence is any number of any characters, and nothing else that must be."""
    return all(map(_can_be_nothing, sequence)) and any(
        isinstance(part, ecma.Repeat) and part.high is None and _is_any_character(part.part)
        for part in sequence
    )


def _is_any_character(part: ecma.Part) -> bool:
    return isinstance(part, ecma.Chars) and is_found(_every_character(), f"^{part.rust}*$")


@cache
def _every_character() -> str:
    return "".join(chr(code) for code in range(_CHARACTERS) if code not in _SURROGATES)
