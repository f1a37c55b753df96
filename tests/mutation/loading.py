"""A mistake is put into a module while it is imported; no file changes."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Sequence
    from types import CodeType, ModuleType

    Change = Callable[[str], str | ast.Module]


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, change: Change) -> None:
        super().__init__(name, path)
        self._change = change

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the loader has one module
        source = Path(self.path).read_text(encoding="utf-8")
        return compile(self._change(source), self.path, "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, module: str, change: Change) -> None:
        self._module, self._change = module, change

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(fullname, spec.origin, self._change)
        return spec


def change_on_import(module: str, change: Change) -> None:
    """Let a module that this process has not imported yet be another than its file says.

    Args:
        module: Its full name.
        change: Returns what to run, source or parsed, for the source in the file.
    """
    sys.meta_path.insert(0, _Finder(module, change))
