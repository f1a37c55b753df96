"""Rows of what is shipped: a cold start from the unpacked zips, and what a layer weighs."""

from __future__ import annotations

import json
import shutil
import sys
import zlib
from typing import TYPE_CHECKING

from generator.package import archive
from generator.package.build import build
from generator.package.targets import host
from tests.bench.measuring import Ran, Row, Side
from tests.bench.processes import FOLDER, ROOT, SURROUNDINGS, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.package.build import Build

_JOB = "lead-enrichment"


def packaged() -> Build:
    """Build what is shipped, for this machine's Python, so that it has byte code and runs."""
    return build(ROOT, host(), FOLDER / "package")


def cold(package: Build) -> Row:
    """Return the row of a cold start, without the interpreter's own.

    By hand there is a layer of everything that the lock names; its byte code is what the first
    turn leaves behind.
    """
    folder = FOLDER / "cold"
    shutil.rmtree(folder, ignore_errors=True)
    for zipped, place in (
        (package.layer.path, folder / "ours"),
        (package.directory / "installed" / "layer.zip", folder / "by-hand"),
        (package.directory / "functions" / f"{_JOB}.zip", folder / "code"),
    ):
        for name, content in archive.read_zip(zipped).items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
    return Row(
        "cold start: imports and two clients",
        "a start",
        Side("ours", _start(folder, "ours")),
        (Side("Powertools by hand", _start(folder, "by-hand"), goal=1.15),),
    )


def weight(package: Build) -> str:
    """Return what the layer weighs, in words."""
    files = archive.read_zip(package.layer.path)
    code = sum(len(each) for name, each in files.items() if name.endswith(".pyc"))
    parts = {
        "unpacked": package.layer.unpacked,
        "of it byte code": code,
        "were it deflated": sum(len(zlib.compress(each)) for each in files.values()),
    }
    return "layer: " + ", ".join(f"{size / 2**20:.1f} MB {name}" for name, size in parts.items())


def _start(folder: Path, kind: str) -> Callable[[], Ran]:
    words = [sys.executable, "-I", "-S", str(ROOT / "tests" / "bench" / "sides" / "cold.py")]

    def turn() -> Ran:
        done = run(
            [*words, str(folder / kind / "python"), str(folder / "code"), kind], SURROUNDINGS
        )
        said = json.loads(done.stdout.splitlines()[-1])
        return Ran(said["seconds"], said["work"], said["told"])

    return turn
