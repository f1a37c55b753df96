"""The tests of this folder notice the mistakes they are there for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulator.mutants import MUTANTS

pytestmark = pytest.mark.long

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_mistake_is_noticed(name: str) -> None:
    """With one mistake in the code, the test that is named for it fails, by an assertion."""
    mutant = MUTANTS[name]
    found = [path for path in HERE.glob("test_*.py") if f"def {mutant.test}(" in path.read_text()]
    assert len(found) == 1
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "tests.simulator.mutants"),
            *("-p", "no:cacheprovider", f"{found[0]}::{mutant.test}"),
        ],
        cwd=HERE.parents[1],
        env={**os.environ, "MUTANT": name},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stdout + done.stderr
    assert "AssertionError" in done.stdout or "ViolationError" in done.stdout
    assert "has changed" not in done.stdout
