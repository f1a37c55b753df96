"""Python names for properties: readable, safe, and made from nothing but the property's own name.

So no other property can change them. Two properties that would share a name are refused where
the schema is read.
"""

import functools
import hashlib
import re
import unicodedata

from generator.contracts import taken

LONGEST = 64
"""Characters of a name; with more, declarations would not fit their lines."""

_DIGEST = 8
_KEPT = 10_000
"""Names that are remembered: each property is named in every kind of file."""

_SEPARATORS = frozenset("_-. /:")
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LATIN = "ß:ss ẞ:ss æ:ae Æ:Ae œ:oe Œ:Oe ø:o Ø:O ł:l Ł:L đ:d Đ:D ð:d Ð:D þ:th Þ:Th"
_LETTERS = dict(pair.split(":") for pair in _LATIN.split())
"""Letters of Latin alphabets that do not come apart into a plain one and a mark."""


@functools.lru_cache(_KEPT)
def identifier(name: str) -> str:
    """Return a snake-case attribute name, in ASCII, for a property."""
    words = _WORD_START.sub("_", _spelt(name)).lower()
    plain = re.sub(r"[^a-z0-9]+", "_", words).strip("_")
    plain = plain or "_".join(map(_numbered, name)) or "unnamed"
    if plain[0].isdigit():
        plain = f"field_{plain}"
    if len(plain) > LONGEST:
        digest = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:_DIGEST]
        plain = f"{plain[: LONGEST - _DIGEST - 1].rstrip('_')}_{digest}"
    return f"{plain}_" if taken.is_taken(plain) else plain


def class_of(attribute: str) -> str:
    """Return the class of an attribute that holds an object, unless it is taken."""
    return "".join(part.capitalize() for part in attribute.split("_") if part)


def class_for(hint: str) -> str:
    """Return the class that is named after something: a property, a definition, a form."""
    name = class_of(identifier(hint))
    while name in taken.CLASSES:
        name += "Object"
    return name


def _spelt(name: str) -> str:
    """Return a name in ASCII: letters without their marks, what has no letter by its number."""
    found = ""
    for char in unicodedata.normalize("NFKD", name):
        if char in _SEPARATORS or (char.isascii() and char.isalnum()):
            found += char
        elif char in _LETTERS:
            found += _LETTERS[char]
        elif unicodedata.category(char)[0] != "M" or not found[-1:].isalpha():
            found += f"_{_numbered(char)}_"
    return found


def _numbered(char: str) -> str:
    return f"u{ord(char):x}"
