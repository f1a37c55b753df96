"""Which processes belong to a copy of the tree."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def processes_of(root: Path) -> list[str]:
    """Return the processes, this one's apart, whose command names the copy or that run in it."""
    listing = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,stat=,command="],  # noqa: S607 - ps is found on the PATH
        capture_output=True,
        text=True,
        check=True,
    )
    rows = (line.split(maxsplit=2) for line in listing.stdout.splitlines())
    living = [row for row in rows if len(row) == 3 and not row[1].startswith("Z")]
    return [
        row[2] for row in living if row[0] != str(os.getpid()) and _belongs(row[0], row[2], root)
    ]


def _belongs(pid: str, command: str, root: Path) -> bool:
    if str(root) in command:
        return True
    try:
        return str(root) in str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return False
