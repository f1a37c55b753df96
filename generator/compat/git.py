"""What git knows: a commit by its name, and the files in it. Nothing is ever written."""

import subprocess
from collections.abc import Mapping
from pathlib import Path


class NoSuchSideError(Exception):
    """What to compare with cannot be read; the message says why."""


def commit(folder: Path, name: str, root: Path) -> str:
    """Return the hash of a commit: never an option, the index, or a path inside a commit.

    Raises:
        NoSuchSideError: It is no name of a commit.
    """
    if not name.strip():
        message = "--against is empty: name a commit, a branch or a file, such as origin/main"
        raise NoSuchSideError(message)
    # Peeled, so that `REF:path` and `:path` are none; from here on it is a hash.
    revision = f"{name}^{{commit}}"
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    if found.returncode:
        message = f"{name} is neither a file nor a commit under {root}"
        raise NoSuchSideError(message)
    return found.stdout.decode().strip()


def text(commit: str, file: Path, complaint: str) -> bytes:
    """Return what a file held in a commit.

    Raises:
        NoSuchSideError: It was not there.
    """
    shown = _git(file.parent, "show", f"{commit}:./{file.name}")
    if shown.returncode:
        message = f"{complaint}: {_reason(shown)}"
        raise NoSuchSideError(message)
    return shown.stdout


def files(root: Path, commit: str, folder: str) -> Mapping[str, bytes]:
    """Return the contents of the files in a folder of a commit, by their path from the root.

    Raises:
        NoSuchSideError: The root is not in the repository that the commit is of.
    """
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", f"{folder}/")
    if listed.returncode:
        message = f"the contracts of {commit} cannot be read under {root}: {_reason(listed)}"
        raise NoSuchSideError(message)
    entries = [
        line.split("\t", 1) for line in listed.stdout.decode(errors="replace").split("\0") if line
    ]
    blobs = [(path, head.split()[2]) for head, path in entries if head.split()[1] == "blob"]
    asked = "".join(f"{blob}\n" for _, blob in blobs).encode()
    answer = _git(root, "cat-file", "--batch", given=asked).stdout
    found = {}
    at = 0
    for path, _ in blobs:
        head, _, _ = answer[at : at + 200].partition(b"\n")
        if not head.endswith(b" missing"):
            start = at + len(head) + 1
            end = start + int(head.split()[2])
            found[path] = answer[start:end]
            at = end + 1
        else:
            message = f"{path} of {commit} is not in this clone: fetch it whole"
            raise NoSuchSideError(message)
    return found


def forked(root: Path, commit: str, folder: str) -> frozenset[str] | None:
    """Return the paths in a folder where a commit and this one parted; None if nobody knows."""
    base = _git(root, "merge-base", "HEAD", commit)
    if base.returncode:
        return None
    names = _git(root, "ls-tree", "-r", "-z", "--name-only", base.stdout.decode().strip(), "--",
                 f"{folder}/")  # fmt: skip
    return (
        frozenset(names.stdout.decode(errors="replace").split("\0"))
        if not names.returncode
        else None
    )


def _git(folder: Path, *command: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    git = ["git", "-C", str(folder), *command]
    return subprocess.run(git, input=given, capture_output=True, check=False)  # noqa: S603 - no shell


def _reason(failed: "subprocess.CompletedProcess[bytes]") -> str:
    return failed.stderr.decode(errors="replace").strip().partition("\n")[0]
