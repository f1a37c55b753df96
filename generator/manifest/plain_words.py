"""What an unquoted word of YAML is, without YAML 1.1's surprises.

Only what JSON also has is a value: true, false, null, decimal numbers and text.
Text that another YAML reader would take for something else must be quoted.
"""

import math
import re
from typing import TypeAlias

Word: TypeAlias = str | int | float | bool | None

_SURPRISE = re.compile(
    r"""yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE|Null|NULL
    |[-+]?0[0-7_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?0b[01_]+|0o[0-7]+
    |[-+]?[0-9][0-9]*_[0-9_]*|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    |\+[0-9]+|[-+]?\.[0-9]+|[-+]?[0-9]+\.|[-+]?[0-9]{19,}
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|<<|=""",
    re.VERBOSE,
)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)")
_CONSTANTS: dict[str, Word] = {"true": True, "false": False, "null": None, "~": None, "": None}
_TELLING = frozenset("yYnNoOtTfF<=~-+.0123456789")
"""A word that begins with another character is text."""


class SurpriseError(ValueError):
    """A word that YAML readers disagree about; the message is what to write instead."""


_LONGEST_TOLD = 40


def meaning(word: str) -> Word:
    """Return the value of an unquoted word.

    Raises:
        SurpriseError: Other YAML readers take it for something else.
    """
    if word[:1] not in _TELLING and word:
        return word
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    if _FRACTION.fullmatch(word):
        number = float(word)
        if math.isfinite(number):
            return number
        raise SurpriseError(_instead_of(word))
    if _SURPRISE.fullmatch(word):
        raise SurpriseError(_instead_of(word))
    return word


def cut(word: str) -> str:
    """Return a word as it is told: of a very long one its beginning."""
    return word if len(word) <= _LONGEST_TOLD else f"{word[:_LONGEST_TOLD]}..."


def _instead_of(text: str) -> str:
    lowered, text = text.lower(), cut(text)
    if lowered in {"yes", "on", "true"}:
        return f'write true, or "{text}" in quotes if text is meant'
    if lowered in {"no", "off", "false"}:
        return f'write false, or "{text}" in quotes if text is meant'
    if text == "<<":
        return "merge keys are not part of the manifest; say what jobs share under `defaults`"
    return f'write "{text}" in quotes if text is meant, a plain decimal number if not'
