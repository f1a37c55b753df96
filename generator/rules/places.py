"""What stands where a job's handler must stand: looked at on disk, for nobody can list it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Finding
from generator.manifest.resolved import Manifest
from generator.manifest.source import Source
from generator.rules.registry import Fact

HANDLERS = Path("lambdas/handlers")

FACTS = (
    Fact(
        "handler-place",
        "Where a job's handler goes, nothing else stands.",
        "A package of its name hides the handler's module, and a module without `handle` cannot "
        "be called: the worker would fail when it is imported.",
        "rename the job, or move what stands there",
        "Python, the import system: a package comes before a module",
    ),
)


def judge(source: Source, manifest: Manifest, root: Path) -> Iterator[Finding]:
    """Yield a finding for every job whose handler has no room under `root`."""
    (fact,) = FACTS
    for job in manifest.jobs:
        if not job.module.isidentifier():
            continue
        place = root / HANDLERS / job.module
        if _is_package(place):
            path = (HANDLERS / job.module).as_posix()
            message = f"`{path}` is a package, which would hide the handler of `{job.name}`"
        elif _is_no_handler(place.with_suffix(".py")):
            path = (HANDLERS / job.module).with_suffix(".py").as_posix()
            message = f"`{path}` is no handler: it has no function `handle`"
        else:
            continue
        yield source.finding(("jobs", job.name), fact.id, message, fact.remedy, key=True)


def _is_package(place: Path) -> bool:
    try:
        return any(path.suffix == ".py" for path in place.iterdir())
    except OSError:
        return False


def _is_no_handler(file: Path) -> bool:
    """Say whether there is a module that certainly has no `handle`; a broken one may get it yet."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return False
    return not any(map(_may_define, tree.body))


def _may_define(statement: ast.stmt) -> bool:
    """Say whether a statement may give the module its `handle`."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name == "handle"
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return any((alias.asname or alias.name) in ("handle", "*") for alias in names)
        case ast.ClassDef() | ast.Expr() | ast.Pass():
            return False
        case _:
            return any(isinstance(n, ast.Name) and n.id == "handle" for n in ast.walk(statement))
