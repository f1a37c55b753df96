"""Texts of a type to try: of its format, of its pattern, and of every length at a bound."""

from collections.abc import Iterator

from generator.contracts import types
from generator.contracts.lengths import EXTREMES
from generator.contracts.texts import texts_of

_LONGEST = 5000
_PLAIN_TEXTS = (
    "text",
    "",
    "a",
    "0",
    "A",
    " ",
    "-",
    "é",
    "日本",
    "🙂",
    "\n",
    "a b",
    "_",
    "true",
    "1.5",
    "(",
)
_FORMATTED = {
    types.Format.UUID: (
        "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d",
        "7F3D2C1A-9B4E-4F6A-8C5D-0E1F2A3B4C5E",
    ),
    types.Format.EMAIL: (
        *("ada@example.com", "a.b+c@x-y.example"),
        *('"ada lovelace"@example.com', "ada@[127.0.0.1]"),
    ),
    types.Format.URI: ("https://example.com/page", "urn:isbn:123", "mailto:ada@example.com"),
    types.Format.URI_REFERENCE: ("/page", "https://example.com/page", "../a?b#c", "#top"),
    types.Format.HOSTNAME: ("www.example.com", "localhost", "xn--9n2bp8q.example"),
    types.Format.IPV4: ("192.0.2.1", "10.20.30.40"),
    types.Format.IPV6: ("2001:db8::1", "::ffff:192.0.2.1"),
    types.Format.JSON_POINTER: ("/a/0", "/a~1b/~0"),
    types.Format.REGEX: ("^[a-z]+$", "(?<=a)b{2,3}"),
    types.Format.DATE: ("2026-01-31", "2024-02-29"),
    types.Format.TIME: (
        *("09:30:00Z", "23:59:59.5+02:00", "09:30:00.123456+02:00"),
        *("09:30:00.123456789Z", "23:59:60Z"),
    ),
    types.Format.DATE_TIME: (
        *("2026-01-31T09:30:00Z", "2024-02-29T23:59:59.5+02:00"),
        *("2026-01-31T09:30:00.123456+02:00", "2026-01-31T09:30:00.123456789Z"),
        "2016-12-31T23:59:60Z",
    ),
    types.Format.DURATION: ("PT1H", "P3D", "P1Y2M3DT4H5M6S", "P2W"),
}
_PADDED = {
    types.Format.EMAIL: ("a@", "b.", "c"),
    types.Format.URI: ("a:", "b", ""),
    types.Format.URI_REFERENCE: ("", "b", ""),
    types.Format.HOSTNAME: ("", "b.", "c"),
    types.Format.JSON_POINTER: ("/", "b", ""),
    types.Format.REGEX: ("", "b", ""),
    types.Format.TIME: ("09:30:00.", "0", "Z"),
    types.Format.DATE_TIME: ("2026-01-31T09:30:00.", "0", "Z"),
    types.Format.DURATION: ("P", "1", "D"),
}
"""Of formats of many lengths, how their texts begin, go on and end."""


def written(kind: types.String, near: types.Type | None) -> Iterator[str]:
    """Yield texts that may fit a type, the plainest first; the caller tells which do.

    Args:
        kind: The type.
        near: Another type, whose bounds, pattern, format and values are tried as well.
    """
    members = types.members_of(near) if near is not None else ()
    both = [kind, *(part for part in members if isinstance(part, types.String))]
    bounds = {b for part in both for b in (part.min_length, part.max_length) if b is not None}
    steps = {length + step for length in bounds for step in (-1, 0, 1)}
    lengths = sorted(length for length in steps if 0 <= length <= _LONGEST)
    if kind.format is not None:
        yield from _FORMATTED.get(kind.format, ())
        yield from (text for text in EXTREMES.get(kind.format, ()) if text is not None)
        yield from (_padded(kind.format, length) for length in lengths if kind.format in _PADDED)
        return
    pool: list[str] = []
    for part in both:
        pool += texts_of(part.pattern) if part.pattern is not None else _PLAIN_TEXTS
        pool += _FORMATTED[part.format] if part.format is not None else ()
    values = near.values if isinstance(near, types.Choice) else ()
    pool += [value for value in values if isinstance(value, str)]
    yield from pool
    for length in lengths:
        for text in (*pool[:8], "🙂", "a"):
            if text:
                yield (text * length)[:length]
                yield text + text[-1] * (length - len(text))


def _padded(form: types.Format, length: int) -> str:
    """Return text of a format and a length, if its beginning and its end leave room."""
    first, middle, last = _PADDED[form]
    room = max(0, length - len(first) - len(last))
    return f"{first}{(middle * room)[:room]}{last}"
