"""What was published before: the contracts in a folder, and what follows from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.manifest.resolved import Job, Manifest
from generator.ownership import State as Ownership
from generator.ownership import state
from generator.published.versions import (
    State,
    UnreadableError,
    Version,
    covers,
    distinct,
    read_version,
)
from generator.render.contract import FOLDER, Published, Schema


@dataclass(frozen=True, slots=True)
class History:
    """The published versions of every job, from one folder or commit.

    Attributes:
        versions: By job and number.
        faults: Why a file cannot be read, by job and number.
    """

    versions: Mapping[str, Mapping[int, Version]] = field(default_factory=dict)
    faults: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def of(self, job: str) -> Mapping[int, Version]:
        """Return the versions of a job by number, in ascending order."""
        return self.versions.get(job, {})


NO_HISTORY = History()


def history_of(files: Iterable[tuple[str, str, bytes]]) -> History:
    """Return what was published, from files: of each its job, its name and its content."""
    versions: dict[str, dict[int, Version]] = {}
    faults: dict[str, dict[int, str]] = {}
    for job, name, content in files:
        stem, dot, ending = name.partition(".")
        if (dot, ending) != (".", "json") or not stem.isdecimal() or str(int(stem)) != stem:
            continue
        number = int(stem)
        try:
            intact = state(content) is Ownership.INTACT
            version = read_version(number, content.decode(), intact=intact)
        except UnicodeDecodeError:
            faults.setdefault(job, {})[number] = "is no text"
        except UnreadableError as error:
            faults.setdefault(job, {})[number] = str(error)
        else:
            versions.setdefault(job, {})[number] = version
    ordered = {job: dict(sorted(found.items())) for job, found in versions.items()}
    return History(ordered, faults)


def on_disk(root: Path, manifest: Manifest) -> History:
    """Return what lies under `root` of the manifest's jobs.

    Raises:
        OSError: A file cannot be read.
    """
    return history_of(
        (job.name, name, file.read_bytes())
        for job in manifest.jobs
        for name, file in _files(root, job).items()
    )


def _files(root: Path, job: Job) -> dict[str, Path]:
    """Return a job's files; where there is none, that of its latest former name stands for it."""
    names = (*(name for name, _ in job.renamed_from), job.name)
    folders = (root / FOLDER / name for name in names)
    return {file.name: file for folder in folders for file in sorted(folder.glob("*.json"))}


def published(root: Path, manifest: Manifest) -> Published:
    """Return what the plan keeps of the contracts under `root`.

    Raises:
        OSError: A file cannot be read.
    """
    known = on_disk(root, manifest)
    texts: dict[str, dict[int, str]] = {}
    earlier: dict[str, Sequence[Schema]] = {}
    for job in manifest.jobs:
        for number, version in known.of(job.name).items():
            if number < job.contract and version.intact:
                texts.setdefault(job.name, {})[number] = version.text
            elif number == job.contract:
                earlier[job.name] = _kept(version, job)
    return Published(texts, earlier)


def as_version(job: Job, version: Version) -> Job:
    """Return a job as it was when a version of its contract was the current one."""
    last = version.states[-1]
    return replace(
        job,
        contract=version.number,
        payload=last.payload,
        key=version.key,
        schema=last.schema,
    )


def states_of(*versions: Version | None) -> tuple[State, ...]:
    """Return everything that versions of one number ever accepted, oldest first."""
    return distinct(s for version in versions if version is not None for s in version.states)


def _kept(version: Version, job: Job) -> tuple[Schema, ...]:
    """Return the schemas that the job's current version does not stand for."""
    # What was changed by hand was not published; what it kept from before was.
    states = version.states if version.intact else version.states[:-1]
    lost = [state.schema for state in states if not covers(job.payload, state.payload)]
    return tuple({w: v for w, v in schema.items() if w != "$schema"} for schema in lost)
