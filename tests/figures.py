"""Counts that are part of a test's result, printed although the test passes.

They travel with the test's report, so that they are told once and whole when tests run in several
processes.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.chance import SEED, SOAK

if TYPE_CHECKING:
    from collections.abc import Generator

LONGEST_SOAK = 1800
"""Seconds after which `make soak` gives up."""

_KEY = "figure"
_said: list[str] = []


def say(*lines: str) -> None:
    """Print lines at the end of the run, under the test that runs now."""
    _said.extend(lines)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Hand what was said to the report of the test."""
    report = yield
    report.user_properties.extend((_KEY, line) for line in _said)
    _said.clear()
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let Hypothesis draw from the seed of the run too, and end a soak in time."""
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(SEED)
    if SOAK and not hasattr(config, "workerinput"):
        signal.signal(signal.SIGALRM, _end)
        signal.alarm(LONGEST_SOAK)


def _end(*_: object) -> None:
    pytest.exit(f"not done after {LONGEST_SOAK} seconds", returncode=1)


def pytest_report_header() -> str:
    """Say what repeats the run."""
    return f"drawn from TEST_SEED={SEED}{', as much as is promised' if SOAK else ''}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of all tests, and the seed where a test failed."""
    every = [report for reports in terminalreporter.stats.values() for report in reports]
    lines = [
        line
        for report in every
        for key, line in getattr(report, "user_properties", ())
        if key == _KEY
    ]
    if lines:
        terminalreporter.section("figures")
        for line in dict.fromkeys(lines):
            terminalreporter.line(line)
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        terminalreporter.line(f"TEST_SEED={SEED} repeats what was drawn")
