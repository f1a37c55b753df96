"""What goes into each job's zip: its sources, the data they open, its own dependencies."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.package import archive, runtime
from generator.package.closure import Closure, Sources, Trees
from generator.package.data import DataFiles, data_beside
from generator.package.dependencies import own_lock
from generator.package.errors import PackageError, Problem
from generator.package.installed import Installed
from generator.package.layer import Layer, build_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from generator.package.imports import Import
    from generator.package.targets import Target

_NOWHERE = "neither the zip, the layer, the standard library nor Lambda's Python has it"

_HINT = "add its package, for this job or for all: docs/dependencies.md"

_TYPED = "py.typed"  # read by type checkers alone


@dataclass(frozen=True)
class Content:
    """The content of one zip.

    Attributes:
        files: Name in the zip -> file on disk, or bytes.
        opened: The data files among them.
        beside: Data files in the directories of its sources.
    """

    files: Mapping[str, Path | bytes]
    opened: frozenset[Path]
    beside: frozenset[Path]


class Packer:
    """Decides the contents of the zips of one tree."""

    def __init__(self, sources: Path, layer: Layer, target: Target, dependencies: Path) -> None:
        """Prepare.

        Args:
            sources: The directory `lambdas/`.
            layer: What every job has.
            target: Where the zips shall run.
            dependencies: Where packages of single jobs are built.
        """
        self._root, self._layer, self._target = sources, layer, target
        self._dependencies = dependencies
        self._trees = Trees()
        self._opened: dict[Path, DataFiles] = {}
        self._read: dict[Installed, Sources] = {}

    def pack(self, modules: Mapping[str, str]) -> dict[str, Content]:
        """Return the content of each job's zip.

        Args:
            modules: Job name -> module of its entry point.

        Raises:
            PackageError: Imports or files of some jobs would be missing in Lambda; all are told.
        """
        contents: dict[str, Content] = {}
        problems: list[Problem] = []
        for job, module in modules.items():
            try:
                contents[job] = self._content(job, module)
            except PackageError as error:
                problems += error.problems
        if problems:
            raise PackageError.of(problems)
        return contents

    def _content(self, job: str, module: str) -> Content:
        own = self._own(job, module)
        installed = _installed((self._layer, own) if own else (self._layer,), self._target.python)
        closure = self._sources(installed).closure(module)
        opened = [self._data(path) for path in closure.files.values()]
        problems = [problem for each in opened for problem in each.problems]
        problems += self._unavailable(closure, installed)
        if problems:
            raise PackageError.of(problems)
        files: dict[str, Path | bytes] = dict(archive.read_zip(own.path)) if own else {}
        data = frozenset(path for each in opened for path in each.files)
        files |= {path.relative_to(self._root).as_posix(): path for path in data}
        beside = {path for source in closure.files.values() for path in data_beside(source)}
        return Content({**files, **closure.files}, data, frozenset(beside))

    def _sources(self, installed: Installed) -> Sources:
        """Return our modules beside some packages: jobs that have the same share what is read."""

        def elsewhere(wanted: Import) -> bool:
            return self._missing(wanted, installed) is None

        if installed not in self._read:
            made = Sources(self._root, self._trees, self._target.python, elsewhere)
            self._read[installed] = made
        return self._read[installed]

    def _data(self, path: Path) -> DataFiles:
        """Return what a module opens, read once however many jobs hold it."""
        if path not in self._opened:
            self._opened[path] = DataFiles(self._trees.tree(path), path, self._root)
        return self._opened[path]

    def _own(self, job: str, module: str) -> Layer | None:
        handler = self._root / "handlers" / f"{module.rpartition('.')[2]}.py"
        pins = own_lock(handler, self._root / "layer.lock")
        if not pins:
            return None
        self._dependencies.mkdir(parents=True, exist_ok=True)
        lock = self._dependencies / f"{job}.lock"
        lock.write_text(pins, encoding="utf-8")
        return build_layer(lock, lock.with_suffix(".zip"), self._target, prefix="")

    def _unavailable(self, closure: Closure, installed: Installed) -> Iterable[Problem]:
        for wanted, at in closure.foreign:
            missing = None if wanted.optional else self._missing(wanted, installed)
            if missing == wanted.name:
                yield Problem(f"`{missing}` is imported, but {_NOWHERE}", _HINT, at)
            elif missing:
                yield Problem(f"`{wanted.name}` needs `{missing}`, but {_NOWHERE}", _HINT, at)

    def _missing(self, wanted: Import, installed: Installed) -> str | None:
        """Return the module for want of which an import would fail, if there is one."""
        if installed.has(wanted.name.partition(".")[0]):
            return installed.missing(wanted)
        return None if runtime.has(wanted.name, self._target.python) else wanted.name


# A layer is known by its content, and the development loop builds again and again.
@functools.lru_cache(maxsize=32)
def _installed(layers: tuple[Layer, ...], python: tuple[int, int]) -> Installed:
    return Installed([(layer.path, layer.prefix) for layer in layers], python)


def left_out(contents: Iterable[Content]) -> tuple[Path, ...]:
    """Return the data files beside packaged modules that are in no zip."""
    known = list(contents)
    beside = {path for content in known for path in content.beside}
    opened = {path for content in known for path in content.opened}
    return tuple(path for path in sorted(beside - opened) if path.name != _TYPED)
