"""The table of a payload's fields, nested ones by dotted names."""

from collections.abc import Iterator

from generator.contracts import types
from generator.render.markdown import code, json_text, table, text

_FORMATS = {
    types.Format.UUID: "UUID",
    types.Format.EMAIL: "e-mail address",
    types.Format.URI: "URI",
    types.Format.URI_REFERENCE: "URI or a relative one",
    types.Format.HOSTNAME: "host name",
    types.Format.IPV4: "IPv4 address",
    types.Format.IPV6: "IPv6 address",
    types.Format.JSON_POINTER: "JSON Pointer",
    types.Format.REGEX: "regular expression, ECMA-262",
    types.Format.DATE: "date, `YYYY-MM-DD`",
    types.Format.TIME: "time of day with offset, RFC 3339",
    types.Format.DATE_TIME: "moment with offset, RFC 3339",
    types.Format.DURATION: "duration, ISO 8601",
}


def fields_table(payload: types.Object) -> str:
    """Return the table of a payload's fields; a sentence if it has none."""
    rows = list(_rows(payload, "", {}))
    if not rows:
        return "The payload is an empty object."
    return table(("field", "type", "required", "limits", "meaning"), rows)


def _rows(kind: types.Object, prefix: str, shown: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield a row a field; `shown` has the field at which each definition was shown already."""
    for field in kind.fields:
        name = f"{prefix}{field.name}"
        inner = list(_inner(field.type, name, shown))
        meaning = text(field.description)
        if field.sensitive:
            meaning = f"{meaning} **Sensitive**: never logged."
        if field.deprecated:
            meaning = f"{meaning} **Deprecated**."
        if known := _shown_before(field.type, name, shown):
            meaning = f"{meaning} Its fields are those of {known}."
        limits = "; ".join(_limits(field))
        required = "yes" if field.required else "no"
        yield code(name), _type(field.type), required, limits, meaning.strip()
        yield from inner
    if kind.additional is not None and kind.fields:
        yield code(f"{prefix}*"), _type(kind.additional), "no", "", "Every other property."
        yield from _inner(kind.additional, f"{prefix}*", shown)


def _inner(kind: types.Type, name: str, shown: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the objects inside a type; those of a definition once for all."""
    match kind:
        case types.Reference() if kind.name not in shown:
            shown[kind.name] = name
            yield from _inner(kind.target, name, shown)
        case types.Array(items=items):
            yield from _inner(items, f"{name}[]", shown)
        case types.Object(fields=(), additional=values) if values is not None:
            yield from _inner(values, f"{name}.*", shown)
        case types.Object():
            yield from _rows(kind, f"{name}.", shown)
        case types.Union(members):
            for member in members:
                yield from _inner(member, name, shown)


def _shown_before(kind: types.Type, name: str, shown: dict[str, str]) -> str:
    """Return the field at which the fields of a definition stand, if that is another one."""
    if not isinstance(kind, types.Reference) or not isinstance(kind.target, types.Object):
        return ""
    return code(shown[kind.name]) if kind.target.fields and shown[kind.name] != name else ""


def _type(kind: types.Type) -> str:  # noqa: C901, PLR0911 - one case and one return a type
    match kind:
        case types.Anything():
            return "any JSON value"
        case types.Null():
            return "null"
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
        case types.Object(fields=(), additional=values) if values is not None:
            return f"map of {_type(values)}"
        case types.Union(members):
            return " or ".join(dict.fromkeys(map(_type, members)))
        case types.Reference(name):
            return code(name) if isinstance(kind.target, types.Object) else _type(kind.target)
        case _:
            return "object"


def _limits(field: types.Field) -> Iterator[str]:
    kind = types.followed(field.type)
    if isinstance(kind, types.String):
        yield from _span(kind.min_length, kind.max_length, "characters")
        if kind.pattern is not None:
            yield f"matches {code(kind.pattern)}"
    if isinstance(kind, types.Array):
        yield from _span(kind.min_items, kind.max_items, "items")
        if kind.unique:
            yield "no item twice"
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
    return value if isinstance(value, str) and value else json_text(value)
