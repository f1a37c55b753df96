"""Types for the `format` words of a payload schema, and the mark of a sensitive field.

E-mail addresses and URIs stay text; the others become the type that Python has for them.
"""

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime

_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?P<local>{_LOCAL_PART})@{_LABEL}(?:\.{_LABEL})+")
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)

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


Email: TypeAlias = Annotated[str, AfterValidator(_email)]
"""One address, without a display name."""

Uri: TypeAlias = Annotated[str, AfterValidator(_uri)]
"""An absolute URI in ASCII, as RFC 3986 writes it."""

Uuid: TypeAlias = uuid.UUID
"""Any spelling of a UUID; always written in lower case with hyphens."""

Date: TypeAlias = dt.date
"""A calendar day."""

DateTime: TypeAlias = AwareDatetime
"""A moment; text without an offset from UTC is refused."""
