"""Both sides of a change: what was before it, from a file or a commit, and what is there now."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.compat import git
from generator.compat.git import NoSuchSideError
from generator.contracts.schema import read_payload
from generator.diagnostics import Finding, has_errors
from generator.manifest.reading import read
from generator.manifest.resolve import resolve
from generator.manifest.resolved import Manifest
from generator.manifest.source import Source
from generator.published.history import History, history_of, on_disk
from generator.render.contract import FOLDER
from generator.render.worker_code import UPCASTERS


@dataclass(frozen=True, slots=True)
class Side:
    """A manifest, and what was published beside it; the one before is not judged by today's rules.

    Attributes:
        manifest: The manifest, resolved.
        history: The published contracts.
        upcasters: What stands in the files of the upcasters, by path.
        name: As the person named it.
        apart: Which contracts the two sides published apart from each other; none if they are no
            two commits.
        commit: Whether it is a commit, from which files can be taken back.
    """

    manifest: Manifest
    history: History
    upcasters: Mapping[str, bytes] = field(default_factory=dict)
    name: str = ""
    apart: git.Apart | None = None
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
        return replace(now(file.parent, found), name=against)
    commit = git.commit(manifest.resolve().parent, against, root)
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory, "jobs.yaml")
        copy.write_bytes(git.text(commit, manifest.resolve(), f"{against} has no {manifest.name}"))
        found = _read(copy, f"{against}:{manifest.name}")
    files = git.files(root, commit, FOLDER)
    parts = [(path.split("/"), content) for path, content in files.items()]
    depth = FOLDER.count("/") + 3
    history = history_of((p[-2], p[-1], content) for p, content in parts if len(p) == depth)
    upcasters = git.files(root, commit, UPCASTERS)
    apart = git.published_apart(root, commit, FOLDER)
    return Side(found, history, upcasters, against, apart, commit=True)


def now(root: Path, manifest: Manifest) -> Side:
    """Return what is there, under a root.

    Raises:
        OSError: A file cannot be read.
    """
    files = sorted((root / UPCASTERS).glob("*.py"))
    upcasters = {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
    return Side(manifest, on_disk(root, manifest), upcasters)


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
