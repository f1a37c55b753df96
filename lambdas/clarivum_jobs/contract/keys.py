"""Idempotency keys: equal work has an equal key, whoever sends it, however it is spelt.

A key never comes from a message id, which changes with every send and every redrive. It is the
SHA-256 of the key fields' values in one form, "key form 1": sorted names, no spaces, plain ASCII;
whole numbers without a point, zero without a sign; moments and times of day in UTC.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping

from clarivum_jobs.contract.moments import seconds_of, with_seconds
from clarivum_jobs.contract.payload import JobContract

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: object) -> str:
    """Write a JSON value in its one spelling: sorted keys, no spaces, plain ASCII.

    Raises:
        TypeError: The value holds something that JSON does not know.
        ValueError: The value holds NaN or an infinity.
    """
    return _CANONICAL.encode(value)


def payload_key(contract: JobContract, document: Mapping[str, object]) -> str:
    """Return the key of a payload, its fields given by their JSON names with defaults filled in.

    A moment is told from text by its type: as a `datetime` it is keyed by the instant, as text by
    its spelling.
    """
    return _digest([one_form(document.get(name)) for name in contract.key])


def content_hash(document: Mapping[str, object]) -> str:
    """Return what tells one payload's whole content from another's; fields as for a key."""
    return _digest(one_form(document))


def named_key(name: str) -> str:
    """Return the key of work that somebody named; never equal to a payload's.

    Raises:
        ValueError: The name is empty, which would make all such work one.
    """
    if not name:
        message = "a key must not be empty"
        raise ValueError(message)
    return _digest({"name": name})


def one_form(value: object) -> object:
    """Return a payload's value as JSON in the form that all equal values share, at any depth."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case dt.datetime() | dt.time():
            written = _in_utc(value).isoformat().replace("+00:00", "Z")
            return with_seconds(written, seconds_of(value))
        case dt.date() | uuid.UUID():
            return str(value)
        case Mapping():
            return {str(name): one_form(inner) for name, inner in value.items()}
        case list() | tuple():
            return [one_form(inner) for inner in value]
        case _:
            return value


def _in_utc(value: dt.datetime | dt.time) -> dt.datetime | dt.time:
    if isinstance(value, dt.time):
        # On a day in the middle of a month, so that no shift leaves the calendar.
        return dt.datetime.combine(dt.date(2000, 1, 15), value).astimezone(dt.UTC).timetz()
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        return value  # the first or the last hours of the calendar: UTC has no date for them


def _digest(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode("ascii")).hexdigest()
