"""Simulations are quiet: thousands of worlds would otherwise fill the captured output."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs.testing.plugin import simulate
from tests.simulator.sample import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["simulate"]


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither metrics nor logs, unless a test asks for them."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "CRITICAL")
    logging.Logger.manager.loggerDict.pop(JOB, None)
    yield
    logging.Logger.manager.loggerDict.pop(JOB, None)
