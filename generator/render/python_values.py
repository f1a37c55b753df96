"""JSON values as Python: as they are, or as the types of the models have them."""

import re
from collections.abc import Callable, Mapping

from generator.contracts import types
from generator.contracts.instances import fits
from generator.render.python_source import Code, Group, String, call, mapping, tuple_of

Use = Callable[[str, str], str]
"""Imports a name from a module."""

_PARSED: Mapping[types.Format, str] = {
    types.Format.DATE: "dt.date.fromisoformat",
    types.Format.TIME: "dt.time.fromisoformat",
    types.Format.DATE_TIME: "dt.datetime.fromisoformat",
}


_FINER: Mapping[types.Format, str] = {
    types.Format.TIME: "TimeOfDay",
    types.Format.DATE_TIME: "Moment",
}


def literal(given: object) -> Code:
    """Return a JSON value as the Python that reads as the same JSON."""
    if isinstance(given, str):
        return String(given)
    if isinstance(given, list):
        return Group("[", [literal(item) for item in given], "]")
    if isinstance(given, dict):
        return mapping({name: literal(inner) for name, inner in given.items()})
    return repr(given)


def value(given: object, kind: types.Type, use: Use) -> Code:
    """Return a JSON value as Python that has the annotation's type."""
    kind = types.followed(kind)
    match kind, given:
        case types.Union(), _:
            members = [member for member in types.members_of(kind) if fits(given, member)]
            return value(given, members[0], use)
        case types.String(format=types.Format.UUID), str():
            return call(use("uuid", "UUID"), String(given))
        case types.String(format=form), str() if form in _PARSED:
            assert form is not None
            return _time(given.upper(), form, use)
        case types.Array(items=items), list():
            return tuple_of([value(item, items, use) for item in given])
        case types.Number(integer=True), float():
            return repr(int(given))
        case _:
            return literal(given)


def _time(text: str, form: types.Format, use: Use) -> Code:
    """Return a date or a time; Python alone has neither a seventh digit nor a leap second."""
    if form in _FINER and re.search(r":60|\.[0-9]{7}", text):
        name = use("clarivum_jobs.contract.moments", _FINER[form])
        return call(f"{name}.read", String(text))
    use("", "datetime as dt")
    return call(_PARSED[form], String(text))
