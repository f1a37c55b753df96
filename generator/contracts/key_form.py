"""The idempotency key that a document shows: key form 1, by the types of the contract.

Producers and workers have their own; `docs/key-form-1.md` is what all of them follow, and the same
vectors hold for each.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from generator.contracts import types
from generator.contracts.equality import same_value
from generator.contracts.forms import forms_of

_MOMENT = re.compile(
    r"(?:(?P<day>[0-9-]{10})T)?(?P<minute>[0-9]{2}:[0-9]{2}):(?P<second>[0-9]{2})"
    r"(?:\.(?P<fraction>[0-9]+))?(?P<offset>Z|[+-][0-9:]{5})"
)
_ANY_DAY = "2000-01-15"
_LEAP, _BEFORE = "60", "59"
_MICROSECONDS = 6


def key_of(payload: types.Object, names: Iterable[str], document: Mapping[str, object]) -> str:
    """Return the key of a valid payload: the SHA-256 of its key fields' values in one form.

    Args:
        payload: The contract's.
        names: Its key fields, in the manifest's order.
        document: The payload as JSON; what has a default may be left out.
    """
    whole = _object(payload, document)
    written = json.dumps([whole.get(name) for name in names], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _form(kind: types.Type, value: object) -> object:
    """Return a value as all values have it that are equal to it."""
    kind = types.followed(kind)
    match kind, value:
        case types.Union(), _:
            return _form(next(iter(forms_of(kind, value)), types.Anything()), value)
        case types.Choice(values), _:
            same = same_value(value)
            return _plain(next((each for each in values if same_value(each) == same), value))
        case types.String(format=found), str() if found in _TEXTS:
            return _TEXTS[found](value)
        case types.Array(items), list():
            return [_form(items, item) for item in value]
        case types.Object(), dict():
            return _object(kind, value)
        case _:
            return _plain(value)


def _object(kind: types.Object, value: Mapping[str, object]) -> dict[str, object]:
    fields = {field.name: field for field in kind.fields}
    defaults = {
        name: field.default
        for name, field in fields.items()
        if field.default is not types.NO_DEFAULT
    }
    others = kind.additional or types.Anything()
    return {
        name: _form(fields[name].type if name in fields else others, inner)
        for name, inner in {**defaults, **value}.items()
    }


def _plain(value: object) -> object:
    """Return a value that no format gives a meaning: its whole numbers have no point."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case _:
            return value


def _in_utc(text: str) -> str:
    """Return a moment, or a time of day, in UTC; the edges of the calendar keep their offset."""
    found = _MOMENT.fullmatch(text.upper())
    if found is None:
        return text
    second, fraction = found["second"], (found["fraction"] or "").rstrip("0")
    if fraction and second != _LEAP:
        fraction = fraction.ljust(_MICROSECONDS, "0")
    day = found["day"] or _ANY_DAY
    local = datetime.fromisoformat(
        f"{day}T{found['minute']}:{_BEFORE if second == _LEAP else second}{found['offset']}"
    )
    try:
        told, offset = local.astimezone(UTC).replace(tzinfo=None).isoformat(), "Z"
    except OverflowError:
        told, offset = local.replace(tzinfo=None).isoformat(), found["offset"]
    told = told if found["day"] else told.partition("T")[2]
    return f"{told[:-2]}{second}{'.' if fraction else ''}{fraction}{offset}"


_TEXTS: Mapping[types.Format | None, Callable[[str], str]] = {
    types.Format.UUID: str.lower,
    types.Format.DATE_TIME: _in_utc,
    types.Format.TIME: _in_utc,
}
