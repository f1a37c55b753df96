"""The emulator's own virtual environment, made from its lock and from nothing else.

It is separate and minimal because functions see the emulator's packages: a dependency that is
missing from a worker's layer must not be found here.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).with_name("emulator.lock")
_EXACTLY = ("--quiet", "--require-hashes", "--requirement", str(LOCK))


class InstallError(Exception):
    """The emulator's packages could not be installed."""


def ensure_installed(venv: Path) -> Path:
    """Return the interpreter of `venv`, after making it anew if the lock or Python changed.

    Whoever asks meanwhile, from whatever process, waits.

    Raises:
        InstallError: Neither uv nor pip could install them.
    """
    with LOCK.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        return _ensured(venv)


def _ensured(venv: Path) -> Path:
    python = venv / "bin" / "python"
    receipt = venv / "installed-from"
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if python.exists() and receipt.is_file() and receipt.read_text(encoding="utf-8") == wanted:
        return python
    if venv.exists():
        shutil.rmtree(venv)
    _run(sys.executable, "-m", "venv", str(venv))
    try:
        _run(sys.executable, "-m", "uv", "pip", "install", "--python", str(python), *_EXACTLY)
    except InstallError:  # of uv: it may not know a mirror that pip was told of
        _run(str(python), "-m", "pip", "install", "--disable-pip-version-check", *_EXACTLY)
    receipt.write_text(wanted, encoding="utf-8")
    return python


def _run(*command: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter and lock
        command, capture_output=True, text=True, check=False
    )
    if done.returncode:
        detail = "\n".join((done.stderr or done.stdout).splitlines()[-5:])
        message = f"`{' '.join(command[1:4])}` failed:\n{detail}"
        raise InstallError(message)
