"""The Lambda entry point of a job, its handler's first text, and the packages around them."""

from collections.abc import Iterable

from generator.manifest.names import class_name, module_name
from generator.render.environment import fill

PACKAGES = {
    "lambdas/generated/__init__.py": "What the generator writes for the workers and for producers.",
    "lambdas/generated/payloads/__init__.py": "One module a job: its payload.",
    "lambdas/generated/entrypoints/__init__.py": "One module a job: what Lambda calls.",
}
"""Docstrings of the generated packages; they import nothing, so a worker loads only its own job."""

HANDLERS = {"lambdas/handlers/__init__.py": '"""One module a job: what it does."""\n'}
"""The package of the handlers, a person's from its first line on."""


def entrypoint(job: str, older: Iterable[int] = ()) -> str:
    """Return the module that Lambda calls for a job; `older` are versions still to be read."""
    module = module_name(job)
    functions = {version: f"from_{version}" for version in sorted(older)}
    handlers = [f"from handlers.{module} import handle"]
    if functions:
        listed = ", ".join(functions.values())
        handlers.append(f"from handlers.upcasters.{module} import {listed}")
    upcasters = ", ".join(f"{version}: {name}" for version, name in functions.items())
    return fill(
        "entrypoint.py.j2",
        **_names(job),
        handlers=sorted(handlers),
        upcasters=f"{{{upcasters}}}" if functions else "",
    )


def handler_stub(job: str) -> str:
    """Return a handler's first text, made from the job's name alone, so that it is known again."""
    return fill("handler.py.j2", **_names(job))


def _names(job: str) -> dict[str, str]:
    return {"name": job, "module": module_name(job), "class_name": class_name(job)}
