"""Tests in a process of their own, with a mistake in one module: which one fails first.

A server that has imported what tests need from others, and nothing of ours, makes each process by
`fork`: it starts in no time. No file changes.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import resource
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mutation.drawing import Drawing
from tests.mutation.loading import change_on_import
from tests.mutation.operators import mutated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

ROOT = Path(__file__).parents[2]
MEMORY = 4 * 2**30
"""Bytes that a process may have: a loop that a mistake made endless fills less than the machine."""

ENDLESS, BROKEN = "never ended", "could not begin"

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(
    ["tests.mutation.trial", "boto3", "pydantic", "yaml", "aws_lambda_powertools.utilities.batch"]
)


class _Watch:
    """Keeps the first test that fails."""

    def __init__(self) -> None:
        self.failed = ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A module that cannot be imported any more fails each of its tests."""
        if report.failed:
            self.failed = self.failed or report.nodeid

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the name of the first."""
        if report.failed:
            self.failed = self.failed or report.nodeid


def first_failing(
    mistake: tuple[str, int] | None,
    tests: Sequence[str],
    examples: int | None,
    seconds: float,
) -> str:
    """Return which of some tests fails first; empty if none does.

    Args:
        mistake: A module and the number of one of its sites; without, the library is as it is.
        tests: Their names, in the order in which they run.
        examples: So many are drawn at most in each; without, as many as the test says.
        seconds: What runs for longer counts as failed: nobody overlooks tests that never end.
    """
    ours, theirs = _FORKED.Pipe(duplex=False)
    process = _FORKED.Process(target=_run, args=(theirs, mistake, tests, examples))
    process.start()
    theirs.close()
    try:
        return str(ours.recv()) if ours.poll(seconds) else ENDLESS
    except EOFError:
        return BROKEN
    finally:
        process.kill()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid or 0, signal.SIGKILL)
        process.join()


def _run(
    answer: Connection,
    mistake: tuple[str, int] | None,
    tests: Sequence[str],
    examples: int | None,
) -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.environ.update(ZOO_SCHEDULES="20", TEST_SEED="1")
    os.chdir(ROOT)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    if mistake is not None:
        change_on_import(mistake[0], functools.partial(mutated, number=mistake[1]))
    watch = _Watch()
    quiet = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-W"]
    late = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"
    status = pytest.main([*quiet, late, *tests], plugins=[watch, Drawing(examples)])
    answer.send(watch.failed or ("" if status == pytest.ExitCode.OK else BROKEN))
    os._exit(0)
