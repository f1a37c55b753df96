"""Background processes that outlive a command, and end without leaving anything behind.

Each runs in a process group of its own, described by a small file, so that another command can
end it together with all that it started.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GRACE = 5.0  # seconds between asking a group to end and killing it
_LAST = 120.0  # seconds within which a killed group is gone, however busy the machine
_PROC = Path("/proc")

# Children of this very process must be waited for, or they stay as zombies.
_children: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Background:
    """A process started here or by an earlier command.

    Attributes:
        name: What it is called in messages and file names.
        pid: Its process id, and the id of its group.
        birth: When it started; tells it from a later process with the same id.
        log: Where its output goes.
        facts: What others need to know of it, such as its address.
    """

    name: str
    pid: int
    birth: str
    log: str
    facts: Mapping[str, str]

    def running(self) -> bool:
        """Whether this very process still runs."""
        if child := _children.get(self.pid):
            child.poll()  # one that has ended is a zombie until it is asked
        return _birth(self.pid) == self.birth != ""


def start(  # noqa: PLR0913 - each is one plain fact of the process to start
    directory: Path,
    name: str,
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    cwd: Path,
    facts: Mapping[str, str],
) -> Background:
    """Start a command in the background; its description goes to `directory/<name>.json`.

    Raises:
        OSError: The command cannot be started.
    """
    directory.mkdir(parents=True, exist_ok=True)
    log = directory / f"{name}.log"
    with log.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603 - our own commands only
            command,
            env=environment,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _children[child.pid] = child
    started = Background(name, child.pid, _birth(child.pid), str(log), dict(facts))
    text = json.dumps(asdict(started), indent=2)
    (directory / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    return started


def find(directory: Path, name: str) -> Background | None:
    """Return the running process of that name, or None; also where its file is no such thing."""
    try:
        found = json.loads((directory / f"{name}.json").read_text(encoding="utf-8"))
        known = Background(**found)
        texts = (known.name, known.birth, known.log, *known.facts.values())
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    whole = type(known.pid) is int and all(isinstance(text, str) for text in texts)
    return known if whole and known.running() else None


def wait(process: Background) -> int:
    """Wait for a process that this very one started; return its exit status.

    Raises:
        ChildProcessError: It was started by another process.
    """
    child = _children.get(process.pid)
    if child is None:
        message = f"{process.name} is no child of this process"
        raise ChildProcessError(message)
    return child.wait()


def stop(directory: Path, name: str, *, grace: float = _GRACE) -> bool:
    """End a process with all it started; return whether there was one.

    The group is asked to end, then after `grace` seconds killed; this returns when no member of it
    is left.
    """
    process = find(directory, name)
    if process is not None:
        _signal_group(process.pid, signal.SIGTERM)
        if not _wait_for_end(process.pid, grace):
            _signal_group(process.pid, signal.SIGKILL)
            _wait_for_end(process.pid, _LAST)
        if child := _children.pop(process.pid, None):
            child.wait()
    (directory / f"{name}.json").unlink(missing_ok=True)
    return process is not None


def _signal_group(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)


def _wait_for_end(group: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if child := _children.get(group):
            child.poll()
        if not _group_lives(group):
            return True
        time.sleep(0.05)
    return False


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS, for a group of zombies
        return False
    if not _PROC.is_dir():
        return True
    # A zombie whose parent is gone waits for init; where init does not care, it stays for good.
    members = (_stat(path) for path in _PROC.glob("[0-9]*/stat"))
    return any(fields and fields[2] == str(group) and fields[0] != "Z" for fields in members)


def _birth(pid: int) -> str:
    """Return what tells a process from a later one with its id; "" if there is no such process."""
    if _PROC.is_dir():
        fields = _stat(_PROC / str(pid) / "stat")
        return fields[19] if fields and fields[0] != "Z" else ""
    shown = subprocess.run(  # noqa: S603 - a fixed system command
        ["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()


def _stat(path: Path) -> list[str]:
    """Return the fields after the command's name: state, parent, group, ... (see proc(5))."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
