"""The import closure of a module over the packages in one directory, read from the sources."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from generator.package.errors import PackageError, Position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MISSING = "check the spelling; what is under `generated/` comes from `make generate`"


def import_closure(root: Path, module: str) -> dict[str, Path]:
    """Return every local source that importing `module` may need.

    Imports inside functions and under `TYPE_CHECKING` count too: taking one file too many costs
    nothing, one too few breaks the job at run time.

    Args:
        root: Directory on the module search path, such as `lambdas/`.
        module: Dotted name of the module to start from.

    Returns:
        Path inside the zip (POSIX, relative to `root`) -> source file, sorted.

    Raises:
        PackageError: An imported local module does not exist, a source cannot be parsed, or an
            import's name is computed, which cannot be followed.
    """
    local = _Local(root)
    start = local.file(module)
    if start is None:
        message = f"there is no module `{module}` in `{root.name}/`"
        raise PackageError(message, hint="run `make generate`")
    found: dict[str, Path] = {}
    waiting = _with_packages(module)
    while waiting:
        name = waiting.pop()
        source = local.file(name)
        if name in found or source is None:
            continue
        found[name] = source
        for wanted in _imports(source, name, local):
            waiting += _with_packages(wanted)
    return {path.relative_to(root).as_posix(): path for path in sorted(found.values())}


class _Local:
    """The modules below one directory."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def owns(self, module: str) -> bool:
        """Whether the first part of a dotted name is one of ours."""
        top = self._root / module.partition(".")[0]
        return top.is_dir() or top.with_suffix(".py").is_file()

    def file(self, module: str) -> Path | None:
        """Return the source of a module, or None for a directory without `__init__.py`."""
        base = self._root.joinpath(*module.split("."))
        for candidate in (base / "__init__.py", base.with_name(base.name + ".py")):
            if candidate.is_file():
                return candidate
        return None

    def exists(self, module: str) -> bool:
        """Whether a dotted name is a module or a package of ours."""
        return self.file(module) is not None or self._root.joinpath(*module.split(".")).is_dir()


def _with_packages(module: str) -> list[str]:
    """Return `a`, `a.b`, `a.b.c` for `a.b.c`: importing a module runs its packages first."""
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _imports(source: Path, module: str, local: _Local) -> Iterator[str]:
    """Yield the local modules that a source names in its imports."""
    for node in ast.walk(_parse(source)):
        for name, members in _named(node, source, module):
            if not name or not local.owns(name):
                continue
            if not local.exists(name):
                at = Position(
                    source, getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
                )
                message = f"`{name}` is imported but does not exist"
                raise PackageError(message, hint=_MISSING, position=at)
            yield name
            yield from (
                f"{name}.{member}" for member in members if local.exists(f"{name}.{member}")
            )


def _named(node: ast.AST, source: Path, module: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the absolute module names of one import, each with the members taken from it."""
    package = module if source.name == "__init__.py" else module.rpartition(".")[0]
    if isinstance(node, ast.Import):
        yield from ((alias.name, []) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        parents = (
            package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        )
        name = ".".join([*parents, *([node.module] if node.module else [])])
        yield name, [alias.name for alias in node.names]
    elif isinstance(node, ast.Call) and _is_dynamic_import(node.func):
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            relative = first.value.startswith(".")
            yield (package + first.value if relative else first.value), []
            return
        at = Position(source, node.lineno, node.col_offset + 1)
        message = "this import's name is computed, so what it needs cannot be packaged"
        raise PackageError(message, hint="import the module by its name", position=at)


def _is_dynamic_import(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        return called.attr == "import_module"
    return isinstance(called, ast.Name) and called.id in {"import_module", "__import__"}


def _parse(source: Path) -> ast.Module:
    try:
        return ast.parse(source.read_text(encoding="utf-8"))
    except SyntaxError as error:
        at = Position(source, error.lineno or 1, error.offset or 1)
        message = f"not valid Python: {error.msg}"
        raise PackageError(message, position=at) from error
