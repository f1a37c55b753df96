"""Text that a pattern allows: a few short samples of every way through it."""

from collections.abc import Iterator
from functools import cache
from itertools import islice, product

from generator.contracts import ecma
from generator.contracts.patterns import is_found, matches

_ALPHABET = "a0Az9-_ .:/@+#,;!?&=%$*~'\"()[]{}<>|^\\`\té§Ωж日🙂\n"
_MOST = 60
_LONGEST_REPEAT = 40


@cache
def texts_of(pattern: str) -> tuple[str, ...]:
    """Return samples that a usable pattern is found in, the plainest first."""
    found = dict.fromkeys(islice(_choices(ecma.parse(pattern)), _MOST))
    wrapped = [f"{before}{text}{after}" for text in list(found)[:8] for before, after in _AROUND]
    return tuple(text for text in [*found, *wrapped] if matches(text, pattern))


_AROUND = (("a", ""), ("", "a"), (" ", " "), ("0", "\n"))


def _choices(part: ecma.Choices) -> Iterator[str]:
    """Yield samples of each sequence in turn."""
    waiting = [_sequence(parts) for parts in part.sequences]
    while waiting:
        for samples in list(waiting):
            text = next(samples, None)
            if text is None:
                waiting.remove(samples)
            else:
                yield text


def _sequence(parts: tuple[ecma.Part, ...]) -> Iterator[str]:
    """Yield samples in which one part at a time varies, then some in which all do."""
    options = [list(islice(_part(part), 12)) or [""] for part in parts]
    first = [listed[0] for listed in options]
    yield "".join(first)
    for index, listed in enumerate(options):
        for text in listed[1:]:
            yield "".join([*first[:index], text, *first[index + 1 :]])
    yield from map("".join, islice(product(*(listed[:3] for listed in options)), _MOST))


def _part(part: ecma.Part) -> Iterator[str]:
    match part:
        case ecma.Chars(rust, literal):
            if literal:
                yield literal
            else:
                yield from (char for char in _ALPHABET if is_found(char, f"^{rust}$"))
        case ecma.Choices():
            yield from _choices(part)
        case ecma.Repeat(inner, low, high):
            samples = list(islice(_part(inner), 6))
            most = low + 3 if high is None else min(high, low + _LONGEST_REPEAT)
            for count in dict.fromkeys((max(low, min(1, most)), low, low + 1, most)):
                if count <= most:
                    yield from (sample * count for sample in samples[: 1 if count > 1 else None])
                    yield "".join((samples or [""])[n % max(1, len(samples))] for n in range(count))
        case _:
            yield ""
