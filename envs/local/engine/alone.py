"""One command at a time owns what runs for a tree: a second one would end it under the first."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class BusyError(Exception):
    """Another command of this tree runs; the text says which, and how it ends."""


@contextmanager
def alone(root: Path, name: str) -> Iterator[None]:
    """Own what runs for a tree; the claim ends with the process, however that ends.

    Args:
        root: The tree.
        name: What people call this command.

    Raises:
        BusyError: Another one has it.
        OSError: The tree cannot be written to.
    """
    path = root / ".local" / "owner"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            held.seek(0)
            known = held.read().strip() or "another command"
            message = f"{known} runs in this tree already"
            hint = (
                "end it with Ctrl-C in its terminal; `clarivum --help` lists what works beside it"
            )
            text = f"error[busy]: {message}\n  hint: {hint}"
            raise BusyError(text) from error
        held.truncate(0)
        held.write(f"{name} (process {os.getpid()})\n")
        held.flush()
        yield
