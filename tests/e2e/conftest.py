"""One world for all end-to-end tests: a copy of the tree with a job more, applied once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from envs.local.engine import emulator, processes
from envs.local.engine.install import ensure_installed
from tests.e2e import seventh, tutorial
from tests.repo.tracked import copy_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class World:
    """What the demo left running.

    Attributes:
        root: The copy of the tree.
        output: What the demo printed.
        status: Its exit status.
        rows: Its report.
    """

    root: Path
    output: str
    status: int
    rows: list[dict[str, Any]]

    @property
    def places(self) -> emulator.Places:
        """Where the copy's emulator keeps its things."""
        return emulator.Places.of(self.root)

    @property
    def site(self) -> str:
        """Address of the website."""
        found = processes.find(self.places.run, "site")
        assert found is not None, self.output
        return found.facts["address"]


def run(root: Path, *arguments: str, more: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run Python in the copy; return exit status and output."""
    environment = {**os.environ, "PYTHONPATH": "lambdas", **(more or {})}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree to a path with a space in it, add a job, and follow the guide for another."""
    root = tmp_path_factory.mktemp("a clone") / "anywhere"
    copy_tree(root)
    _lend_emulator(root)
    _add_job(root)
    tutorial.follow(root)
    return root


@pytest.fixture(scope="session")
def world(clone: Path) -> Iterator[World]:
    """Run the demo in the copy and leave it running."""
    root = clone
    report = root / "report.json"
    try:
        status, output = run(root, "-m", "envs.local.demo", "--keep", "--report", str(report))
        rows = json.loads(report.read_text()) if report.is_file() else []
        yield World(root, output, status, rows)
    finally:
        run(root, "-m", "envs.local.demo.stop")


def _lend_emulator(root: Path) -> None:
    """Lend a copy the emulator's packages, which are the same for every one."""
    venv = emulator.Places.of(REPOSITORY).venv
    ensure_installed(venv)
    (root / ".venv-emulator").symlink_to(venv, target_is_directory=True)


def _add_job(root: Path) -> None:
    manifest = root / "jobs.yaml"
    manifest.write_text(manifest.read_text() + seventh.MANIFEST)
    status, output = run(root, "-m", "generator", "generate")
    assert status == 0, output
    handler = root / "lambdas" / "handlers" / f"{seventh.NAME.replace('-', '_')}.py"
    assert "PermanentError" in handler.read_text(), "the generator writes a stub first"
    handler.write_text(seventh.HANDLER)
