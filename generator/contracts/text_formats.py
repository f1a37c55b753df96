"""Whether text is in a format of JSON Schema, as the RFCs have it.

The same code judges defaults and samples when code is generated, and payloads when it runs.
"""

import ipaddress
import re
from datetime import date

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
_RESERVED_LABEL = re.compile(r"(?:^|\.)(?!xn--)..--", re.IGNORECASE)

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_QUOTED = r'"(?:[ !#-\[\]-~]|\\[ -~])*"'
_EMAIL = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*|{_QUOTED})@(?P<domain>[^@]+)")
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_LITERAL = re.compile(r"\[(?:IPv6:(?P<six>[0-9A-Fa-f:.]+)|(?P<four>[0-9.]+))\]")
_LONGEST_ADDRESS = 254
_LONGEST_LOCAL_PART = 64

_ESCAPED = r"%[0-9A-Fa-f]{2}"
_IN_NAME = rf"(?:[A-Za-z0-9._~!$&'()*+,;=-]|{_ESCAPED})"
_IN_PATH = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|{_ESCAPED})"
_IN_FIRST = rf"(?:[A-Za-z0-9._~!$&'()*+,;=@-]|{_ESCAPED})"
_HOST_LITERAL = r"\[(?:v[0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+|(?P<six>[0-9A-Fa-f:.]+))\]"
_AUTHORITY = rf"(?:(?:{_IN_NAME}|:)*@)?(?:{_HOST_LITERAL}|{_IN_NAME}*)(?::(?P<port>[0-9]*))?"
_PATH = rf"(?:/{_IN_PATH}*)*"
_AFTER = rf"(?:\?(?:{_IN_PATH}|[/?])*)?(?:#(?:{_IN_PATH}|[/?])*)?"
_ABSOLUTE = rf"/(?:{_IN_PATH}+{_PATH})?"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:(?://{_AUTHORITY}{_PATH}|{_ABSOLUTE}|{_IN_PATH}+{_PATH}|){_AFTER}"
)
_REFERENCE = re.compile(rf"(?://{_AUTHORITY}{_PATH}|{_ABSOLUTE}|{_IN_FIRST}+{_PATH}|){_AFTER}")
_LAST_PORT = 65535

_POINTER = re.compile(r"(?:/(?:[^/~]|~[01])*)*")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(
    r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9]|60)(?:\.[0-9]+)?"
    r"(?:Z|(?P<sign>[+-])(?P<hours>[01][0-9]|2[0-3]):(?P<minutes>[0-5][0-9]))",
    re.IGNORECASE,
)
_DAY = 24 * 60
_HOURS = r"T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
_DAYS = r"[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D"
_DURATION = re.compile(rf"P(?:[0-9]+W|(?:{_DAYS})(?:{_HOURS})?|{_HOURS})")


def is_uuid(text: str) -> bool:
    """Say whether text is a UUID with its hyphens, in either case."""
    return _UUID.fullmatch(text) is not None


def is_hostname(text: str) -> bool:
    """Say whether text is a host's name, RFC 1123; what a label of `xn--` encodes is not judged."""
    return _HOST.fullmatch(text) is not None and _RESERVED_LABEL.search(text) is None


def is_ipv4(text: str) -> bool:
    """Say whether text is an address of four decimal numbers, RFC 2673."""
    return text.isascii() and _is_address(ipaddress.IPv4Address, text)


def is_ipv6(text: str) -> bool:
    """Say whether text is an address as RFC 4291 writes it, without a zone."""
    return text.isascii() and "%" not in text and _is_address(ipaddress.IPv6Address, text)


def is_email(text: str) -> bool:
    """Say whether text is a mailbox, RFC 5321, at a name of two labels or more or at an address."""
    match = _EMAIL.fullmatch(text)
    if match is None or len(text) > _LONGEST_ADDRESS or len(match["local"]) > _LONGEST_LOCAL_PART:
        return False
    literal = _LITERAL.fullmatch(match["domain"])
    if literal is not None:
        return is_ipv6(literal["six"]) if literal["six"] else is_ipv4(literal["four"])
    return _DOMAIN.fullmatch(match["domain"]) is not None


def is_uri(text: str) -> bool:
    """Say whether text is a URI with its scheme, in ASCII, RFC 3986."""
    return _has_usable_authority(_URI.fullmatch(text))


def is_uri_reference(text: str) -> bool:
    """Say whether text is a URI, or one that is relative to another, RFC 3986."""
    return is_uri(text) or _has_usable_authority(_REFERENCE.fullmatch(text))


def is_json_pointer(text: str) -> bool:
    """Say whether text is a JSON Pointer, RFC 6901."""
    return _POINTER.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Say whether text is a day of the calendar, RFC 3339."""
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """Say whether text is a time of day with an offset, RFC 3339.

    A leap second is one where UTC has it, at the end of a day.
    """
    match = _CLOCK.fullmatch(text)
    if match is None:
        return False
    if match["second"] != "60":
        return True
    offset = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    local = int(match["hour"]) * 60 + int(match["minute"])
    return (local - (offset if match["sign"] == "+" else -offset)) % _DAY == _DAY - 1


def is_date_time(text: str) -> bool:
    """Say whether text is a moment with an offset, RFC 3339."""
    day, sign, clock = text[:10], text[10:11], text[11:]
    return sign in {"T", "t"} and is_date(day) and is_time(clock)


def is_duration(text: str) -> bool:
    """Say whether text is a span of time, as the appendix of RFC 3339 has ISO 8601."""
    return _DURATION.fullmatch(text) is not None


def _is_address(kind: type[ipaddress.IPv4Address] | type[ipaddress.IPv6Address], text: str) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True


def _has_usable_authority(match: re.Match[str] | None) -> bool:
    if match is None or (match["six"] and not is_ipv6(match["six"])):
        return False
    port = (match["port"] or "").lstrip("0")
    return not match["port"] or (0 < len(port) <= len(str(_LAST_PORT)) and int(port) <= _LAST_PORT)
