"""Simulations have no metrics, and begin with a logger that nobody has used."""

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
def _own_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test captures its own log; thousands of metrics would fill it."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    logging.Logger.manager.loggerDict.pop(JOB, None)
    yield
    logging.Logger.manager.loggerDict.pop(JOB, None)
