"""The files of the project, as git tracks them."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> Iterator[Path]:
    """Yield the tracked files that match any of git's path patterns (all files without one).

    Raises:
        subprocess.CalledProcessError: the tree is not a git checkout.
    """
    yield from _listed("--", *patterns)


def copy_tree(root: Path) -> None:
    """Copy what git would have if all of it were added: everything but what is ignored.

    Raises:
        subprocess.CalledProcessError: the tree is not a git checkout.
    """
    for path in _listed("--cached", "--others", "--exclude-standard"):
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def _listed(*arguments: str) -> Iterator[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", *arguments],  # noqa: S607 - git is found on the PATH
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    yield from (
        ROOT / name for name in sorted(listing.stdout.split("\0")) if (ROOT / name).is_file()
    )
