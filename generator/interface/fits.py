"""Whether a value fits a type constraint, by the conversions that Terraform makes.

One thing is judged harder than Terraform does: an attribute that an object type does not have.
Terraform drops it without a word, so a misspelt optional one would have no effect.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.interface.kinds import Kind
from generator.interface.values import Unknown, Value
from generator.words import did_you_mean

_SEQUENCES = frozenset({"list", "set", "tuple"})
_TRUTHS = frozenset({"true", "false", "1", "0"})
_PRIMITIVES = frozenset({"string", "number", "bool"})


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that does not fit.

    Attributes:
        path: Where inside the argument, outermost first.
        rule: What kind of mistake it is.
        message: What is wrong.
        hint: What to write instead; empty if that is obvious.
    """

    path: tuple[str, ...]
    rule: str
    message: str
    hint: str = ""


UNKNOWN_ARGUMENT = "module-unknown-argument"
MISSING_ARGUMENT = "module-missing-argument"
WRONG_TYPE = "module-wrong-type"


def misfits(value: Value, kind: Kind, path: tuple[str, ...]) -> Iterator[Misfit]:
    """Yield what of a value does not fit; `path` is its argument, and where in that it stands."""
    if value is None or isinstance(value, Unknown) or kind.name == "any":
        return
    if isinstance(value, Kind):
        yield from _of_kind(value, kind, path)
    elif kind.name in _PRIMITIVES:
        if not _is_primitive(value, kind.name):
            yield _wrong(path, kind, value)
    elif isinstance(value, list):
        yield from _of_list(value, kind, path)
    elif isinstance(value, Mapping):
        yield from _of_mapping(value, kind, path)
    else:
        yield _wrong(path, kind, value)


def _is_primitive(value: Value, name: str) -> bool:
    """Say whether Terraform makes such a primitive of a value."""
    if name == "string":
        return isinstance(value, str | int | float)
    if name == "bool":
        return isinstance(value, bool) or (isinstance(value, str) and value in _TRUTHS)
    if isinstance(value, str):
        return _is_number(value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return not text[:1].isspace() and not text[-1:].isspace() and text.strip("+-")[:1].isdigit()


def _of_list(value: list[Value], kind: Kind, path: tuple[str, ...]) -> Iterator[Misfit]:
    if kind.name not in _SEQUENCES:
        yield _wrong(path, kind, value)
        return
    if kind.name == "tuple" and len(kind.inner) != len(value):
        message = f"{_named(path)} needs {len(kind.inner)} items, {len(value)} are given"
        yield Misfit(path, WRONG_TYPE, message)
        return
    kinds = kind.inner if kind.name == "tuple" else kind.inner * len(value)
    for index, (item, inner) in enumerate(zip(value, kinds, strict=True)):
        yield from misfits(item, inner, (*path, str(index)))


def _of_mapping(value: Mapping[str, Value], kind: Kind, path: tuple[str, ...]) -> Iterator[Misfit]:
    if kind.name == "map":
        for name, item in value.items():
            yield from misfits(item, kind.inner[0], (*path, name))
    elif kind.name == "object":
        yield from _of_object(value, kind, path)
    else:
        yield _wrong(path, kind, value)


def _of_object(value: Mapping[str, Value], kind: Kind, path: tuple[str, ...]) -> Iterator[Misfit]:
    computed = any("${" in name for name in value)
    for name, inner in kind.attributes.items():
        if name in value:
            yield from misfits(value[name], inner, (*path, name))
        elif name not in kind.optional and not computed:
            message = f"{_named(path)} has no attribute `{name}`, which it needs"
            yield Misfit(path, MISSING_ARGUMENT, message, f"add `{name} = ...`, {_a(inner)}")
    for name in value:
        if name not in kind.attributes and "${" not in name:
            message = f"{_named(path)} takes no attribute `{name}`; Terraform would drop it unsaid"
            hint = did_you_mean(name, kind.attributes) or f"it takes {_listed(kind.attributes)}"
            yield Misfit((*path, name), UNKNOWN_ARGUMENT, message, hint)


def _of_kind(given: Kind, kind: Kind, path: tuple[str, ...]) -> Iterator[Misfit]:
    """Compare two constraints; of a value that is not known, only what can never fit is told."""
    if "any" in (given.name, kind.name):
        return
    if _group(given.name) != _group(kind.name) or {given.name, kind.name} == {"number", "bool"}:
        yield _wrong(path, kind, given)
    elif given.name == "object":
        yield from _of_objects(given, kind, path)
    elif given.inner and kind.inner and "tuple" not in (given.name, kind.name):
        yield from _of_kind(given.inner[0], kind.inner[0], (*path, "*"))


def _of_objects(given: Kind, kind: Kind, path: tuple[str, ...]) -> Iterator[Misfit]:
    wanted = kind.attributes or dict.fromkeys(given.attributes, *kind.inner)
    for name, inner in wanted.items():
        if name in given.attributes:
            yield from _of_kind(given.attributes[name], inner, (*path, name))
        elif name not in kind.optional:
            message = f"{_named(path)} has no attribute `{name}`, which it needs"
            yield Misfit(path, MISSING_ARGUMENT, message)


def _group(name: str) -> str:
    """Return what a kind converts within: no list is made of a text, and no map of a list."""
    if name in _PRIMITIVES:
        return "primitive"
    return "sequence" if name in _SEQUENCES else "mapping"


def _wrong(path: tuple[str, ...], kind: Kind, value: Value) -> Misfit:
    message = f"{_named(path)} must be {_a(kind)}, and is {_shown(value)}"
    return Misfit(path, WRONG_TYPE, message)


def _named(path: tuple[str, ...]) -> str:
    return f"`{'.'.join(path)}`"


def _a(kind: Kind) -> str:
    return f"a{'n' if kind.name == 'object' else ''} {kind}"


def _shown(value: Value) -> str:
    match value:
        case Kind():
            return _a(value)
        case bool():
            return "a bool"
        case str():
            return "a string" if len(value) > 30 else f'the string "{value}"'  # noqa: PLR2004 - fits a line
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "an object"


def _listed(names: Mapping[str, Kind]) -> str:
    return ", ".join(sorted(names))
