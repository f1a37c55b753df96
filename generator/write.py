"""Putting a plan on disk: each file whole or not at all, and only those that differ."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.drift import UNFINISHED, Drift, compare
from generator.render.plan import Plan

_WAITING_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Written:
    """What was done, as sorted paths.

    Attributes:
        created: Files that were not there.
        changed: Files that were out of date.
        overwritten: Files whose hand edits are gone.
        deleted: Files that no job needs any more, and what an interrupted run left.
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
    """Make the files under `root` what the plan says; the caller holds the folder alone.

    Whenever it is cut off, each file is whole, and the next run ends in the same tree.

    Raises:
        LinkedFolderError: A folder on the way to a planned file is a symbolic link.
        OSError: A file cannot be read, written or deleted.
    """
    drift = compare(root, plan)
    for path in drift.leftovers:
        (root / path).unlink()
    changed = (*drift.stale, *drift.outdated, *drift.edited, *drift.unsigned)
    for path in (*drift.missing, *changed):
        if path in plan.machine:
            _write_whole(root / path, plan.machine[path])
    _write_to_last({root / p: plan.stubs[p] for p in drift.missing if p not in plan.machine})
    for path in drift.orphans:
        (root / path).unlink()
    _delete_empty(root, drift)
    return _summary(drift)


def _summary(drift: Drift) -> Written:
    return Written(
        created=tuple(drift.missing),
        changed=tuple(sorted((*drift.stale, *drift.outdated))),
        overwritten=tuple(sorted((*drift.edited, *drift.unsigned))),
        deleted=tuple(sorted((*drift.orphans, *drift.leftovers))),
        kept=tuple(drift.foreign),
        homeless=tuple(drift.homeless),
    )


def _write_to_last(files: Mapping[Path, str]) -> None:
    """Write what no later run would write again.

    Waiting for the disk is nearly all of it, and many files wait together as long as one does.
    """
    if not files:
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only where a job is new

    with ThreadPoolExecutor(_WAITING_AT_ONCE) as writers:
        list(writers.map(lambda file: _write_whole(*file, lasting=True), files.items()))


def _write_whole(path: Path, text: str, *, lasting: bool = False) -> None:
    """Write beside the target and rename, so that nobody ever reads half a file.

    Args:
        path: The target.
        text: All of it.
        lasting: Whether it must survive a loss of power: no later run would write it again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=UNFINISHED)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            if lasting:
                file.flush()
                os.fsync(descriptor)
        # mkstemp makes files private; a generated file is as readable as any other.
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _delete_empty(root: Path, drift: Drift) -> None:
    """Delete the folders that deleted files leave empty, in an earlier run or in this one."""
    emptied = {(root / path).parent for path in drift.orphans}
    for folder in emptied | {root / path for path in drift.empty}:
        with suppress(OSError):
            folder.rmdir()
