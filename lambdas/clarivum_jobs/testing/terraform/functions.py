"""Terraform's functions and types, those that the modules use."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from clarivum_jobs.testing.terraform.expressions import Value, text_of

Conversion = Callable[[Value], Value]

_ESCAPED = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def jsonencode(value: Value) -> str:
    """JSON as Terraform writes it: keys in order, and `<`, `>` and `&` escaped."""
    text = json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return "".join(_ESCAPED.get(sign, sign) for sign in text)


def _merge(*maps: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for one in maps for key, value in one.items()}


def _flatten(values: Iterable[Value]) -> list[Value]:
    found: list[Value] = []
    for value in values:
        found += _flatten(value) if isinstance(value, list) else [value]
    return found


def _coalesce(*values: Value) -> Value:
    return next(value for value in values if value not in (None, ""))


def _distinct(values: Sequence[Value]) -> list[Value]:
    return [value for at, value in enumerate(values) if value not in values[:at]]


def _chunks(values: Sequence[Value], size: int) -> list[Sequence[Value]]:
    return [values[at : at + size] for at in range(0, len(values), size)]


def _one(values: Sequence[Value]) -> Value:
    if len(values) > 1:
        message = "one() takes one value at most"
        raise ValueError(message)
    return values[0] if values else None


def _title(text: str) -> str:
    return re.sub(r"(^|[\s\-_.])([a-z])", lambda match: match[1] + match[2].upper(), text)


def _replace(text: str, part: str, by: str) -> str:
    if len(part) > 1 and part.startswith("/") and part.endswith("/"):
        return re.sub(part[1:-1], by, text)
    return text.replace(part, by)


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "alltrue": all,
    "ceil": math.ceil,
    "chunklist": _chunks,
    "coalesce": _coalesce,
    "concat": lambda *lists: [value for one in lists for value in one],
    "contains": lambda values, value: value in values,
    "distinct": _distinct,
    "element": lambda values, index: values[index % len(values)],
    "endswith": lambda text, end: text.endswith(end),
    "flatten": _flatten,
    "floor": math.floor,
    "format": lambda form, *values: form % values,
    "join": lambda between, values: between.join(map(text_of, values)),
    "jsondecode": json.loads,
    "jsonencode": jsonencode,
    "keys": sorted,
    "length": len,
    "max": max,
    "merge": _merge,
    "min": min,
    "one": _one,
    "range": lambda *numbers: list(range(*numbers)),
    "replace": _replace,
    "sort": sorted,
    "split": lambda between, text: text.split(between),
    "startswith": lambda text, beginning: text.startswith(beginning),
    "substr": lambda text, at, length: text[at:] if length < 0 else text[at : at + length],
    "sum": sum,
    "title": _title,
    "tostring": text_of,
    "trimsuffix": lambda text, end: text.removesuffix(end),
    "values": lambda mapping: [mapping[key] for key in sorted(mapping)],
}


class _Optional:
    """The conversion of an attribute that may be left out."""

    def __init__(self, inner: Conversion, default: Value = None) -> None:
        self.inner, self.default = inner, default

    def __call__(self, value: Value) -> Value:
        return self.inner(self.default if value is None else value)


def _number(value: Value) -> Value:
    if isinstance(value, str):
        return float(value) if "." in value else int(value)
    return value


def _object(types: Mapping[str, Conversion]) -> Conversion:
    def convert(value: Any) -> dict[str, Value]:  # noqa: ANN401 - a mapping, or what only looks like one
        found: dict[str, Value] = {}
        for name, conversion in types.items():
            given = value.get(name)
            if given is None and not isinstance(conversion, _Optional):
                found[name] = None
            else:
                found[name] = conversion(given)
        return found

    return _unless_null(convert)


def _unless_null(convert: Conversion) -> Conversion:
    return lambda value: None if value is None else convert(value)


def _list(inner: Conversion) -> Conversion:
    return _unless_null(lambda values: [inner(value) for value in values])


def _set(inner: Conversion) -> Conversion:
    return _unless_null(lambda values: sorted({inner(value) for value in values}))


def _map(inner: Conversion) -> Conversion:
    return _unless_null(lambda values: {key: inner(values[key]) for key in sorted(values)})


TYPES: Mapping[str, Callable[..., Conversion]] = {
    "list": _list,
    "map": _map,
    "object": _object,
    "optional": lambda inner, default=None: _Optional(inner, default),
    "set": _set,
}

TYPE_NAMES: Mapping[str, Conversion] = {
    "any": lambda value: value,
    "bool": _unless_null(lambda value: value == "true" if isinstance(value, str) else bool(value)),
    "number": _unless_null(_number),
    "string": _unless_null(text_of),
}


def sequence(value: Value) -> Sequence[Value]:
    """What `for_each` and `count` stand for, as a list of keys."""
    return range(value) if isinstance(value, int) else sorted(value)
