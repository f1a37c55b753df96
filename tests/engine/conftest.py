"""An emulator for one test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from envs.local.engine import emulator
from envs.local.engine.clients import Aws

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def places(tmp_path: Path) -> Iterator[emulator.Places]:
    """Return where an emulator of a test's own may run; it ends with the test."""
    venv = emulator.Places.of(Path(__file__).parents[2]).venv
    own = emulator.Places(tmp_path / "run", tmp_path / "aws", venv)
    try:
        yield own
    finally:
        emulator.stop(own)


@pytest.fixture
def aws(places: emulator.Places) -> Aws:
    """Start an emulator of its own."""
    return Aws(emulator.start(places))
