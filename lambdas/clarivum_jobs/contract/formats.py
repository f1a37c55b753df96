"""Types for the `format` words of a payload schema, and the mark of a sensitive field.

E-mail addresses, URIs and durations stay text; the others become the type that Python has for them.
Text becomes such a value only where JSON is read: Python code gives the value itself.
"""

import contextlib
import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ValidationInfo

_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?P<local>{_LOCAL_PART})@{_LABEL}(?:\.{_LABEL})+")
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
_DATE = re.compile(_DAY)
_TIME = re.compile(_CLOCK)
_DATE_TIME = re.compile(f"{_DAY}T{_CLOCK}")
_HOURS = r"T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
_DAYS = r"[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D"
_DURATION = re.compile(rf"P(?:[0-9]+W|(?:{_DAYS})(?:{_HOURS})?|{_HOURS})")

_LONGEST_ADDRESS = 254
_LONGEST_LOCAL_PART = 64


@dataclass(frozen=True, slots=True)
class Sensitive:
    """Marks a field, as `Annotated[Email, Sensitive()]`, whose value no log or reason may show."""


def _email(text: str) -> str:
    match = _EMAIL.fullmatch(text)
    if match is None or len(text) > _LONGEST_ADDRESS or len(match["local"]) > _LONGEST_LOCAL_PART:
        message = "not an e-mail address"
        raise ValueError(message)
    return text


def _uri(text: str) -> str:
    message = "not an absolute URI"
    if _URI.fullmatch(text) is None:
        raise ValueError(message)
    try:
        port = urlsplit(text).port
    except ValueError:
        raise ValueError(message) from None
    if port == 0:
        raise ValueError(message)
    return text


def _duration(text: str) -> str:
    if _DURATION.fullmatch(text) is None:
        message = "not a duration"
        raise ValueError(message)
    return text


def _from_json(
    read: Callable[[str], object],
) -> Callable[[object, ValidationInfo], object]:
    """Return a validator that reads text where JSON is read; other values pass through."""

    def convert(value: object, info: ValidationInfo) -> object:
        return read(value) if isinstance(value, str) and info.mode == "json" else value

    return convert


def _uuid(text: str) -> uuid.UUID:
    if _UUID.fullmatch(text) is None:
        message = "not a UUID with hyphens"
        raise ValueError(message)
    return uuid.UUID(text)


def _date(text: str) -> dt.date:
    with _saying("not a date, YYYY-MM-DD"):
        return dt.date.fromisoformat(_matched(_DATE, text))


def _time(text: str) -> dt.time:
    with _saying("not a time of day with an offset, HH:MM:SSZ"):
        return dt.time.fromisoformat(_matched(_TIME, text.upper()))


def _aware(time: dt.time) -> dt.time:
    if time.tzinfo is None:
        message = "a time of day without an offset"
        raise ValueError(message)
    return time


def _date_time(text: str) -> dt.datetime:
    with _saying("not a moment with an offset, YYYY-MM-DDTHH:MM:SSZ"):
        return dt.datetime.fromisoformat(_matched(_DATE_TIME, text.upper()))


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if pattern.fullmatch(text) is None:
        raise ValueError
    return text


@contextlib.contextmanager
def _saying(message: str) -> Iterator[None]:
    """Say what was expected, in words that do not quote what was given."""
    try:
        yield
    except ValueError:
        raise ValueError(message) from None


Email: TypeAlias = Annotated[str, AfterValidator(_email)]
"""One address, without a display name."""

Uri: TypeAlias = Annotated[str, AfterValidator(_uri)]
"""An absolute URI in ASCII, as RFC 3986 writes it."""

Duration: TypeAlias = Annotated[str, AfterValidator(_duration)]
"""A span of time as ISO 8601 writes it, such as P3D or PT1H30M; a month has no fixed length."""

Uuid: TypeAlias = Annotated[uuid.UUID, BeforeValidator(_from_json(_uuid))]
"""A UUID with its hyphens, in either case; always written in lower case."""

Date: TypeAlias = Annotated[dt.date, BeforeValidator(_from_json(_date))]
"""A calendar day."""

Time: TypeAlias = Annotated[dt.time, BeforeValidator(_from_json(_time)), AfterValidator(_aware)]
"""A time of day with its offset from UTC."""

DateTime: TypeAlias = Annotated[AwareDatetime, BeforeValidator(_from_json(_date_time))]
"""A moment; text without an offset from UTC is refused."""
