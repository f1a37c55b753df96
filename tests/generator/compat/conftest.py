"""What the tests of the gate share."""

from pathlib import Path

import pytest

from tests.generator.compat.repository import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository without a manifest."""
    return Repository(tmp_path / "repository")
