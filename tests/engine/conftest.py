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
def aws(tmp_path: Path) -> Iterator[Aws]:
    """Start an emulator of its own."""
    venv = emulator.Places.of(Path(__file__).parents[2]).venv
    places = emulator.Places(tmp_path / "run", tmp_path / "aws", venv)
    try:
        yield Aws(emulator.start(places))
    finally:
        emulator.stop(places)
