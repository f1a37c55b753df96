"""Background processes: found again by other commands, ended without leftovers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envs.local.engine import processes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STUBBORN = (
    "import signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3600)'])\n"
    "print('ready', flush=True)\n"
    "time.sleep(3600)\n"
)


def _start(directory: Path, code: str) -> processes.Background:
    return processes.start(
        directory,
        "worker",
        [sys.executable, "-c", code],
        environment=dict(os.environ),
        cwd=directory.parent,
        facts={"endpoint": "http://127.0.0.1:1"},
    )


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 300
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def _group(pid: int) -> list[str]:
    """Return the living members of a process group."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pgid=,stat=,pid="],  # noqa: S607 - ps is found on the PATH
        capture_output=True,
        text=True,
        check=True,
    )
    rows = (line.split() for line in listing.stdout.splitlines())
    return [row[2] for row in rows if row[0] == str(pid) and not row[1].startswith("Z")]


def test_a_process_is_found_with_its_facts(tmp_path: Path) -> None:
    """What was started can be asked for by name until it is stopped."""
    run = tmp_path / "run"
    started = _start(run, "import time; time.sleep(3600)")

    found = processes.find(run, "worker")

    assert found == started
    assert found.facts == {"endpoint": "http://127.0.0.1:1"}
    assert processes.stop(run, "worker")
    assert processes.find(run, "worker") is None
    assert not processes.stop(run, "worker")


def test_the_whole_group_ends(tmp_path: Path) -> None:
    """A process that ignores the request to end, and its child, are both gone afterwards."""
    run = tmp_path / "run"
    started = _start(run, STUBBORN)
    _until(lambda: "ready" in (run / "worker.log").read_text())
    assert len(_group(started.pid)) == 2

    processes.stop(run, "worker")

    assert _group(started.pid) == []


def test_a_process_that_ended_by_itself_is_not_found(tmp_path: Path) -> None:
    """A description of something that is gone counts for nothing."""
    run = tmp_path / "run"
    started = _start(run, "")
    _until(lambda: not started.running())

    assert processes.find(run, "worker") is None


def test_another_process_with_the_same_id_is_left_alone(tmp_path: Path) -> None:
    """After a restart of the machine an old description must not end a stranger."""
    run = tmp_path / "run"
    stranger = _start(run, "import time; time.sleep(3600)")
    description = run / "worker.json"
    known = json.loads(description.read_text())
    description.write_text(json.dumps({**known, "birth": "long ago"}))

    assert not processes.stop(run, "worker")
    assert stranger.running()

    description.write_text(json.dumps(known))
    assert processes.stop(run, "worker")


@pytest.mark.parametrize("text", ["", "[]", '{"pid": 1}'])
def test_a_damaged_description_is_no_process(tmp_path: Path, text: str) -> None:
    """Half-written files are ignored, not stumbled over."""
    (tmp_path / "worker.json").write_text(text)

    assert processes.find(tmp_path, "worker") is None


@given(
    st.dictionaries(
        st.sampled_from(["name", "pid", "birth", "log", "facts"]),
        st.one_of(
            st.none(),
            st.integers(),
            st.text(),
            st.lists(st.text()),
            st.dictionaries(st.text(), st.text()),
        ),
    )
)
def test_a_file_that_describes_no_process_is_none(
    tmp_path_factory: pytest.TempPathFactory, left: object
) -> None:
    """Whoever wrote it, and whatever it holds."""
    directory = tmp_path_factory.mktemp("run")
    (directory / "worker.json").write_text(json.dumps(left))

    assert processes.find(directory, "worker") is None
