"""A payload's types in TypeScript: as the compiler knows them, and as they are checked."""

from collections.abc import Callable, Mapping

from generator.contracts import types
from generator.contracts.naming import form_of, forms_of, is_map, item_of, value_of
from generator.render.typescript_pattern import regular_expression
from generator.render.typescript_source import Call, Code, Either, Items, Members, flat
from generator.render.typescript_text import key, number, quoted, scalar

_FORMATS: Mapping[types.Format, str] = {
    types.Format.UUID: "t.uuid",
    types.Format.EMAIL: "t.email",
    types.Format.URI: "t.uri",
    types.Format.URI_REFERENCE: "t.uriReference",
    types.Format.HOSTNAME: "t.hostname",
    types.Format.IPV4: "t.ipv4",
    types.Format.IPV6: "t.ipv6",
    types.Format.JSON_POINTER: "t.jsonPointer",
    types.Format.REGEX: "t.regex",
    types.Format.DATE: "t.date",
    types.Format.TIME: "t.time",
    types.Format.DATE_TIME: "t.dateTime",
    types.Format.DURATION: "t.duration",
}

NameOf = Callable[[types.Type, str], str]
"""Gives an object its interface: what it is, and what a name may be made of."""

CheckOf = Callable[[types.Type, str], Code]
"""Gives an object its check, likewise."""


def declared(kind: types.Type, hint: str, name_of: NameOf) -> Either:
    """Return a type as the compiler knows it."""
    if isinstance(kind, types.Array):
        inner = tuple(dict.fromkeys(_alternatives(kind.items, item_of(hint), name_of)))
        several = len(inner) > 1 or " " in inner[0]
        return Either(inner, *(("readonly (", ")[]") if several else ("readonly ", "[]")))
    return Either(tuple(dict.fromkeys(_alternatives(kind, hint, name_of))))


def _alternatives(kind: types.Type, hint: str, name_of: NameOf) -> list[str]:  # noqa: C901, PLR0911 - one case and one return a type
    match kind:
        case types.Null():
            return ["null"]
        case types.Boolean():
            return ["boolean"]
        case types.String():
            return ["string"]
        case types.Number():
            return ["number"]
        case types.Choice(values):
            return [literal_type(value) for value in values]
        case types.Array(items):
            inner = _alternatives(items, item_of(hint), name_of)
            whole = " | ".join(dict.fromkeys(inner))
            return [f"readonly ({whole})[]" if " " in whole else f"readonly {whole}[]"]
        case types.Object(additional=values) if values is not None and is_map(kind):
            inner = _alternatives(values, value_of(hint), name_of)
            return [f"Readonly<Record<string, {' | '.join(dict.fromkeys(inner))}>>"]
        case types.Reference() if not isinstance(kind.target, types.Object) or is_map(kind.target):
            return _alternatives(kind.target, hint, name_of)
        case types.Object() | types.Reference():
            return [name_of(kind, hint)]
        case types.Union(members, tag):
            return [
                each
                for form, name in _members(members, tag, hint)
                for each in _alternatives(form, name, name_of)
            ]
        case _:
            return ["unknown"]


def check(kind: types.Type, hint: str, check_of: CheckOf) -> Code:  # noqa: C901, PLR0911 - likewise
    """Return the code that checks a type."""
    match kind:
        case types.Null():
            return "t.nothing"
        case types.Boolean():
            return "t.boolean"
        case types.String():
            return _text(kind)
        case types.Number():
            return _number(kind)
        case types.Choice(values):
            holds = any(isinstance(value, list | dict) for value in values)
            return Call("t.oneOfJson" if holds else "t.oneOf", [*map(literal, values)])
        case types.Array(items):
            parts = [check(items, item_of(hint), check_of)]
            code = Call("t.list", [*parts, *_rules(min=kind.min_items, max=kind.max_items)])
            return Call("t.distinct", [code]) if kind.unique else code
        case types.Object(additional=values) if values is not None and is_map(kind):
            return Call("t.map", [check(values, value_of(hint), check_of)])
        case types.Reference() if not isinstance(kind.target, types.Object) or is_map(kind.target):
            return check(kind.target, hint, check_of)
        case types.Object() | types.Reference():
            return check_of(kind, hint)
        case types.Union():
            return _union(kind, hint, check_of)
        case _:
            return "t.anything"


def literal(value: object) -> Code:
    """Return a JSON value."""
    if isinstance(value, list):
        return Items([literal(item) for item in value])
    if isinstance(value, dict):
        return Members({name: literal(inner) for name, inner in value.items()})
    return scalar(value)


def literal_type(value: object) -> str:
    """Return the type of one JSON value."""
    if isinstance(value, list):
        return f"readonly [{', '.join(map(literal_type, value))}]"
    if isinstance(value, dict):
        body = "; ".join(f"readonly {key(name)}: {literal_type(v)}" for name, v in value.items())
        return f"{{ {body} }}" if body else "Readonly<Record<string, never>>"
    return scalar(value)


def _rules(**bounds: float | None) -> list[Code]:
    given: dict[str, Code] = {n: number(bound) for n, bound in bounds.items() if bound is not None}
    return [Members(given)] if given else []


def _text(kind: types.String) -> Code:
    given: dict[str, Code] = {}
    if kind.min_length is not None:
        given["min"] = str(kind.min_length)
    if kind.max_length is not None:
        given["max"] = str(kind.max_length)
    if kind.pattern is not None:
        given["pattern"] = regular_expression(kind.pattern)
    if kind.format is not None:
        given["format"] = _FORMATS[kind.format]
    return Call("t.text", [Members(given)] if given else [])


def _number(kind: types.Number) -> Code:
    rules = _rules(
        min=kind.minimum,
        max=kind.maximum,
        above=kind.exclusive_minimum,
        below=kind.exclusive_maximum,
    )
    code = Call("t.integer" if kind.integer else "t.number", rules)
    if kind.multiple_of is None:
        return code
    return Call("t.multipleOf", [number(kind.multiple_of), code])


def _union(kind: types.Union, hint: str, check_of: CheckOf) -> Code:
    parts: list[Code] = []
    forms: dict[str, Code] = {}
    for form, name in _members(kind.members, kind.tag, hint):
        code = check(form, name, check_of)
        target = types.followed(form)
        field = target.field(kind.tag) if kind.tag and isinstance(target, types.Object) else None
        choice = types.followed(field.type) if field is not None else None
        if isinstance(choice, types.Choice):
            forms |= {str(value): code for value in choice.values}
        else:
            parts.append(code)
    if forms:
        parts.insert(0, Call("t.tagged", [quoted(kind.tag), Members(forms, open=True)]))
    return parts[0] if len(parts) == 1 else Call("t.union", parts)


def _members(members: tuple[types.Type, ...], tag: str, hint: str) -> list[tuple[types.Type, str]]:
    """Return the types of a union, and what the interface of each is named after."""
    if not tag:
        return [(member, hint) for member in members]
    return [
        (form, form_of(hint, form, tag) if "object" in types.kinds_of(form) else hint)
        for member in members
        for form in (forms_of(member) if "object" in types.kinds_of(member) else (member,))
    ]


def shown(code: Code) -> str:
    """Return code on one line, for a comment."""
    return flat(code) or ""
