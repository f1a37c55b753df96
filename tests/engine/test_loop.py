"""The development loop on an emulator: what becomes of it where the emulator ends."""

from __future__ import annotations

import io
import json
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from envs.local.demo.progress import Progress
from envs.local.engine import processes
from envs.local.engine.emulator import EmulatorError
from envs.local.loop.command import work
from envs.local.loop.edits import WATCHED
from envs.local.loop.start import Running
from tests.generator.manifests import job

if TYPE_CHECKING:
    from pathlib import Path

    from envs.local.engine import emulator
    from envs.local.engine.clients import Aws


def test_a_loop_ends_with_its_emulator(aws: Aws, places: emulator.Places, tmp_path: Path) -> None:
    """It says so, and where to look; saving into nothing would never work again."""
    for name in WATCHED[1:]:
        (tmp_path / name).mkdir(parents=True)
    manifest = {"version": 1, "project": "clarivum", "environments": ["local"]}
    text = json.dumps({**manifest, "jobs": {"mail": job()}})
    (tmp_path / "jobs.yaml").write_text(text, encoding="utf-8")
    found = processes.find(places.run, "emulator")
    assert found is not None
    timer = threading.Timer(2, os.kill, (found.pid, signal.SIGKILL))
    told = io.StringIO()

    timer.start()
    with pytest.raises(EmulatorError, match=r"has ended; its log: .*emulator.log"):
        work(Running(tmp_path, places, aws, ""), Progress(Console(file=told)), time.time())

    assert not timer.is_alive()
