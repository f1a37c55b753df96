"""How the tests are dealt out when they run in several processes.

A file is one unit of work, since its tests share what they set up. The files below are begun
first, so that none of them runs on alone when all others are done; and for all tests there are two
processes more than processors, because both end-to-end files mostly wait for the provider.
"""

from __future__ import annotations

import os

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

WAITING = ("tests/e2e/test_removal.py", "tests/e2e/test_whole_way.py")
"""They wait twenty-five seconds for each change of a queue."""

LONG = (
    "tests/modules/test_terraform.py",
    "tests/simulator/emulator/test_load.py",
    "tests/simulator/emulator/test_scenarios.py",
    "tests/typescript",
)
"""The longest of the others, files and rooms, the longest first."""

ROOMS = ("tests/editor", "tests/oracles", "tests/package", "tests/typescript")
"""What is in one room shares what it installs, renders or builds in the working tree."""

APART = ("tests/generator/test_scale.py", "tests/simulator/test_mutants.py")
"""Files whose tests share nothing and are long: each is a unit of its own."""


class Scheduling(LoadScopeScheduling):  # type: ignore[misc] # it is untyped
    """Deals out units of work in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the name of the unit that a test belongs to."""
        return unit(nodeid)


def unit(nodeid: str) -> str:
    """Return the name of the unit that a test belongs to."""
    path = nodeid.split("::", 1)[0]
    if path in APART:
        return nodeid
    return next((room for room in ROOMS if path.startswith(f"{room}/")), path)


def rank(nodeid: str) -> int:
    """Return how early a test's unit is begun, 0 first."""
    first, own = (*WAITING, *LONG), unit(nodeid)
    return first.index(own) if own in first else len(first)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put what is begun first to the front, where tests are dealt out at all."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    """Deal out by these rules, whatever `--dist` says."""
    config.option.loadscopereorder = False
    return Scheduling(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many processes `--numprocesses auto` means: more than processors for all tests."""
    return (os.cpu_count() or 1) + (0 if config.option.markexpr else len(WAITING))
