"""Sides that are processes of their own: some time themselves, some are timed from outside."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.measuring import Ran

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "bench"
"""Where sides write."""

OWN = sys.executable
_PEERS = ROOT / ".venv-peers"
PEERS = str(_PEERS / "bin" / "python")
"""The interpreter of the peers' environment, once `install_peers` has run."""

_LOCK = ROOT / "tests" / "bench" / "peers.lock"
_LONGEST = 900.0
SURROUNDINGS = {"PYTHONPATH": "lambdas:.", "AWS_DEFAULT_REGION": "eu-central-1"}
"""What sides find in their environment beside what is there."""


class SideFailedError(Exception):
    """The process of a side failed; the message has the end of what it said."""


class NotHereError(Exception):
    """What a side needs is not on this machine; the message says what."""


def install_peers() -> None:
    """Make the peers' environment from its lock, unless it is that already.

    Raises:
        NotHereError: It cannot be made.
    """
    stamp, lock = _PEERS / "lock", _LOCK.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return
    uv = shutil.which("uv", path=os.pathsep.join((str(Path(OWN).parent), os.environ["PATH"])))
    if uv is None:
        message = "uv, which installs the peers, is not here: make lint installs it"
        raise NotHereError(message)
    wanted = ("--require-hashes", "--requirement", str(_LOCK))
    for command in (
        (uv, "venv", "--quiet", "--clear", "--python", OWN, str(_PEERS)),
        (uv, "pip", "install", "--quiet", "--python", PEERS, *wanted),
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            message = f"the peers cannot be installed: {done.stderr.strip()[-500:]}"
            raise NotHereError(message)
    stamp.write_text(lock, encoding="utf-8")


def script(name: str, *arguments: object, python: str = OWN) -> Callable[[], Ran]:
    """Return the turn of a module of `tests.bench.sides`, which times itself.

    Its last line is an object of `seconds`, `work` and `told`.
    """

    def turn() -> Ran:
        words = [str(each) for each in arguments]
        done = run([python, "-m", f"tests.bench.sides.{name}", *words], SURROUNDINGS)
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return Ran(said["seconds"], said["work"], said["told"])

    return turn


def whole(
    command: Callable[[], Sequence[str]], work: Callable[[], Mapping[str, object]]
) -> Callable[[], Ran]:
    """Return the turn of a process that is timed from its start to its end.

    Args:
        command: Prepares the turn and returns what is run.
        work: Looks at what was done.
    """

    def turn() -> Ran:
        words = command()
        before, began = _spent(), time.perf_counter()
        run(words, SURROUNDINGS)
        wall = time.perf_counter() - began
        return Ran(_spent() - before, work(), {"wall": round(wall, 2)})

    return turn


def _spent() -> float:
    """Return the processor time of every process that was started from here and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(
    words: Sequence[str], more: Mapping[str, str] | None = None, place: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end.

    Raises:
        SideFailedError: It failed.
    """
    done = subprocess.run(
        words, cwd=place, env={**os.environ, **(more or {})},
        capture_output=True, text=True, check=False, timeout=_LONGEST,
    )  # fmt: skip
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-2000:]
        message = f"{' '.join(words[:4])} ended with {done.returncode}: {said}"
        raise SideFailedError(message)
    return done
