"""A payload's types as Python annotations, and the imports they need."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from generator.contracts import types
from generator.contracts.identifiers import identifier
from generator.contracts.naming import form_of, forms_of, is_map, item_of, value_of
from generator.contracts.patterns import translated
from generator.contracts.spans import exact
from generator.render.python_source import (
    Code,
    Group,
    String,
    call,
    either,
    from_import,
    subscript,
    tuple_of,
)
from generator.render.python_values import literal

_FORMATS: Mapping[types.Format, str] = {
    types.Format.UUID: "Uuid",
    types.Format.EMAIL: "Email",
    types.Format.URI: "Uri",
    types.Format.URI_REFERENCE: "UriReference",
    types.Format.HOSTNAME: "Hostname",
    types.Format.IPV4: "Ipv4",
    types.Format.IPV6: "Ipv6",
    types.Format.JSON_POINTER: "JsonPointer",
    types.Format.REGEX: "Regex",
    types.Format.DATE: "Date",
    types.Format.TIME: "Time",
    types.Format.DATE_TIME: "DateTime",
    types.Format.DURATION: "Duration",
}

_FORMATS_MODULE = "clarivum_jobs.contract.formats"
_CONSTRAINTS = "clarivum_jobs.contract.constraints"

NameOf = Callable[[types.Type, str], str]
"""Gives an object its class: what it is, and what a name may be made of."""


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
            names = sorted(name for owner, name in self.names if owner == module)
            rank = {"pydantic": 1, "clarivum_jobs": 2}.get(module.partition(".")[0], 0)
            line = from_import(module, names)
            groups.setdefault(rank, []).append(line)
        return ["\n".join(lines) for _, lines in sorted(groups.items())]


def marked(code: Code, imports: Imports, *marks: Code) -> Code:
    """Return an annotation with marks; none leave it as it is."""
    if isinstance(code, Group) and code.opening == "Annotated[":
        return subscript("Annotated", *code.items, *marks)
    return subscript(imports.use("typing", "Annotated"), code, *marks) if marks else code


def omittable(code: Code, kind: types.Type, imports: Imports) -> Code:
    """Return the annotation of what may be left out."""
    if "null" in types.kinds_of(kind):
        return code
    return subscript(imports.use(_CONSTRAINTS, "Omittable"), code)


def annotation(  # noqa: C901, PLR0911 - one case and one return a type
    kind: types.Type, hint: str, name_of: NameOf, imports: Imports
) -> Code:
    """Return the annotation of a type.

    Args:
        kind: The type.
        hint: What the names of classes inside it are made of.
        name_of: Gives an object its class.
        imports: Where the names it uses are noted.
    """
    match kind:
        case types.Anything():
            return imports.use("pydantic", "JsonValue")
        case types.Null():
            return "None"
        case types.Boolean():
            return "bool"
        case types.String():
            return _string(kind, imports)
        case types.Number():
            return _number(kind, imports)
        case types.Choice(values):
            return _choice(values, imports)
        case types.Array():
            items = annotation(kind.items, item_of(hint), name_of, imports)
            name = "DistinctItems" if kind.unique else "Items"
            bounds = {"min_length": kind.min_items, "max_length": kind.max_items}
            code = subscript(imports.use(_CONSTRAINTS, name), items)
            return marked(code, imports, *_field(imports, bounds))
        case types.Object(additional=additional) if additional is not None and is_map(kind):
            values_ = annotation(additional, value_of(hint), name_of, imports)
            return subscript(imports.use("collections.abc", "Mapping"), "str", values_)
        case types.Reference() if not isinstance(kind.target, types.Object) or is_map(kind.target):
            return annotation(kind.target, hint, name_of, imports)
        case types.Object() | types.Reference():
            return name_of(kind, hint)
        case types.Union():
            return _union(kind, hint, name_of, imports)
        case _:
            message = f"{kind} is never rendered"
            raise TypeError(message)


def _string(kind: types.String, imports: Imports) -> Code:
    code = "str" if kind.format is None else imports.use(_FORMATS_MODULE, _FORMATS[kind.format])
    pattern = None if kind.pattern is None else translated(kind.pattern)
    bounds = {"min_length": kind.min_length, "max_length": kind.max_length, "pattern": pattern}
    return marked(code, imports, *_field(imports, bounds))


def _number(kind: types.Number, imports: Imports) -> Code:
    bounds: dict[str, float | None] = {
        "ge": kind.minimum,
        "gt": kind.exclusive_minimum,
        "le": kind.maximum,
        "lt": kind.exclusive_maximum,
    }
    if kind.integer:
        # The whole number that means the same: above 1.5 is above 1, at least 1.5 is at least 2.
        for name, bound in bounds.items():
            if bound is not None:
                written = exact(bound)
                bounds[name] = math.ceil(written) if name in ("ge", "lt") else math.floor(written)
    marks = _field(imports, bounds)
    if kind.multiple_of is not None:
        marks.append(call(imports.use(_CONSTRAINTS, "MultipleOf"), repr(kind.multiple_of)))
    name = imports.use(_CONSTRAINTS, "Integer" if kind.integer else "Number")
    return marked(name, imports, *marks)


def _choice(values: tuple[object, ...], imports: Imports) -> Code:
    """Return text as a literal type; of other values the literal type alone is not exact."""
    named = [value for value in values if value is not None]
    codes: list[Code] = ["None"] if None in values else []
    if not named:
        return "None"
    if not all(isinstance(value, str | int) for value in named):
        one_of = call(imports.use(_CONSTRAINTS, "OneOf"), tuple_of([*map(literal, values)]))
        return marked(imports.use("pydantic", "JsonValue"), imports, one_of)
    codes.insert(0, subscript(imports.use("typing", "Literal"), *map(literal, named)))
    if all(isinstance(value, str) for value in named):
        return either(codes)
    return marked(either(codes), imports, call(imports.use(_CONSTRAINTS, "Exactly")))


def _union(kind: types.Union, hint: str, name_of: NameOf, imports: Imports) -> Code:
    if not kind.tag:
        return either(annotation(part, hint, name_of, imports) for part in kind.members)
    objects, others = [], []
    for part in kind.members:
        if "object" not in types.kinds_of(part):
            others.append(annotation(part, hint, name_of, imports))
            continue
        objects += [
            annotation(form, form_of(hint, form, kind.tag), name_of, imports)
            for form in forms_of(part)
        ]
    options = {"discriminator": String(identifier(kind.tag))}
    by_tag = marked(either(objects), imports, call(imports.use("pydantic", "Field"), **options))
    return either([by_tag, *others])


def _field(imports: Imports, bounds: Mapping[str, object]) -> list[Code]:
    """Return the call of `Field` that says the bounds, if there are any."""
    given = {name: literal(bound) for name, bound in bounds.items() if bound is not None}
    return [call(imports.use("pydantic", "Field"), **given)] if given else []
