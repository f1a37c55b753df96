"""Types for the `format` words of a payload schema, and the mark of a sensitive field.

E-mail addresses, URIs and durations stay text; the others become the type that Python has for them.
Text becomes such a value only where JSON is read: Python code gives the value itself.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    WrapSerializer,
)

from clarivum_jobs.contract.ecma_syntax import is_regex
from clarivum_jobs.contract.moments import Moment, TimeOfDay, moment, time_of_day
from clarivum_jobs.contract.text_formats import (
    is_date,
    is_date_time,
    is_duration,
    is_email,
    is_hostname,
    is_ipv4,
    is_ipv6,
    is_json_pointer,
    is_time,
    is_uri,
    is_uri_reference,
    is_uuid,
)


@dataclass(frozen=True, slots=True)
class Sensitive:
    """Marks a field, as `Annotated[Email, Sensitive()]`, whose value no log or reason may show."""


def _text(judge: Callable[[str], bool], what: str) -> AfterValidator:
    """Return a validator of text that stays text; it says what was expected, not what was given."""

    def check(text: str) -> str:
        if not judge(text):
            message = f"not {what}"
            raise ValueError(message)
        return text

    return AfterValidator(check)


def _from_json(
    read: Callable[[str], object],
) -> Callable[[object, ValidationInfo], object]:
    """Return a validator that reads text where JSON is read; other values pass through."""

    def convert(value: object, info: ValidationInfo) -> object:
        return read(value) if isinstance(value, str) and info.mode == "json" else value

    return convert


def _read(
    judge: Callable[[str], bool], read: Callable[[str], object], what: str
) -> BeforeValidator:
    """Return a validator that reads text where JSON is read, in words that do not quote it."""

    def convert(text: str) -> object:
        message = f"not {what}"
        if not judge(text):
            raise ValueError(message)
        try:
            return read(text)
        except ValueError:
            raise ValueError(message) from None

    return BeforeValidator(_from_json(convert))


def _aware(time: dt.time) -> dt.time:
    if time.tzinfo is None:
        message = "a time of day without an offset"
        raise ValueError(message)
    return time


def _written(value: object, handler: SerializerFunctionWrapHandler) -> object:
    """Write all digits of what is finer than Python's own types."""
    if isinstance(value, Moment | TimeOfDay) and value.seconds:
        return value.isoformat().replace("+00:00", "Z")
    return handler(value)


_EXACTLY = WrapSerializer(_written, when_used="json")

Email: TypeAlias = Annotated[str, _text(is_email, "an e-mail address")]
"""One address, without a display name."""

Uri: TypeAlias = Annotated[str, _text(is_uri, "an absolute URI")]
"""An absolute URI in ASCII, as RFC 3986 writes it."""

UriReference: TypeAlias = Annotated[str, _text(is_uri_reference, "a URI reference")]
"""A URI, or one that is relative to another."""

Hostname: TypeAlias = Annotated[str, _text(is_hostname, "a host name")]
"""A host's name in ASCII, with one label or more."""

Ipv4: TypeAlias = Annotated[str, _text(is_ipv4, "an IPv4 address")]
"""Four decimal numbers."""

Ipv6: TypeAlias = Annotated[str, _text(is_ipv6, "an IPv6 address")]
"""An IPv6 address without a zone."""

JsonPointer: TypeAlias = Annotated[str, _text(is_json_pointer, "a JSON Pointer")]
"""A JSON Pointer; empty for the whole document."""

Regex: TypeAlias = Annotated[str, _text(is_regex, "a regular expression")]
"""A regular expression of ECMA-262; checked, never run."""

Duration: TypeAlias = Annotated[str, _text(is_duration, "a duration")]
"""A span of time as ISO 8601 writes it, such as P3D or PT1H30M; a month has no fixed length."""

Uuid: TypeAlias = Annotated[uuid.UUID, _read(is_uuid, uuid.UUID, "a UUID with hyphens")]
"""A UUID with its hyphens, in either case; always written in lower case."""

Date: TypeAlias = Annotated[dt.date, _read(is_date, dt.date.fromisoformat, "a date, YYYY-MM-DD")]
"""A calendar day."""

Time: TypeAlias = Annotated[
    dt.time,
    _read(is_time, time_of_day, "a time of day with an offset, HH:MM:SSZ"),
    AfterValidator(_aware),
    _EXACTLY,
]
"""A time of day with its offset from UTC."""

DateTime: TypeAlias = Annotated[
    AwareDatetime,
    _read(is_date_time, moment, "a moment with an offset, YYYY-MM-DDTHH:MM:SSZ"),
    _EXACTLY,
]
"""A moment; text without an offset from UTC is refused."""
