"""What git knows: a commit by its name, and the files in it. Nothing is ever written."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
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
        message = f"{name} is neither a file nor a commit under {root}{_missing(folder)}"
        raise NoSuchSideError(message)
    return found.stdout.decode().strip()


def _missing(folder: Path) -> str:
    """Return what to add where a commit may only be missing here."""
    told = _git(folder, "rev-parse", "--is-shallow-repository")
    if told.stdout.strip() != b"true":
        return ""
    return "; this clone is shallow, and `git fetch --unshallow` brings what came before"


def text(commit: str, file: Path, complaint: str) -> bytes:
    """Return what a file held in a commit.

    Raises:
        NoSuchSideError: It was not there.
    """
    shown = _git(file.parent, "show", f"{commit}:./{file.name}")
    if shown.returncode:
        missing = not _git(file.parent, "ls-tree", commit, "--", file.name).stdout
        why = "name a commit that has one" if missing else _reason(shown)
        message = f"{complaint}: {why}"
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


@dataclass(frozen=True, slots=True)
class Apart:
    """What two sides published apart from each other.

    Attributes:
        known: Whether that can be told: the history may be missing, as in a shallow clone.
        own: Paths that commits of this side added while the other did not have them.
        base: Paths that there were where the two sides parted last.
    """

    known: bool
    own: frozenset[str] = frozenset()
    base: frozenset[str] = frozenset()

    def holds(self, path: str) -> bool:
        """Whether both sides may have published a path, neither having it of the other."""
        return not self.known or path in self.own or path not in self.base


def published_apart(root: Path, commit: str, folder: str) -> Apart:
    """Tell which paths in a folder this side has of its own, and not from another commit.

    Of each commit of this side alone that adds a path, it is asked whether the two sides had the
    path where they parted. So it is known after a merge as well.
    """
    base = _git(root, "merge-base", "HEAD", commit)
    if base.returncode:
        return Apart(known=False)
    trees = {base.stdout.decode().strip(): _paths(root, base.stdout.decode().strip(), folder)}
    log = ("log", "--no-merges", "--full-history", "--diff-filter=A", "--name-only", "-z")
    range_ = ("--format=%x01%H", f"{commit}..HEAD", "--", f"{folder}/")
    added = _git(root, *log, *range_).stdout.decode(errors="replace")
    own: set[str] = set()
    for entry in added.split("\1")[1:]:
        made, *names = filter(None, (part.strip("\n") for part in entry.split("\0")))
        parted = _git(root, "merge-base", made, commit).stdout.decode().strip()
        if parted and parted not in trees:
            trees[parted] = _paths(root, parted, folder)
        own |= {name for name in names if parted and name not in trees[parted]}
    return Apart(known=True, own=frozenset(own), base=next(iter(trees.values())))


def _paths(root: Path, commit: str, folder: str) -> frozenset[str]:
    listed = _git(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", f"{folder}/")
    return frozenset(listed.stdout.decode(errors="replace").split("\0"))


def _git(folder: Path, *command: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    git = ["git", "-C", str(folder), *command]
    return subprocess.run(git, input=given, capture_output=True, check=False)  # noqa: S603 - no shell


def _reason(failed: "subprocess.CompletedProcess[bytes]") -> str:
    told = failed.stderr.decode(errors="replace").strip().partition("\n")[0]
    return told.removeprefix("fatal: ")
