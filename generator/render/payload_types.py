"""A payload's types and defaults as Python: annotation, value, and the imports both need."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.contracts import types
from generator.render.python_source import Code, String, call, nullable, subscript, tuple_of

_FORMATS: Mapping[types.Format, tuple[str, str, str]] = {
    types.Format.UUID: ("uuid", "UUID", "UUID"),
    types.Format.EMAIL: ("clarivum_jobs.formats", "Email", "Email"),
    types.Format.URI: ("clarivum_jobs.formats", "Uri", "Uri"),
    types.Format.DATE: ("", "datetime as dt", "dt.date"),
    types.Format.DATE_TIME: ("pydantic", "AwareDatetime", "AwareDatetime"),
}
"""Module, name to import (a whole module if the first is empty), and how it is used."""


@dataclass(slots=True)
class Imports:
    """The imports of one module; sections and order are those that `ruff` sorts to."""

    names: set[tuple[str, str]] = field(default_factory=set)

    def use(self, module: str, name: str) -> str:
        """Import a name, or a module as the name says, and return it."""
        self.names.add((module, name))
        return name

    def sections(self) -> list[str]:
        """Return the import statements, grouped: standard library, third party, ours."""
        groups: dict[int, list[str]] = {}
        plain = sorted(name for module, name in self.names if not module)
        if plain:
            groups[0] = [f"import {name}" for name in plain]
        for module in sorted({module for module, _ in self.names if module}):
            names = ", ".join(sorted(name for owner, name in self.names if owner == module))
            rank = {"pydantic": 1, "clarivum_jobs": 2}.get(module.partition(".")[0], 0)
            groups.setdefault(rank, []).append(f"from {module} import {names}")
        return ["\n".join(lines) for _, lines in sorted(groups.items())]


def annotation(
    kind: types.Type,
    class_name: str,
    imports: Imports,
    *,
    optional: bool = False,
    sensitive: bool = False,
) -> Code:
    """Return the annotation of a type.

    Args:
        kind: The type.
        class_name: What the object in it is called, if there is one.
        imports: Where the names it uses are noted.
        optional: Whether None stands for its absence.
        sensitive: Whether it is marked as never to be shown.
    """
    code, bounds = _bare(kind, class_name, imports)
    if optional:
        code = nullable(code)
    metadata: list[Code] = []
    if bounds:
        metadata.append(call(imports.use("pydantic", "Field"), **bounds))
    if sensitive:
        metadata.append(call(imports.use("clarivum_jobs.formats", "Sensitive")))
    return subscript(imports.use("typing", "Annotated"), code, *metadata) if metadata else code


def value(given: object, kind: types.Type, class_name: str, imports: Imports) -> Code:
    """Return a JSON value as Python that has the annotation's type."""
    match kind, given:
        case types.String(format=types.Format.UUID), str():
            return call(imports.use("uuid", "UUID"), String(given))
        case types.String(format=types.Format.DATE), str():
            imports.use("", "datetime as dt")
            return call("dt.date.fromisoformat", String(given))
        case types.String(format=types.Format.DATE_TIME), str():
            imports.use("", "datetime as dt")
            return call("dt.datetime.fromisoformat", String(given))
        case types.Array(items=items), list():
            return tuple_of([value(item, items, class_name, imports) for item in given])
        case _, str():
            return String(given)
        case _:
            return repr(given)


def nested_object(kind: types.Type) -> types.Object | None:
    """Return the object that a type is, or is a list of."""
    while isinstance(kind, types.Array):
        kind = kind.items
    return kind if isinstance(kind, types.Object) else None


def _bare(  # noqa: PLR0911 - one return a type
    kind: types.Type, class_name: str, imports: Imports
) -> tuple[Code, Mapping[str, Code]]:
    """Return the type itself, and the bounds on it as arguments of `Field`."""
    match kind:
        case types.String(format=None):
            return "str", _string_bounds(kind)
        case types.String(format=form) if form is not None:
            module, name, used = _FORMATS[form]
            imports.use(module, name)
            return used, _string_bounds(kind)
        case types.Number():
            return "int" if kind.integer else "float", _number_bounds(kind)
        case types.Boolean():
            return "bool", {}
        case types.Choice(values):
            return _choice(values, imports), {}
        case types.Array():
            items = annotation(kind.items, class_name, imports)
            bounds = {"min_length": kind.min_items, "max_length": kind.max_items}
            return subscript("tuple", items, "..."), _given(bounds)
        case types.Object():
            return class_name, {}
        case _:
            message = f"{kind} is never rendered"
            raise TypeError(message)


def _choice(values: tuple[types.Scalar, ...], imports: Imports) -> Code:
    given = [
        String(item) if isinstance(item, str) else repr(item) for item in values if item is not None
    ]
    if not given:
        return "None"
    code = subscript(imports.use("typing", "Literal"), *given)
    return nullable(code) if None in values else code


def _given(bounds: Mapping[str, object]) -> dict[str, Code]:
    return {
        name: String(bound) if isinstance(bound, str) else repr(bound)
        for name, bound in bounds.items()
        if bound is not None
    }


def _string_bounds(kind: types.String) -> dict[str, Code]:
    return _given(
        {"min_length": kind.min_length, "max_length": kind.max_length, "pattern": kind.pattern}
    )


def _number_bounds(kind: types.Number) -> dict[str, Code]:
    return _given(
        {
            "ge": kind.minimum,
            "gt": kind.exclusive_minimum,
            "le": kind.maximum,
            "lt": kind.exclusive_maximum,
            "multiple_of": kind.multiple_of,
        }
    )
