"""The development loop in the one world of the end-to-end tests."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import statistics
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.e2e.desk import JOB, clarivum

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.conftest import World

_EDITS = 200 if os.environ.get("SOAK") == "1" else 5
_BROKEN = 0.3
"""Share of the edits that something broken is saved before."""
_PATIENCE = 240.0  # seconds, far more than a busy machine needs
_LINE = '    context.logger.info("{word}")\n'


@dataclass
class Dev:
    """A running loop.

    Attributes:
        process: Its process.
        log: Where it prints.
    """

    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """Return all that it printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def says(self, word: str, after: int = 0) -> float:
        """Wait until it prints a word behind a place of its log; return the seconds that took."""
        began = time.monotonic()
        while word not in self.said()[after:]:
            assert self.process.poll() is None, self.said()
            assert time.monotonic() - began < _PATIENCE, self.said()[-3000:]
            time.sleep(0.05)
        return time.monotonic() - began


@contextlib.contextmanager
def loop(world: World) -> Iterator[Dev]:
    """Start the loop in the copy, and end it by Ctrl-C."""
    log = world.root / "dev.log"
    environment = {**os.environ, "PYTHONPATH": "lambdas", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "envs.cli", "dev"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=world.root, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    dev = Dev(process, log)
    try:
        seconds = dev.says("ready after")
        print(f"the loop went on after {seconds:.1f} s")  # noqa: T201 - measured, and told
        assert "terraform apply" not in dev.said(), "what a demo applied is applied"
        yield dev
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=120) == 0, dev.said()[-3000:]
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=120)


def edits_run(world: World, dev: Dev) -> None:
    """A saved handler runs in the next message, whatever was broken before; the median is told."""
    handler = world.root / "lambdas" / "handlers" / "cache_warming.py"
    whole = handler.read_text(encoding="utf-8")
    times = []
    for number in range(_EDITS):
        if random.random() < _BROKEN:  # noqa: S311 - a drawn mistake, no secret
            _break(dev, handler, whole)
        times.append(_edit(world, dev, handler, whole, f"edit-{number}"))
    median = statistics.median(times)
    print(f"from a saved handler to its line: {median:.1f} s, median of {_EDITS}")  # noqa: T201
    handler.write_text(whole, encoding="utf-8")

    assert median < _PATIENCE / 4


def _edit(world: World, dev: Dev, handler: Path, whole: str, word: str) -> float:
    place = len(dev.said())
    began = time.monotonic()
    head, mark, rest = whole.partition("def handle(")
    signature, end, body = rest.partition('"""\n')
    handler.write_text(
        f"{head}{mark}{signature}{end}{_LINE.format(word=word)}{body}", encoding="utf-8"
    )
    dev.says("new code runs", place)
    status, output = clarivum(
        world, "send", JOB, "--section", "home", "--run", f"{word}-{uuid.uuid4()}"
    )
    assert status == 0, output
    dev.says(word, place)
    return time.monotonic() - began


def _break(dev: Dev, handler: Path, whole: str) -> None:
    """Save what is no Python, and see it told."""
    place = len(dev.said())
    handler.write_text(f"{whole}\ndef broken(:\n", encoding="utf-8")
    dev.says("it goes on when you save again", place)
    assert "cache_warming.py" in dev.said()[place:]


def mistakes_are_told_and_it_goes_on(world: World, dev: Dev) -> None:
    """A syntax error and a broken manifest are told where they stand; the next save works."""
    handler = world.root / "lambdas" / "handlers" / "cache_warming.py"
    whole = handler.read_text(encoding="utf-8")
    _break(dev, handler, whole)

    place = len(dev.said())
    manifest = world.root / "jobs.yaml"
    known = manifest.read_text(encoding="utf-8")
    handler.write_text(whole, encoding="utf-8")
    manifest.write_text(known.replace("timeout: 1m", "timeuot: 1m"), encoding="utf-8")
    dev.says("it goes on when you save again", place)
    told = dev.said()[place:]
    assert "jobs.yaml:" in told
    assert "timeuot" in told

    manifest.write_text(known, encoding="utf-8")
    _edit(world, dev, handler, whole, "mended")
    handler.write_text(whole, encoding="utf-8")
