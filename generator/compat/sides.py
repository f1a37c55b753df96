"""The manifest before a change: from a file, or from a commit."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from generator.contracts.schema import read_payload
from generator.diagnostics import Finding, has_errors
from generator.manifest.reading import read
from generator.manifest.resolve import resolve
from generator.manifest.resolved import Manifest
from generator.manifest.source import Source


class NoSuchSideError(Exception):
    """What to compare with cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Before:
    """A manifest as it was: resolved, but not judged by today's rules."""

    manifest: Manifest


def before(root: Path, manifest: Path, against: str) -> Before:
    """Return the manifest to compare with.

    Args:
        root: The repository.
        manifest: The manifest as it is now.
        against: A file, or whatever git knows as a commit.

    Raises:
        NoSuchSideError: It is neither, or what it holds cannot be read.
    """
    file = Path(against)
    if file.is_file():
        return _read(file, against)
    commit = _commit(root, manifest, against)
    place = manifest.resolve()
    command = ["git", "-C", str(place.parent), "show", f"{commit}:./{place.name}"]
    shown = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell
    if shown.returncode:
        reason = shown.stderr.decode(errors="replace").strip().partition("\n")[0]
        message = f"{against} is neither a file nor a commit under {root}: {reason}"
        raise NoSuchSideError(message)
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory, "jobs.yaml")
        copy.write_bytes(shown.stdout)
        return _read(copy, f"{against}:{manifest.name}")


def _commit(root: Path, manifest: Path, against: str) -> str:
    """Return the hash of a commit: never an option, the index, or a path inside a commit."""
    if not against.strip():
        message = "--against is empty: name a commit, a branch or a file, such as origin/main"
        raise NoSuchSideError(message)
    # Peeled, so that `REF:path` and `:path` are none; from here on it is a hash.
    revision = f"{against}^{{commit}}"
    command = ["git", "-C", str(manifest.resolve().parent)]
    command += ["rev-parse", "--verify", "--quiet", "--end-of-options", revision]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    if found.returncode:
        message = f"{against} is neither a file nor a commit under {root}"
        raise NoSuchSideError(message)
    return found.stdout.strip()


def _read(path: Path, name: str) -> Before:
    source = Source(path)
    findings: list[Finding] = list(source.findings)
    if not has_errors(findings):
        written, findings, _ = read(source)
        if written is not None and not has_errors(findings):
            payloads = {job: read_payload(each.payload)[0] for job, each in written.jobs.items()}
            return Before(resolve(written, payloads))
    first = findings[0]
    message = f"{name} cannot be read: line {first.line}: {first.message}"
    raise NoSuchSideError(message)
