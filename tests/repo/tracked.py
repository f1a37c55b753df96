"""The files of the project, as git tracks them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> Iterator[Path]:
    """Yield the tracked files that match any of git's path patterns, by name.

    A copy of the tree without its history has no list of tracked files; there every file counts
    that is not in a hidden or built folder.
    """
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns],  # noqa: S607 - git is found on the PATH
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    names = listing.stdout.split("\0") if listing.returncode == 0 else []
    yield from (ROOT / name for name in sorted(names) if name and (ROOT / name).is_file())
