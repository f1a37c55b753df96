"""`lambdas/generated/payloads/<job>.py`: the class that producers fill in and handlers receive."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.contracts import types
from generator.contracts.identifiers import class_for, identifier
from generator.contracts.naming import classes_in, item_of
from generator.manifest.resolved import Job
from generator.render import python_source as py
from generator.render.environment import fill
from generator.render.payload_types import Imports, annotation, marked, omittable
from generator.render.python_text import docstring, summarised
from generator.render.python_values import value

_BASES = "clarivum_jobs.contract.payload"
_REST = "additional"
"""The attribute of all other properties; no property becomes it with an underscore after it."""


@dataclass(frozen=True, slots=True)
class Class:
    """One class as the template places it; every text already stands at its column."""

    margin: str
    name: str
    base: str
    docstring: str
    contract: str
    nested: tuple["Class", ...]
    fields: tuple[str, ...]


def payload(job: Job) -> str:
    """Return the module of one job's payload."""
    writer = _Writer(job)
    imports = writer.imports
    imports.use("typing", "ClassVar")
    imports.use(_BASES, "JobContract")
    classes = list(writer.definitions())
    contract = py.assignment("contract", "ClassVar[JobContract]", _contract(job), py.STEP)
    top = writer.write(job.class_name, job.payload, job.description, top=contract)
    return fill(
        "payload.py.j2",
        docstring=f'"""Payload of {job.name}, contract version {job.contract}."""',
        imports=imports.sections(),
        classes=[*classes, top],
    )


def _contract(job: Job) -> py.Code:
    key = py.tuple_of([py.String(name) for name in job.key])
    return py.call("JobContract", name=py.String(job.name), version=str(job.contract), key=key)


class _Writer:
    """Writes the classes of one module."""

    def __init__(self, job: Job) -> None:
        """Give what the definitions hold its names: no nested class may hide one."""
        self.imports = Imports()
        self._defined = list(defined_in(job.payload, set()))
        self._taken = {job.class_name}
        self._names: dict[int, str] = {}
        self._written: set[int] = set()
        for _, hint, kind in self._defined:
            self._names[id(kind)] = _free(hint, self._taken)
            self._taken.add(self._names[id(kind)])

    def definitions(self) -> Iterator[Class]:
        """Yield the classes of the definitions, what they are made of first where that can be."""
        for name, hint, kind in self._defined:
            text = f"One `{name}` of the payload" if hint == name else f"A part of a `{name}`"
            yield self.write(self._names[id(kind)], kind, kind.description or text)
            self._written.add(id(kind))

    def write(
        self, name: str, kind: types.Object, text: str, *, depth: int = 0, top: str = ""
    ) -> Class:
        """Return a class; `top` is the contract of the payload itself."""
        indent = (depth + 1) * py.STEP
        attributes = {field.name: identifier(field.name) for field in kind.fields}
        nested: list[Class] = []

        def name_of(inner: types.Type, hint: str) -> str:
            inner = types.followed(inner)
            assert isinstance(inner, types.Object)
            if (known := self._names.get(id(inner))) is not None:
                return known if id(inner) in self._written else f'"{known}"'
            inner_name = _free(hint, {name, *self._taken, *(other.name for other in nested)})
            about = inner.description or texts.get(hint) or "A part of the payload"
            nested.append(self.write(inner_name, inner, about, depth=depth + 1))
            return inner_name

        texts = {
            attributes[field.name]: field.description or f"The `{field.name}` of the payload"
            for field in kind.fields
        }
        texts.update({item_of(attribute): about for attribute, about in texts.items()})
        fields = []
        for field in kind.fields:
            attribute = attributes[field.name]
            code = annotation(field.type, attribute, name_of, self.imports)
            fields.append(_field(field, attribute, code, self.imports, indent))
        if kind.additional is not None:
            attribute = f"{_REST}_" if _REST in attributes.values() else _REST
            code = annotation(kind.additional, attribute, name_of, self.imports)
            fields.append(_others(attribute, code, self.imports, indent))
        return Class(
            " " * (depth * py.STEP),
            name,
            self._base(kind, top=bool(top)),
            summarised(text, f"What `{name}` holds.", indent),
            top,
            tuple(nested),
            tuple(fields),
        )

    def _base(self, kind: types.Object, *, top: bool) -> str:
        bases = ["Payload"] if top else []
        if kind.additional is not None:
            bases.insert(0, "OpenObject")
        return ", ".join(self.imports.use(_BASES, base) for base in bases or ["PayloadObject"])


def defined_in(kind: types.Type, seen: set[str]) -> Iterator[tuple[str, str, types.Object]]:
    """Yield the objects of the definitions, each after those it is made of if that can be.

    With each come its definition's name and what its class is named after.
    """
    for part in types.parts_of(kind):
        if not isinstance(part, types.Reference):
            yield from defined_in(part, seen)
        elif part.name not in seen:
            seen.add(part.name)
            yield from defined_in(types.Array(part.target), seen)
            for hint, found in classes_in(part.target, part.name):
                yield part.name, hint, found


def _free(hint: str, taken: set[str]) -> str:
    name = class_for(hint)
    while name in taken:
        name += "Object"
    return name


def _field(field: types.Field, attribute: str, code: py.Code, imports: Imports, indent: int) -> str:
    if not field.always_present:
        code = omittable(code, field.type, imports)
    options: dict[str, py.Code] = {}
    if field.default is not types.NO_DEFAULT:
        options["default"] = value(field.default, field.type, imports.use)
    elif not field.required:
        options["default"] = "None"
    if attribute != field.name:
        options["alias"] = py.String(field.name)
    if field.sensitive:
        code = marked(
            code, imports, py.call(imports.use("clarivum_jobs.contract.formats", "Sensitive"))
        )
        options["repr"] = "False"
    if not options:
        given = None
    elif options.keys() == {"default"}:
        given = options["default"]
    else:
        given = py.call(imports.use("pydantic", "Field"), **options)
    lines = [py.assignment(attribute, code, given, indent)]
    text = f"{field.description} Deprecated.".strip() if field.deprecated else field.description
    if text and not isinstance(field.type, types.Object):
        lines.append(docstring(text, indent, stop=False))
    return "\n".join(lines)


def _others(attribute: str, code: py.Code, imports: Imports, indent: int) -> str:
    values = py.subscript(imports.use("collections.abc", "Mapping"), "str", code)
    annotated = marked(values, imports, py.call(imports.use(_BASES, "Additional")))
    default = py.call(imports.use("pydantic", "Field"), default_factory="dict")
    line = py.assignment(attribute, annotated, default, indent)
    return f"{line}\n{docstring('Every other property.', indent)}"
