"""One command owns what runs for a tree; a second one is told, and changes nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from envs.local.engine.alone import BusyError, alone

ROOT = Path(__file__).parents[2]
OWNER = """
import sys, time
from pathlib import Path
from envs.local.engine.alone import alone
with alone(Path(sys.argv[1]), "`make dev`"):
    print("mine", flush=True)
    time.sleep(3600)
"""


def _owner(tree: Path) -> subprocess.Popen[str]:
    """Start a process that owns the tree."""
    started = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tree)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "mine\n"
    return started


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_tree_has_one_owner_until_that_ends(tmp_path: Path, end: signal.Signals) -> None:
    """Who has it is named; killed, it has nothing any more."""
    with _owner(tmp_path) as owner:
        with (
            pytest.raises(BusyError, match=rf"`make dev` \(process {owner.pid}\) runs"),
            alone(tmp_path, "another"),
        ):
            pytest.fail("two own one tree")
        os.kill(owner.pid, end)
        owner.wait()

    with alone(tmp_path, "another"):
        pass
    with alone(tmp_path, "once more"):
        pass


@pytest.mark.parametrize(
    "command", [["envs.cli", "dev"], ["envs.local.demo"], ["envs.local.demo.stop"]], ids=str
)
def test_what_would_end_it_refuses(tmp_path: Path, command: list[str]) -> None:
    """`make dev`, `make demo` and `make demo-stop`, each in words and before it does anything."""
    (tmp_path / ".local" / "run").mkdir(parents=True)
    kept = tmp_path / ".local" / "run" / "site.json"
    kept.write_text("kept")
    with _owner(tmp_path) as owner:
        done = _run(tmp_path, command)
        owner.kill()

    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("error[busy]: `make dev` (process ")
    assert "Ctrl-C" in done.stderr
    assert kept.read_text() == "kept"


@pytest.mark.parametrize(
    "command", [["envs.cli", "dev"], ["envs.local.demo"], ["envs.local.demo.stop"]], ids=str
)
def test_a_tree_that_cannot_be_written_is_told(tmp_path: Path, command: list[str]) -> None:
    """No traceback: what is in the way, and what for."""
    (tmp_path / ".local").write_text("a file where a folder should be")

    done = _run(tmp_path, command)

    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("error[system]: ")
    assert ".local" in done.stderr
    assert "Traceback" not in done.stderr


def _run(tree: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'lambdas'}"}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
