"""`lambdas/generated/payloads/<job>.py`: the class that producers fill in and handlers receive."""

from dataclasses import dataclass

from generator.contracts import types
from generator.contracts.identifiers import class_of, identifiers
from generator.manifest.resolved import Job
from generator.render import python_source as py
from generator.render.environment import fill
from generator.render.payload_types import Imports, annotation, nested_object, value
from generator.render.python_text import docstring, opening_of


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
    imports = Imports()
    imports.use("typing", "ClassVar")
    imports.use("clarivum_jobs.payload", "JobContract")
    base = imports.use("clarivum_jobs.payload", "Payload")
    contract = py.assignment("contract", "ClassVar[JobContract]", _contract(job), py.STEP)
    top = _class(
        job.class_name, base, job.payload, job.description, imports, depth=0, contract=contract
    )
    return fill(
        "payload.py.j2",
        docstring=f'"""Payload of {job.name}, contract version {job.contract}."""',
        imports=imports.sections(),
        payload=top,
    )


def _contract(job: Job) -> py.Code:
    key = py.tuple_of([py.String(name) for name in job.key])
    return py.call("JobContract", name=py.String(job.name), version=str(job.contract), key=key)


def _class(  # noqa: PLR0913 - the parts of a class
    name: str,
    base: str,
    kind: types.Object,
    description: str,
    imports: Imports,
    *,
    depth: int,
    contract: str = "",
) -> Class:
    indent = (depth + 1) * py.STEP
    attributes = identifiers(field.name for field in kind.fields)
    nested: list[Class] = []
    fields: list[str] = []
    for field in kind.fields:
        attribute = attributes[field.name]
        inner = nested_object(field.type)
        class_name = _nested_name(attribute, field.type, {name, *(other.name for other in nested)})
        if inner is not None:
            base_object = imports.use("clarivum_jobs.payload", "PayloadObject")
            text = inner.description or field.description or f"The `{field.name}` of the payload"
            nested.append(_class(class_name, base_object, inner, text, imports, depth=depth + 1))
        fields.append(_field(field, attribute, class_name, imports, indent))
    return Class(
        " " * (depth * py.STEP),
        name,
        base,
        _class_docstring(description, name, indent),
        contract,
        tuple(nested),
        tuple(fields),
    )


def _nested_name(attribute: str, kind: types.Type, taken: set[str]) -> str:
    name = class_of(attribute) + ("Item" if isinstance(kind, types.Array) else "")
    if name in _IMPORTED:
        name += "Object"
    while name in taken:
        name += "Object"
    return name


_IMPORTED = frozenset(
    {
        "Annotated",
        "AwareDatetime",
        "ClassVar",
        "Email",
        "Field",
        "JobContract",
        "Literal",
        "Payload",
    }
    | {"PayloadObject", "Sensitive", "Uri"},
)


def _field(
    field: types.Field, attribute: str, class_name: str, imports: Imports, indent: int
) -> str:
    code = annotation(
        field.type,
        class_name,
        imports,
        optional=not field.always_present,
        sensitive=field.sensitive,
    )
    options: dict[str, py.Code] = {}
    if field.default is not types.NO_DEFAULT:
        options["default"] = value(field.default, field.type, class_name, imports)
    elif not field.required:
        options["default"] = "None"
    if attribute != field.name:
        options["alias"] = py.String(field.name)
    if field.sensitive:
        options["repr"] = "False"
    if not options:
        given = None
    elif options.keys() == {"default"}:
        given = options["default"]
    else:
        given = py.call(imports.use("pydantic", "Field"), **options)
    lines = [py.assignment(attribute, code, given, indent)]
    if field.description and not isinstance(field.type, types.Object):
        lines.append(docstring(field.description, indent))
    return "\n".join(lines)


def _class_docstring(description: str, name: str, indent: int) -> str:
    """Return the description if it is one line, else a summary before it."""
    text = docstring(description, indent)
    if "\n" not in text:
        return text
    margin = " " * indent
    start = opening_of(text)
    body = text.strip().removeprefix(start)
    return f"{margin}{start}What `{name}` holds.\n\n{margin}{body}"
