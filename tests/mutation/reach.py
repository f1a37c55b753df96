"""A pytest plugin that writes down which lines of the library each test runs, and its time.

`REACH` names the file. A mistake in a line can be noticed by no test that never runs it, unless
that test starts another process, whose lines nobody sees: such tests are told apart.
"""

from __future__ import annotations

import _thread
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from tests.mutation.drawing import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from tests.mutation.operators import Site

_start_new_thread = _thread.start_new_thread

EXAMPLES = 25
"""So many are drawn in a test: each line that is traced takes its time."""

LIBRARY = Path(__file__).parents[2] / "lambdas" / "clarivum_jobs"
_PREFIX = str(LIBRARY)


class Reach:
    """What each test has run so far."""

    def __init__(self, path: Path) -> None:
        """Write to `path` at the end."""
        self._path = path
        self._seen: dict[str, set[int]] = {}
        self._processes = 0
        self._tests: dict[str, Any] = {}
        sys.addaudithook(self._heard)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Trace one test."""
        self._seen, self._processes = {}, 0
        began = time.perf_counter()
        threading.settrace(self._called)
        sys.settrace(self._called)
        try:
            with mock.patch("_thread.start_new_thread", self._start):
                return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            self._tests[item.nodeid] = {
                "seconds": round(time.perf_counter() - began, 2),
                "processes": self._processes,
                "lines": {path: sorted(lines) for path, lines in self._seen.items()},
            }

    def pytest_sessionfinish(self) -> None:
        """Write what was seen."""
        self._path.write_text(json.dumps(self._tests), encoding="utf-8")

    def _called(self, frame: FrameType, _event: str, _argument: object) -> Any:  # noqa: ANN401 - of `settrace`
        path = frame.f_code.co_filename
        if not path.startswith(_PREFIX):
            return None
        add = self._seen.setdefault(path, set()).add

        def ran(frame: FrameType, _event: str, _argument: object) -> Any:  # noqa: ANN401
            add(frame.f_lineno)
            return ran

        return ran

    def _start(
        self, function: Callable[..., object], args: tuple[Any, ...], *named: dict[str, Any]
    ) -> int:
        """Start a bare thread, such as one of the simulator: `threading` knows nothing of it."""

        def run(*args: object, **named: object) -> None:
            sys.settrace(self._called)
            function(*args, **named)

        return _start_new_thread(run, args, *named)

    def _heard(self, event: str, _arguments: object) -> None:
        self._processes += event in {"subprocess.Popen", "os.fork", "os.posix_spawn"}


def reaching(reached: dict[str, Any], path: Path, site: Site) -> tuple[list[str], list[str]]:
    """Return the tests that can notice a mistake: who got there, who may; quickest first.

    Another draw may lead elsewhere in the module, and what runs at import is noticed anywhere.
    """
    lines = set(range(site.lines[0], site.lines[1] + 1))
    surely, maybe = [], []
    for name, test in reached.items():
        run = test["lines"].get(str(path), ())
        if run and (site.at_import or lines.intersection(run)):
            surely.append((test["seconds"], name))
        elif run or site.at_import or test["processes"]:
            maybe.append((test["seconds"], name))
    return [name for _, name in sorted(surely)], [name for _, name in sorted(maybe)]


def pytest_configure(config: pytest.Config) -> None:
    """Trace if a file is named."""
    if "REACH" in os.environ:
        config.pluginmanager.register(Drawing(EXAMPLES))
        config.pluginmanager.register(Reach(Path(os.environ["REACH"])))
