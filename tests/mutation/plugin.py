"""A pytest plugin that makes one mistake in one module of the running process; no file changes.

`MUTATION` names it, as `module:site`.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutation.operators import mutated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, site: int) -> None:
        super().__init__(name, path)
        self._site = site

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the loader has one module
        source = Path(self.path).read_text(encoding="utf-8")
        return compile(mutated(source, self._site), self.path, "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, module: str, site: int) -> None:
        self._module, self._site = module, site

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
        spec.loader = _Loader(fullname, spec.origin, self._site)
        return spec


if "MUTATION" in os.environ:
    name, _, number = os.environ["MUTATION"].partition(":")
    sys.meta_path.insert(0, _Finder(name, int(number)))
