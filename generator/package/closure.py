"""The import closure of a module over the packages in one directory, read from the sources."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.package.errors import PackageError, Position, Problem
from generator.package.imports import Import, bound_names, read_imports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_SPELLING = "check the spelling; what is under `generated/` comes from `make generate`"


@dataclass(frozen=True)
class Closure:
    """What importing one module may need.

    Attributes:
        files: Path inside the zip (POSIX, relative to the root) -> source file, sorted.
        foreign: Imports of modules that are not below the root, each with its place.
    """

    files: Mapping[str, Path]
    foreign: tuple[tuple[Import, Position], ...]


class Trees:
    """Sources as parsed, each once however many jobs hold it."""

    @functools.cache  # noqa: B019 - lives as long as one build
    def tree(self, source: Path) -> ast.Module:
        """Return a parsed source.

        Raises:
            PackageError: It is not valid Python.
        """
        return _parsed(source, source.read_bytes())

    @functools.cache  # noqa: B019 - lives as long as one build
    def names(self, source: Path) -> frozenset[str]:
        """Return the names that a module may hold; `*` if it cannot be told from its source.

        Raises:
            PackageError: It is not valid Python.
        """
        return _bound(source, source.read_bytes())


# The development loop builds again and again, and most sources are as they were.
@functools.lru_cache(maxsize=2048)
def _parsed(source: Path, content: bytes) -> ast.Module:
    try:
        tree = ast.parse(content)
        # Parsing alone lets some mistakes pass, such as `import *` in a class.
        compile(tree, str(source), "exec", dont_inherit=True)
    except SyntaxError as error:
        at = Position(source, error.lineno or 1, error.offset or 1)
        message = f"not valid Python: {error.msg}"
        raise PackageError(message, position=at) from error
    return tree


@functools.lru_cache(maxsize=2048)
def _bound(source: Path, content: bytes) -> frozenset[str]:
    return bound_names(_parsed(source, content))


class Sources:
    """The modules below one directory, such as `lambdas/`."""

    def __init__(
        self,
        root: Path,
        trees: Trees,
        python: tuple[int, int],
        elsewhere: Callable[[Import], bool],
    ) -> None:
        """Read nothing yet.

        Args:
            root: The directory, which is on the module search path.
            trees: Its sources, as far as they have been parsed.
            python: Version of the Python that will run the modules.
            elsewhere: Whether an import that is not of this directory would succeed.
        """
        self.root = root
        self._trees = trees
        self._python = python
        self._elsewhere = elsewhere

    def closure(self, module: str) -> Closure:
        """Return every source that importing `module` may need, those of late imports included.

        Raises:
            PackageError: An imported module of ours does not exist, a source cannot be parsed, or
                an import's name is computed, which cannot be followed. All of these at once.
        """
        if self.file(module) is None:
            message = f"there is no module `{module}` in `{self.root.name}/`"
            raise PackageError(message, hint="run `make generate`")
        found: dict[str, Path] = {}
        foreign: list[tuple[Import, Position]] = []
        problems: list[Problem] = []
        waiting = _with_packages(module)
        while waiting:
            name = waiting.pop()
            source = self.file(name)
            if name in found or source is None:
                continue
            found[name] = source
            for each in self._imports(name, source):
                at = Position(source, each.line, each.column)
                problem = self._problem(each, at)
                problems += [problem] if problem else []
                if each.name.strip(".") and not self._owns(each.name):
                    foreign.append((each, at))
                elif each.name.strip("."):
                    for wanted in (each.name, *self._inner(each)):
                        waiting += _with_packages(wanted)
        if problems:
            raise PackageError.of(problems)
        files = {path.relative_to(self.root).as_posix(): path for path in sorted(found.values())}
        return Closure(files, tuple(foreign))

    @functools.cache  # noqa: B019 - lives as long as one build
    def file(self, module: str) -> Path | None:
        """Return the source of a module, or None for a directory without `__init__.py`."""
        base = self.root.joinpath(*module.split("."))
        for candidate in (base / "__init__.py", base.with_name(base.name + ".py")):
            if candidate.is_file():
                return candidate
        return None

    @functools.cache  # noqa: B019 - likewise
    def _imports(self, module: str, source: Path) -> list[Import]:
        package = module if source.name == "__init__.py" else module.rpartition(".")[0]
        return read_imports(self._trees.tree(source), package, self._python, self._present)

    def _problem(self, each: Import, at: Position) -> Problem | None:
        if not each.name:
            text = "this import's name is computed, so what it needs cannot be packaged"
            return Problem(text, "import the module by its name", at)
        if each.name == "..":
            return Problem("this import reaches above the first package", "name it in full", at)
        if not self._owns(each.name) or each.lenient:
            return None
        if each.optional and not self._is_module(each.name):
            return None
        for name in _named(each):
            if not self._exists(name, each.name):
                return Problem(f"`{name}` is imported but does not exist", _SPELLING, at)
        return None

    def _present(self, each: Import) -> bool:
        if each.name.strip(".") and not self._owns(each.name):
            return self._elsewhere(each)
        return all(self._exists(name, each.name) for name in _named(each))

    def _exists(self, name: str, imported_from: str) -> bool:
        """Whether a name is a module of ours, or something that the module before it holds."""
        if self._is_module(name):
            return True
        source = self.file(imported_from)
        if name == imported_from or source is None:
            return False
        bound = self._trees.names(source)
        return "*" in bound or name.rpartition(".")[2] in {*bound, *_OF_EVERY_MODULE}

    def _inner(self, each: Import) -> list[str]:
        """Return the modules among the members that are taken from a package."""
        members = self._listed(each.name) if "*" in each.members else each.members
        names = (f"{each.name}.{member}" for member in members)
        return [name for name in names if self._is_module(name)]

    def _listed(self, package: str) -> tuple[str, ...]:
        """Return what a package's `__all__` names."""
        source = self.file(package)
        for node in self._trees.tree(source).body if source else ():
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(each, ast.Name) and each.id == "__all__" for each in targets):
                    words = (
                        each for each in ast.walk(node.value) if isinstance(each, ast.Constant)
                    )
                    return tuple(each.value for each in words if isinstance(each.value, str))
        return ()

    def _owns(self, module: str) -> bool:
        """Whether the first part of a dotted name is one of ours."""
        top = self.root / module.partition(".")[0]
        return top.is_dir() or top.with_suffix(".py").is_file()

    @functools.cache  # noqa: B019 - likewise
    def _is_module(self, module: str) -> bool:
        directory = self.root.joinpath(*module.split("."))
        return self.file(module) is not None or any(directory.rglob("*.py"))


_OF_EVERY_MODULE = ("__doc__", "__file__", "__name__", "__package__", "__path__", "__spec__")


def _named(each: Import) -> tuple[str, ...]:
    return (each.name, *(f"{each.name}.{member}" for member in each.members if member != "*"))


def _with_packages(module: str) -> list[str]:
    """Return `a`, `a.b`, `a.b.c` for `a.b.c`: importing a module runs its packages first."""
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
