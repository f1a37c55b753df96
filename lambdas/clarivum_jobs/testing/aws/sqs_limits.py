"""What SQS refuses to take, by the text of its documentation."""

import re
from collections.abc import Iterator
from decimal import MAX_PREC, Context, Decimal
from typing import Any

from clarivum_jobs.testing.machine.router import Params, RefusedError

LARGEST_MESSAGE = 262_144
"""Bytes of a message that `modules/queue` lets a queue take; SQS itself would take four times as
much."""

LARGEST_BATCH = 1_048_576
"""Bytes of all messages of one batch."""

_ATTRIBUTES = 10
_NAME = re.compile(r"(?!(?i:aws|amazon)\.)[A-Za-z0-9_\-]+(\.[A-Za-z0-9_\-]+)*")
_LONGEST_NAME = 256
_TYPE = re.compile(r"(String|Number|Binary)(\..+)?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_DIGITS, _LEAST, _MOST = 38, -128, 126
_EXACT = Context(prec=MAX_PREC)
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_message(body: str, attributes: Params, largest: int) -> None:
    """Return if a queue would take a message.

    Raises:
        RefusedError: It is empty, too large, has an attribute too many or a character too odd.
    """
    if not body or size(body, attributes) > largest:
        message = f"A message of {size(body, attributes)} bytes is not possible."
        raise RefusedError(code="InvalidParameterValue", why=message)
    if len(attributes) > _ATTRIBUTES:
        message = f"Number of message attributes [{len(attributes)}] exceeds the allowed maximum."
        raise RefusedError(code="InvalidParameterValue", why=message)
    if _FORBIDDEN.search(body):
        message = "Invalid characters were found in the message body."
        raise RefusedError(code="InvalidMessageContents", why=message)
    for name, value in attributes.items():
        _check_attribute(name, value)


def size(body: str, attributes: Params) -> int:
    """Bytes that count: the body and each attribute's name, type and value."""
    return len(body.encode()) + sum(len(piece) for piece in _pieces(attributes))


def _check_attribute(name: str, value: Params) -> None:
    text, kind = value.get("StringValue"), _TYPE.fullmatch(value["DataType"])
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        problem = f"The attribute name {name!r} is not allowed."
    elif kind is None:
        problem = f"The type of {name} is none of String, Number and Binary."
    elif kind[1] == "Binary":
        problem = "" if value.get("BinaryValue") else f"{name} has no value."
    elif not text:
        problem = f"{name} has no value."
    elif _FORBIDDEN.search(text):
        problem = f"Invalid characters were found in the value of {name}."
    elif kind[1] == "Number" and not _is_number(text):
        problem = f"Can't cast the value of {name} to a number."
    else:
        problem = ""
    if problem:
        raise RefusedError(code="InvalidParameterValue", why=problem)


def _is_number(text: str) -> bool:
    """Whether SQS knows a text as a number: 38 digits at most, between 1e-128 and 1e126."""
    if not _NUMBER.fullmatch(text):
        return False
    value = Decimal(text)
    digits = len(value.normalize(_EXACT).as_tuple().digits)
    return not value or (digits <= _DIGITS and _LEAST <= value.adjusted() < _MOST)


def _pieces(attributes: Params) -> Iterator[bytes]:
    for name, value in attributes.items():
        yield name.encode()
        yield value["DataType"].encode()
        yield _content(value)


def _content(value: Params) -> bytes:
    content: Any = value.get("BinaryValue") or value.get("StringValue", "")
    return content if isinstance(content, bytes) else str(content).encode()
