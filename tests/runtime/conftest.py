"""Every test begins without variables of the machine or of other tests."""

import os

import pytest

from tests.runtime.bench import Bench


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("JOB_", "JOBS_", "POWERTOOLS_", "AWS_", "SITE_", "MAIL_")):
            monkeypatch.delenv(name)


@pytest.fixture
def bench() -> Bench:
    """Return a worker with fakes around it."""
    return Bench()
