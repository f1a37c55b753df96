"""Both sides of a change: what was before it, from a file or a commit, and what is there now."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from generator.compat import git
from generator.compat.git import NoSuchSideError
from generator.compat.history import History, history_of, on_disk
from generator.contracts.schema import read_payload
from generator.diagnostics import Finding, has_errors
from generator.manifest.reading import read
from generator.manifest.resolve import resolve
from generator.manifest.resolved import Manifest
from generator.manifest.source import Source
from generator.render.contract import FOLDER


@dataclass(frozen=True, slots=True)
class Side:
    """A manifest, and what was published beside it; the one before is not judged by today's rules.

    Attributes:
        manifest: The manifest, resolved.
        history: The published contracts.
        name: As the person named it.
        forked: Paths of contracts that were published where the two sides parted; None if that is
            not known.
        commit: Whether it is a commit, from which files can be taken back.
    """

    manifest: Manifest
    history: History
    name: str = ""
    forked: frozenset[str] | None = None
    commit: bool = False


def before(root: Path, manifest: Path, against: str) -> Side:
    """Return the side to compare with.

    Args:
        root: The repository.
        manifest: The manifest as it is now.
        against: A file, or whatever git knows as a commit.

    Raises:
        NoSuchSideError: It is neither, or what it holds cannot be read.
        OSError: A published contract cannot be read.
    """
    file = Path(against)
    if file.is_file():
        found = _read(file, against)
        return Side(found, on_disk(file.parent, found), against)
    commit = git.commit(manifest.resolve().parent, against, root)
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory, "jobs.yaml")
        copy.write_bytes(git.text(commit, manifest.resolve(), f"{against} has no {manifest.name}"))
        found = _read(copy, f"{against}:{manifest.name}")
    files = git.files(root, commit, FOLDER)
    parts = [(path.split("/"), content) for path, content in files.items()]
    depth = FOLDER.count("/") + 3
    history = history_of((p[-2], p[-1], content) for p, content in parts if len(p) == depth)
    return Side(found, history, against, git.forked(root, commit, FOLDER), commit=True)


def _read(path: Path, name: str) -> Manifest:
    source = Source(path)
    findings: list[Finding] = list(source.findings)
    if not has_errors(findings):
        written, findings, _ = read(source)
        if written is not None and not has_errors(findings):
            payloads = {job: read_payload(each.payload)[0] for job, each in written.jobs.items()}
            return resolve(written, payloads)
    first = findings[0]
    message = f"{name} cannot be read: line {first.line}: {first.message}"
    raise NoSuchSideError(message)
