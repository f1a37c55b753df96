"""Every test begins without variables of the machine or of other tests."""

import os

import pytest

from tests.runtime.bench import Bench
from tests.runtime.fakes import FakeS3


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("JOB_", "JOBS_", "POWERTOOLS_", "AWS_", "SITE_", "MAIL_")):
            monkeypatch.delenv(name)


@pytest.fixture
def bench() -> Bench:
    """Return a worker with fakes around it."""
    return Bench()


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> FakeS3:
    """Return the buckets that a handler writes to."""
    fake = FakeS3()
    monkeypatch.setattr("clarivum_jobs.core.clients.s3", lambda: fake)
    return fake
