"""The built package, once for all tests here; without Node they are skipped, loudly."""

import os
from pathlib import Path

import pytest

from tests.typescript.stage import StageError, build, require_node


@pytest.fixture(scope="session")
def package() -> Path:
    """Return the folder of the built package; without Node skip or, if it is required, fail."""
    try:
        require_node()
    except StageError as error:
        reason = f"THE TYPESCRIPT PACKAGE WAS NOT TESTED: {error}"
        if os.environ.get("REQUIRE_NODE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return build()
