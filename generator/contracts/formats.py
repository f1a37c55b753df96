"""Whether text is in a format, as the workers' library judges it.

The library is not imported, for building needs nothing of what runs; a test proves that both agree.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from urllib.parse import urlsplit

from generator.contracts.types import Format

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?=.{{1,254}}$)(?={_LOCAL_PART}@)[^@]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
_TIME = re.compile(_CLOCK)
_HOURS = r"T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
_DAYS = r"[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D"
_DURATION = re.compile(rf"P(?:[0-9]+W|(?:{_DAYS})(?:{_HOURS})?|{_HOURS})")
_DATE_TIME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt]{_CLOCK}")


def is_formatted(text: str, form: Format) -> bool:
    """Say whether text is in a format."""
    return _JUDGES[form](text)


def _is_uri(text: str) -> bool:
    if _URI.fullmatch(text) is None:
        return False
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None and _parses(date.fromisoformat, text)


def _is_date_time(text: str) -> bool:
    return _DATE_TIME.fullmatch(text) is not None and _parses(
        datetime.fromisoformat, text.upper().replace("Z", "+00:00")
    )


def _is_time(text: str) -> bool:
    return _TIME.fullmatch(text) is not None and _parses(time.fromisoformat, text.upper())


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


_JUDGES: Mapping[Format, Callable[[str], bool]] = {
    Format.UUID: lambda text: _UUID.fullmatch(text) is not None,
    Format.EMAIL: lambda text: _EMAIL.fullmatch(text) is not None,
    Format.URI: _is_uri,
    Format.DATE: _is_date,
    Format.TIME: _is_time,
    Format.DATE_TIME: _is_date_time,
    Format.DURATION: lambda text: _DURATION.fullmatch(text) is not None,
}
