r"""A pattern as a regular expression of JavaScript with its `u` flag.

The reader of patterns is more lenient than that flag: it takes `\-` and a lone brace as they stand.
What it takes is written here in the one spelling that both mean alike.
"""

import re

from generator.render.typescript_text import escaped

_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_KEPT = re.compile(r"u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|c[A-Za-z]|[dDwWsSbfnrtv0]")
_PROPERTY = re.compile(r"([pP])\{([A-Za-z0-9_]+)(=[A-Za-z0-9_]+)?\}")
_QUANTIFIER = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
_NAMED = re.compile(r"\(\?<[A-Za-z_$][A-Za-z0-9_$]*>")
_CATEGORIES = frozenset(
    (
        *("C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "LC", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc"),
        *("Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S"),
        *("Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs", "Letter", "Mark", "Number", "Punctuation"),
        *("Symbol", "Separator", "Other", "Lowercase_Letter", "Uppercase_Letter"),
        *("Titlecase_Letter", "Modifier_Letter", "Other_Letter", "Decimal_Number", "Letter_Number"),
        *("Other_Number", "Any", "ASCII", "Assigned", "Alphabetic", "Lowercase", "Uppercase"),
        *("White_Space", "Emoji", "ID_Start", "ID_Continue", "XID_Start", "XID_Continue", "Math"),
        *("Hex_Digit", "ASCII_Hex_Digit", "Ideographic"),
    )
)


def regular_expression(pattern: str) -> str:
    """Return the literal of a usable pattern."""
    return f"/{''.join(_parts(pattern)) or '(?:)'}/u"


def _parts(pattern: str) -> list[str]:
    parts: list[str] = []
    at, in_set = 0, False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            part, length = _escape(pattern[at + 1 :], in_set=in_set)
        elif in_set:
            part, length = escaped(char) if char != "\\" else char, 1
        elif named := _NAMED.match(pattern, at):
            part, length = "(?:", len(named[0])
        elif quantifier := _QUANTIFIER.match(pattern, at):
            part, length = quantifier[0], len(quantifier[0])
        else:
            part, length = (f"\\{char}" if char in "{}]/" else escaped(char)), 1
        if char in "[]":
            in_set = char == "[" or (in_set and char != "]")
        parts.append(part)
        at += length
    return parts


def _escape(after: str, *, in_set: bool) -> tuple[str, int]:
    """Return an escape and its length, from what stands behind its backslash."""
    if found := _PROPERTY.match(after):
        return f"\\{found[1]}{{{_property(found[2], found[3])}}}", len(found[0]) + 1
    if found := _KEPT.match(after):
        return f"\\{found[0]}", len(found[0]) + 1
    char = after[:1]
    if char in _SYNTAX or (char == "-" and in_set):
        return f"\\{char}", 2
    return escaped(char), 2


def _property(name: str, value: str | None) -> str:
    if value is not None or name in _CATEGORIES:
        return f"{name}{value or ''}"
    return f"Script={name[:1].upper()}{name[1:]}"
