"""What `check` found in order is remembered: the same tree, asked again, is not worked out again.

A tree is the same if everything is that the answer follows from: the manifest, what lies in the
places that are looked at, this generator and its libraries, and the hour, since a rule may ask for
the time. Only trees in which nothing at all is to be said are remembered, and never one in which
the minute counts. Whatever cannot be read, or is not as expected, is not the same.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.manifest.resolved import Manifest

PLACE = Path(".local", "in-order")
"""Where the hash of the last tree that was in order is kept, from the repository's root."""

PLACES = (".github", "docs", "envs", "generator", "lambdas", "modules")
"""Where `check` looks, beside the manifest."""

_UNSEEN = frozenset({".terraform", ".venv", ".local", "__pycache__"})
"""Folders that nothing looks into, and that no job or environment can be called like."""

IN_ORDER = "Every generated file is what jobs.yaml says.\n"
"""What `check` says of such a tree."""

_ZONES = "/usr/share/zoneinfo"
_HOUR = 3600


class _OddError(Exception):
    """Something stands there that a hash of contents says too little about: a link, a device."""


def is_remembered(root: Path, tree: str) -> bool:
    """Say whether a tree, by its hash, is the one that was found in order last."""
    with suppress(OSError, UnicodeDecodeError):
        return bool(tree) and (root / PLACE).read_text(encoding="ascii") == tree
    return False


def remember(root: Path, tree: str) -> None:
    """Keep the hash of a tree that is in order; a disk that refuses is no error."""
    if tree:
        with suppress(OSError):
            (root / PLACE).parent.mkdir(exist_ok=True)
            (root / PLACE).write_text(tree, encoding="ascii")


def lasts(manifest: "Manifest") -> bool:
    """Say whether an answer holds for the hour: no pause ends, no schedule has a year or moment."""
    return not any(worker.until for worker in manifest.every_worker) and not any(
        "at" in schedule.triggers or schedule.triggers.get("cron", "*").split()[-1] != "*"
        for worker in manifest.every_worker
        for schedule in worker.schedules
    )


def hash_of(manifest: Path, root: Path) -> str:
    """Return a hash of everything that the answer follows from; empty if there is no knowing."""
    digest = hashlib.sha256()
    try:
        for part in (*_tool(), manifest.read_bytes(), *_tree(root)):
            digest.update(b"%d:" % len(part))
            digest.update(part)
    except (OSError, _OddError):
        return ""
    return digest.hexdigest()


def _tool() -> Iterator[bytes]:
    """Yield what this generator is, what it runs on, and when."""
    yield sys.version.encode()
    for folder in sys.path:
        if os.path.isdir(folder):  # noqa: PTH112 - pathlib takes longer than all of the reading
            names = sorted(os.listdir(folder))  # noqa: PTH208 - likewise
            yield "\n".join(n for n in names if n.endswith((".dist-info", ".pth"))).encode()
    yield from _contents(Path(__file__).parent)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    yield (epoch if epoch.isdecimal() else f"hour {time.time() // _HOUR}").encode()
    yield os.environ.get("PYTHONTZPATH", "").encode()
    with suppress(FileNotFoundError):
        yield str(os.stat(_ZONES).st_mtime_ns).encode()  # noqa: PTH116 - likewise


def _tree(root: Path) -> Iterator[bytes]:
    for place in PLACES:
        yield place.encode()
        folder = root / place
        if any(path.is_symlink() for path in (folder, folder.parent) if path != root):
            raise _OddError
        if folder.exists():
            yield from _contents(folder)


def _contents(folder: Path | str) -> Iterator[bytes]:
    """Yield the names and contents of everything in a folder, in order."""
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _UNSEEN:
                yield os.fsencode(entry.path)
                yield from _contents(entry.path)
        elif entry.is_file(follow_symlinks=False):
            yield os.fsencode(entry.path)
            with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - likewise
                yield file.read()
        else:
            raise _OddError
