"""The Lambda entry point of a job, its handler's first text, and the packages around them."""

from collections.abc import Iterable

from generator.manifest.names import class_name as class_name_of
from generator.manifest.names import module_name
from generator.render import python_source as py
from generator.render.environment import fill
from generator.render.python_text import WIDTH

PACKAGES = {
    "lambdas/generated/__init__.py": "What the generator writes for the workers and for producers.",
    "lambdas/generated/payloads/__init__.py": "One module a job: its payload.",
    "lambdas/generated/entrypoints/__init__.py": "One module a job: what Lambda calls.",
}
"""Docstrings of the generated packages; they import nothing, so a worker loads only its own job."""

HANDLERS = {"lambdas/handlers/__init__.py": '"""One module a job: what it does."""\n'}
"""The package of the handlers, a person's from its first line on."""

UPCASTERS = "lambdas/handlers/upcasters"
"""Where upcasters stand, one module a job that has any."""

UPCASTERS_PACKAGE = {
    f"{UPCASTERS}/__init__.py": (
        '"""One module a job whose contract has grown: '
        '`from_1` makes version 2 of version 1, and so on."""\n'
    )
}
"""The package of the upcasters, likewise."""


def entrypoint(job: str, older: Iterable[int] = ()) -> str:
    """Return the module that Lambda calls for a job; `older` are versions still to be read."""
    module, class_name = module_name(job), class_name_of(job)
    functions = {version: f"from_{version}" for version in sorted(older)}
    imports = [
        py.from_import(f"generated.payloads.{module}", [class_name]),
        py.from_import(f"handlers.{module}", ["handle"]),
    ]
    named: dict[str, py.Code] = {}
    if functions:
        imports.append(py.from_import(f"handlers.upcasters.{module}", functions.values()))
        entries = [f"{version}: {name}" for version, name in functions.items()]
        named["upcasters"] = py.Group("{", entries, "}")
    return fill(
        "entrypoint.py.j2",
        name=job,
        imports=sorted(imports),
        worker=py.laid_out("lambda_handler = ", py.call("Worker", class_name, "handle", **named)),
    )


def handler_stub(job: str) -> str:
    """Return a handler's first text, made from the job's name alone, so that it is known again."""
    module, class_name = module_name(job), class_name_of(job)
    parameters = [f"payload: {class_name}", "context: JobContext"]
    return fill(
        "handler.py.j2",
        name=job,
        title=_title(f"Handler of {job}"),
        import_payload=py.from_import(f"generated.payloads.{module}", [class_name]),
        signature=py.laid_out("def handle", py.Group("(", parameters, ") -> None:")),
    )


def upcaster_path(job: str) -> str:
    """Return where a job's upcasters are written."""
    return f"{UPCASTERS}/{module_name(job)}.py"


def upcaster_stub(job: str, older: Iterable[int]) -> str:
    """Return the first text of a job's upcasters, from the versions that are still to be read."""
    title = _title(f"Upcasters of {job}")
    return fill("upcasters.py.j2", title=title, versions=sorted(older))


def _title(what: str) -> str:
    title = f'"""{what}: yours to fill in, the generator never touches it again."""'
    return title if len(title) <= WIDTH else f'"""{what}: yours to fill in."""'
