"""A pytest plugin that writes down which functions of the library each test calls, and its time.

`REACH` names the file. Only calls are traced, not lines: a mistake in a function can be noticed by
no test that never calls it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.mutation.operators import function_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

LIBRARY = str(Path(__file__).parents[2] / "lambdas" / "clarivum_jobs")


class Reach:
    """What each test has called so far."""

    def __init__(self, path: Path) -> None:
        """Write to `path` at the end."""
        self._path = path
        self._seen: set[tuple[str, int]] = set()
        self._tests: dict[str, Any] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Trace one test."""
        self._seen = set()
        began = time.perf_counter()
        threading.settrace(self._called)
        sys.settrace(self._called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            self._tests[item.nodeid] = {
                "seconds": round(time.perf_counter() - began, 2),
                "calls": sorted(f"{path}:{line}" for path, line in self._seen),
            }

    def pytest_sessionfinish(self) -> None:
        """Write what was seen."""
        self._path.write_text(json.dumps(self._tests), encoding="utf-8")

    def _called(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(LIBRARY):
            self._seen.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))


def reaching(reached: dict[str, Any], path: Path, line: int) -> list[str]:
    """Return the tests that can notice a mistake at a line, the quickest first.

    What stands in no function runs at import: each test of the module's functions may notice it.
    """
    first, last = function_of(path.read_text(encoding="utf-8"), line)
    places = {f"{path}:{number}" for number in range(first, last + 1)}
    found = [
        (test["seconds"], name)
        for name, test in reached.items()
        if places.intersection(test["calls"])
    ]
    return [name for _, name in sorted(found)]


def pytest_configure(config: pytest.Config) -> None:
    """Trace if a file is named."""
    if "REACH" in os.environ:
        config.pluginmanager.register(Reach(Path(os.environ["REACH"])))
