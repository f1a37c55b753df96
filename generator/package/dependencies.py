"""Packages of one job alone: `lambdas/handlers/<job>.lock`, put into that job's zip.

A package that the layer pins too comes from the layer, and only if both pin the same version:
else one of them would be what the tests ran with, and the other what Lambda runs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.package.errors import PackageError

if TYPE_CHECKING:
    from pathlib import Path

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def own_lock(handler: Path, layer_lock: Path) -> str:
    """Return the pins that a job has beyond the layer's, as a lock; empty if there are none.

    Args:
        handler: Path of the handler's module; its requirements lie beside it.
        layer_lock: The layer's lock.

    Raises:
        PackageError: The job's requirements have no lock, or a version differs from the layer's.
    """
    wanted, lock = handler.with_suffix(".in"), handler.with_suffix(".lock")
    if not lock.is_file():
        if wanted.is_file():
            message = f"`{wanted.name}` has no `{lock.name}` beside it"
            raise PackageError(message, hint="run `make lock`, and commit both")
        return ""
    shared = dict(_PINNED.findall(layer_lock.read_text(encoding="utf-8")))
    kept = []
    for block in _blocks(lock.read_text(encoding="utf-8")):
        name, version = _PINNED.findall(block)[0]
        if name not in shared:
            kept.append(block)
        elif shared[name] != version:
            message = f"`{lock.name}` pins {name} {version}, the layer {shared[name]}"
            raise PackageError(message, hint="run `make lock`, and commit both")
    return "".join(kept)


def _blocks(text: str) -> list[str]:
    """Return each requirement with the lines that continue it."""
    blocks: list[str] = []
    for line in text.splitlines(keepends=True):
        if _PINNED.match(line):
            blocks.append(line)
        elif blocks and line[:1].isspace():
            blocks[-1] += line
    return blocks
