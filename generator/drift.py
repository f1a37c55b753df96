"""The comparison: the plan against the disk, and what else lies in the machine's places.

A file that should not be there is deleted only if it is provably the machine's own work:
its header's hash still fits its body, or it is a handler's first text, byte for byte.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.ownership import HEADER_BYTES, State, state
from generator.render.contract import FOLDER as CONTRACTS
from generator.render.plan import Plan
from generator.render.sources import PATH as SOURCES
from generator.render.worker_code import UPCASTERS, handler_stub, upcaster_stub

ROOTS = ("envs", "lambdas", "docs/api", "docs/diagrams", "generator/schema")
"""Where machine files can be; nothing else is ever looked at."""

HANDLERS = PurePosixPath("lambdas/handlers")
_GENERATED = PurePosixPath("lambdas/generated")

UNFINISHED = ".clarivum-part"
"""Ends the name of a file that is being written; one that lies about is an interrupted run's."""

_SKIPPED = frozenset({".terraform", ".venv", ".local", "__pycache__", "build", "node_modules"})
_HANDLE = re.compile(rb"^(?:async )?def handle\(", re.MULTILINE)
_FROM = re.compile(rb"^def from_([0-9]{1,9})\(", re.MULTILINE)


class LinkedFolderError(Exception):
    """A folder on the way to a planned file is a symbolic link: who knows what lies behind it."""


@dataclass(slots=True)
class Drift:
    """Paths by what is wrong with them, each list sorted.

    Attributes:
        missing: Planned, not there.
        stale: As it was generated, from another manifest.
        outdated: As it was generated, from this manifest, by another version of the generator.
        edited: Planned, changed by hand.
        unsigned: Planned, and what is there carries no header.
        orphans: The machine's own, not planned; safe to delete.
        foreign: Not planned and not provably the machine's, in a place that is the machine's.
        homeless: Handlers with a person's code and no job; pointed out, not wrong.
        leftovers: What an interrupted run was writing.
        empty: Folders of the machine that hold nothing.
    """

    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    homeless: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Say whether anything differs; a homeless handler or an empty folder alone does not."""
        changed = (self.stale, self.outdated, self.edited, self.unsigned)
        return any((self.missing, *changed, self.orphans, self.foreign, self.leftovers))


def compare(root: Path, plan: Plan) -> Drift:
    """Return how the files under `root` differ from the plan.

    Raises:
        LinkedFolderError: A folder on the way to a planned file is a symbolic link.
        OSError: A file cannot be read.
    """
    drift = Drift()
    folders = {parent for path in (*plan.machine, *plan.stubs) for parent in _above(path)}
    _refuse_links(root, sorted(folders))
    for path, text in sorted(plan.machine.items()):
        _compare_planned(root, path, text.encode(), drift)
    unlike = (*drift.missing, *drift.stale, *drift.edited, *drift.unsigned)
    if SOURCES in plan.machine and SOURCES not in unlike:
        # What was made from this very manifest and is not what it makes now.
        drift.stale, drift.outdated = [], drift.stale
    drift.missing += [path for path in plan.stubs if not (root / path).is_file()]
    drift.missing.sort()
    for path in sorted(_unplanned(root, plan, drift)):
        # What goes while this looks is not there.
        with suppress(FileNotFoundError):
            _sort_out(root, path, plan, drift)
    unfinished = {file for folder in folders for file in (root / folder).glob(f"*{UNFINISHED}")}
    beside = {file.relative_to(root).as_posix() for file in unfinished}
    drift.leftovers = sorted(beside.union(drift.leftovers))
    drift.foreign.sort()
    return drift


def _above(path: str) -> Iterator[PurePosixPath]:
    """Yield the folders from the root to a file, the root itself apart."""
    yield from list(PurePosixPath(path).parents)[:-1]


def _refuse_links(root: Path, folders: Iterable[PurePosixPath]) -> None:
    for folder in folders:
        if (root / folder).is_symlink():
            message = f"{folder} is a symbolic link, and files are generated into real folders only"
            raise LinkedFolderError(message)


def _compare_planned(root: Path, path: str, wanted: bytes, drift: Drift) -> None:
    file = root / path
    if not file.is_file():
        drift.missing.append(path)
        return
    found = file.read_bytes()
    if found != wanted:
        by_state = {
            State.INTACT: drift.stale,
            State.EDITED: drift.edited,
            State.UNOWNED: drift.unsigned,
        }
        by_state[state(found)].append(path)


def _unplanned(root: Path, plan: Plan, drift: Drift) -> Iterator[str]:
    """Yield the other files in the machine's places, and note folders that are of interest."""
    for start in ROOTS:
        for directory, subdirectories, files in os.walk(root / start):
            place = PurePosixPath(Path(directory).relative_to(root).as_posix())
            subdirectories[:] = sorted(set(subdirectories) - _SKIPPED)
            for name in subdirectories:
                if (root / place / name).is_symlink() and _holds_ours(root, place / name):
                    drift.foreign.append(str(place / name))
            if not (files or subdirectories) and _is_ours(place):
                drift.empty.append(str(place))
            for name in files:
                path = str(place / name)
                if path not in plan.machine and path not in plan.stubs:
                    yield path


def _holds_ours(root: Path, link: PurePosixPath) -> bool:
    """Say whether a linked folder, which is never entered, stands where the machine writes."""
    return link.is_relative_to(_GENERATED) or (root / link / "jobs.gen.tf").exists()


def _is_ours(folder: PurePosixPath) -> bool:
    """Say whether a folder is made for one job or one environment."""
    return folder.parent in (PurePosixPath("envs"), PurePosixPath(CONTRACTS))


def _sort_out(root: Path, path: str, plan: Plan, drift: Drift) -> None:
    file = root / path
    place = PurePosixPath(path)
    if place.name.endswith(UNFINISHED):
        drift.leftovers.append(path)
        return
    if not file.is_file():
        if _is_machine_territory(place):
            drift.foreign.append(path)
        return
    if place.parent in (HANDLERS, PurePosixPath(UPCASTERS)) and place.suffix == ".py":
        content = file.read_bytes()
        if place.parent == PurePosixPath(UPCASTERS) and str(HANDLERS / place.name) in plan.stubs:
            return
        if content == _first_text(place, content).encode():
            drift.orphans.append(path)
        elif _HANDLE.search(content) if place.parent == HANDLERS else _FROM.search(content):
            drift.homeless.append(path)
        return
    with file.open("rb") as opened:
        head = opened.read(HEADER_BYTES)
    owned = state(head) is not State.UNOWNED
    if owned and state(file.read_bytes()) is State.INTACT:
        drift.orphans.append(path)
    elif owned or _is_machine_territory(PurePosixPath(path)):
        drift.foreign.append(path)


def _first_text(place: PurePosixPath, content: bytes) -> str:
    """Return what `generate` wrote in the place of a person's file, if it wrote one there."""
    job = place.stem.rstrip("_").replace("_", "-")
    if place.parent == HANDLERS:
        return handler_stub(job)
    return upcaster_stub(job, {int(number) for number in _FROM.findall(content)})


def _is_machine_territory(path: PurePosixPath) -> bool:
    return ".gen." in path.name or (path.parts[0] == "lambdas" and "generated" in path.parts[1:-1])
