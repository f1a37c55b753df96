"""The modules of installed packages in a zip, and what each needs to be imported."""

from __future__ import annotations

import functools
import zipfile
from typing import TYPE_CHECKING

from generator.package import runtime
from generator.package.imports import Import, read_imports
from generator.package.reach import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MAKES_MODULES = (b"sys.modules", b"meta_path", b"__path__")


class Installed:
    """Packages that lie in zips, such as the layer and a job's own dependencies."""

    def __init__(self, zips: Iterable[tuple[Path, str]], python: tuple[int, int]) -> None:
        """List the modules.

        Args:
            zips: Each zip with the prefix that its modules lie under.
            python: Version of the Python that will import them.
        """
        self._python = python
        self._sources: dict[str, tuple[str, bytes]] = {}
        self._directories: set[str] = set()
        for path, prefix in zips:
            self._list(path, prefix)

    def has(self, module: str) -> bool:
        """Whether a dotted name is a module, a package, or a directory that holds some."""
        return module in self._sources or module in self._directories

    def missing(self, wanted: Import) -> str | None:
        """Return the first module that cannot be imported when `wanted` is, if there is one.

        Packages are followed as far as importing goes: what they import in functions, or with an
        alternative, is their own affair.
        """
        for name in self._wanted(wanted):
            if gap := self._gap(name):
                return gap
        return None

    def _wanted(self, wanted: Import) -> Iterator[str]:
        if not wanted.name.strip("."):
            return
        yield wanted.name
        # Of a package without a source, members can only be modules.
        bare = wanted.name in self._directories and wanted.name not in self._sources
        for member in wanted.members:
            inner = f"{wanted.name}.{member}"
            if member != "*" and (bare or self.has(inner)):
                yield inner

    @functools.cache  # noqa: B019 - lives as long as what it has read
    def _gap(self, module: str) -> str | None:
        waiting, seen = [module], set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if not self.has(name):
                if not self._made_at_run_time(name) and not self._beyond(name):
                    return name
                continue
            parent = name.rpartition(".")[0]
            waiting += [parent] if parent else []
            for each in self._imports(name):
                waiting += self._wanted(each)
        return None

    def _beyond(self, module: str) -> bool:
        """Whether Lambda itself has a module that is not below a package that is here."""
        top = module.partition(".")[0]
        return top not in self._sources and runtime.has(module, self._python)

    def _made_at_run_time(self, module: str) -> bool:
        """Whether the module above makes modules itself, as `six.moves` is made."""
        parent = module.rpartition(".")[0]
        while parent and parent not in self._sources:
            parent = parent.rpartition(".")[0]
        source = self._sources[parent][1] if parent else b""
        return any(word in source for word in _MAKES_MODULES)

    @functools.cache  # noqa: B019 - likewise
    def _imports(self, module: str) -> list[Import]:
        inside, source = self._sources.get(module, ("", b""))
        package = module if inside.endswith("/__init__.py") else module.rpartition(".")[0]
        found = read_imports(parsed(source), package, self._python, self._present, functions=False)
        return [each for each in found if not (each.optional or each.late)]

    def _present(self, wanted: Import) -> bool:
        return self.has(wanted.name) or runtime.has(wanted.name, self._python)

    def _list(self, path: Path, prefix: str) -> None:
        with zipfile.ZipFile(path) as opened:
            for inside in opened.namelist():
                parts = inside.removeprefix(prefix).split("/")
                stem = parts[-1].partition(".")[0]
                if not inside.endswith((".py", ".so")) or not stem.isidentifier():
                    continue
                folders = parts[:-1]
                self._directories.update(
                    ".".join(folders[:length]) for length in range(1, len(folders) + 1)
                )
                module = ".".join(folders if stem == "__init__" else [*folders, stem])
                source = opened.read(inside) if inside.endswith(".py") else b""
                self._sources.setdefault(module, (inside, source))
