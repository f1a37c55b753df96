"""The files of the project, as git tracks them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> Iterator[Path]:
    """Yield the tracked files that match any of git's path patterns (all files without one).

    Raises:
        subprocess.CalledProcessError: the tree is not a git checkout.
    """
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns],  # noqa: S607 - git is found on the PATH
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    yield from (
        ROOT / name for name in sorted(listing.stdout.split("\0")) if (ROOT / name).is_file()
    )
