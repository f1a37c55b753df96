"""One `generate` at a time in a folder, and no `check` in the midst of one.

The lock is on the folder itself: it leaves no file behind, and ends with its holder's process.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
"""Seconds that one run waits for another."""

_PAUSE = 0.05


class BusyError(Exception):
    """Another run has been at work in the folder for longer than anyone would wait."""


@contextmanager
def alone(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a folder against every other run; make it if it is not there.

    Raises:
        BusyError: Another run does not end.
        OSError: The folder cannot be made or opened.
    """
    root.mkdir(parents=True, exist_ok=True)
    with _held(root, patience, shared=False):
        yield


@contextmanager
def unchanged(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a folder against runs that write; others may read it, too.

    Raises:
        BusyError: A run that writes does not end.
        OSError: The folder cannot be opened.
    """
    if not root.is_dir():
        yield
        return
    with _held(root, patience, shared=True):
        yield


@contextmanager
def _held(root: Path, patience: float, *, shared: bool) -> Iterator[None]:
    if sys.platform == "win32":  # which has no lock of this kind
        yield
        return
    descriptor = os.open(root, os.O_RDONLY)
    try:
        _wait(root, descriptor, patience, shared=shared)
        yield
    finally:
        os.close(descriptor)


def _wait(root: Path, descriptor: int, patience: float, *, shared: bool) -> None:
    import fcntl  # noqa: PLC0415 - not there on Windows

    kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, kind)
        except BlockingIOError:
            if time.monotonic() > end:
                message = f"another run has been at work in {root} for {patience:g} seconds"
                raise BusyError(message) from None
            time.sleep(_PAUSE)
        except OSError:  # a file system without locks: some that are mounted from elsewhere
            return
        else:
            return
