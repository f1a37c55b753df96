"""Putting a plan on disk: each file whole or not at all, and only those that differ."""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.drift import Drift, compare
from generator.render.plan import Plan


@dataclass(frozen=True, slots=True)
class Written:
    """What was done, as sorted paths.

    Attributes:
        created: Files that were not there.
        changed: Files that were out of date.
        overwritten: Files whose hand edits are gone.
        deleted: Files that no job needs any more.
        kept: Files in the machine's places that a person must look at.
        homeless: Handlers with a person's code and no job.
    """

    created: tuple[str, ...]
    changed: tuple[str, ...]
    overwritten: tuple[str, ...]
    deleted: tuple[str, ...]
    kept: tuple[str, ...]
    homeless: tuple[str, ...]


def write(root: Path, plan: Plan) -> Written:
    """Make the files under `root` what the plan says.

    Raises:
        OSError: A file cannot be read, written or deleted.
    """
    drift = compare(root, plan)
    texts = {**plan.stubs, **plan.machine}
    for path in (*drift.missing, *drift.stale, *drift.edited):
        _write_whole(root / path, texts[path])
    for path in drift.orphans:
        _delete(root, path)
    return _summary(drift)


def _summary(drift: Drift) -> Written:
    return Written(
        created=tuple(drift.missing),
        changed=tuple(drift.stale),
        overwritten=tuple(drift.edited),
        deleted=tuple(drift.orphans),
        kept=tuple(drift.foreign),
        homeless=tuple(drift.homeless),
    )


def _write_whole(path: Path, text: str) -> None:
    """Write beside the target and rename, so that nobody ever reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
        # mkstemp makes files private; a generated file is as readable as any other.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise


def _delete(root: Path, path: str) -> None:
    """Delete a file, and its directory if that leaves it empty."""
    (root / path).unlink()
    with suppress(OSError):
        (root / path).parent.rmdir()
