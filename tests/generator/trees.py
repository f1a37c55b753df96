"""Folders compared with folders: how golden outputs are kept."""

import os
import shutil
from pathlib import Path

REMEDY = "read the difference; if it is meant, run `make golden` and commit what it rewrites"


def files_of(root: Path) -> dict[str, str]:
    """Return every file under a folder by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def assert_tree(expected: Path, found: dict[str, str]) -> None:
    """Compare texts with the files of a folder, or make them so under UPDATE_GOLDEN=1."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        shutil.rmtree(expected, ignore_errors=True)
        for path, text in found.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_text(text, encoding="utf-8")
    kept = files_of(expected)

    assert sorted(kept) == sorted(found), REMEDY
    for path, text in found.items():
        assert kept[path] == text, f"{path}: {REMEDY}"


def assert_text(expected: Path, found: str) -> None:
    """Compare text with a file, or make it so under UPDATE_GOLDEN=1."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        expected.write_text(found, encoding="utf-8")

    assert expected.read_text(encoding="utf-8") == found, f"{expected.name}: {REMEDY}"
