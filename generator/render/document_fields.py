"""The table of a payload's fields, nested ones by dotted names."""

import json
from collections.abc import Iterator

from generator.contracts import types
from generator.render.markdown import code, table, text

_FORMATS = {
    types.Format.UUID: "UUID",
    types.Format.EMAIL: "e-mail address",
    types.Format.URI: "URI",
    types.Format.DATE: "date, `YYYY-MM-DD`",
    types.Format.DATE_TIME: "moment with offset, RFC 3339",
}


def fields_table(payload: types.Object) -> str:
    """Return the table of a payload's fields; a sentence if it has none."""
    rows = list(_rows(payload, ""))
    if not rows:
        return "The payload is an empty object."
    return table(("field", "type", "required", "limits", "meaning"), rows)


def _rows(kind: types.Object, prefix: str) -> Iterator[tuple[str, ...]]:
    for field in kind.fields:
        name = f"{prefix}{field.name}"
        meaning = text(field.description)
        if field.sensitive:
            meaning = f"{meaning} **Sensitive**: never logged.".strip()
        limits = "; ".join(_limits(field))
        yield code(name), _type(field.type), "yes" if field.required else "no", limits, meaning
        inner, suffix = field.type, ""
        while isinstance(inner, types.Array):
            inner, suffix = inner.items, f"{suffix}[]"
        if isinstance(inner, types.Object):
            yield from _rows(inner, f"{name}{suffix}.")


def _type(kind: types.Type) -> str:
    match kind:
        case types.String(format=form):
            return _FORMATS[form] if form is not None else "text"
        case types.Number():
            return "whole number" if kind.integer else "number"
        case types.Boolean():
            return "true or false"
        case types.Choice(values):
            shown = ", ".join(code(_json(value)) for value in values)
            return f"one of {shown}" if len(values) > 1 else shown
        case types.Array(items=items):
            return f"list of {_type(items)}"
        case _:
            return "object"


def _limits(field: types.Field) -> Iterator[str]:
    kind = field.type
    if isinstance(kind, types.String):
        yield from _span(kind.min_length, kind.max_length, "characters")
        if kind.pattern is not None:
            yield f"matches {code(kind.pattern)}"
    if isinstance(kind, types.Array):
        yield from _span(kind.min_items, kind.max_items, "items")
    if isinstance(kind, types.Number):
        yield from _bounds(kind)
    if field.default is not types.NO_DEFAULT:
        yield f"default {code(_json(field.default))}"


def _span(low: int | None, high: int | None, unit: str) -> Iterator[str]:
    if low is not None and high is not None:
        yield f"{low} to {high} {unit}"
    elif low is not None:
        yield f"at least {low} {unit}"
    elif high is not None:
        yield f"at most {high} {unit}"


def _bounds(kind: types.Number) -> Iterator[str]:
    words = {
        "at least": kind.minimum,
        "at most": kind.maximum,
        "above": kind.exclusive_minimum,
        "below": kind.exclusive_maximum,
        "a multiple of": kind.multiple_of,
    }
    yield from (f"{word} {bound}" for word, bound in words.items() if bound is not None)


def _json(value: object) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
