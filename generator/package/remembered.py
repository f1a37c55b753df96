"""A build that is there already: what would be made of the same sources is not made again."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.package import archive
from generator.package.layer import PREFIX, Layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.package.targets import Target

_CODE = Path(__file__).parent
_RECEIPT = "build.json"


def inputs_of(sources: Path, target: Target) -> str:
    """Hash all that decides a build: every file below `lambdas/`, the target, and our own code.

    What lies elsewhere has no say: a path that leaves `lambdas/` is refused wherever it leads.
    """
    digest = hashlib.sha256(f"{target!r} {sys.version}".encode())
    for folder in (sources, _CODE):
        for path in sorted(_files(folder)):
            digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if "__pycache__" not in path.parts and path.is_file():
            yield path


def recall(directory: Path, inputs: str) -> tuple[dict[str, str], Layer, tuple[Path, ...]] | None:
    """Return zips, layer and data left out of an earlier build, if all of it is as it was made.

    Args:
        directory: Where builds go.
        inputs: What the build would be made from.
    """
    try:
        known: dict[str, Any] = json.loads((directory / _RECEIPT).read_text(encoding="utf-8"))
        functions = {str(job): str(sha256) for job, sha256 in known["functions"].items()}
        zips = {path.stem: path for path in (directory / "functions").glob("*.zip")}
        layer = directory / "layer.zip"
        whole = (
            known["inputs"] == inputs
            and {job: archive.sha256_of(path) for job, path in zips.items()} == functions
            and archive.sha256_of(layer) == known["layer"]
        )
        left_out = tuple(Path(path) for path in known["left_out"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if not whole or not functions:
        return None
    size = archive.unpacked_size(layer)
    return functions, Layer(layer, PREFIX, known["layer"], size, reused=True), left_out


def remember(
    directory: Path,
    inputs: str,
    functions: dict[str, str],
    layer: Layer,
    left_out: tuple[Path, ...],
) -> None:
    """Leave word of a build for the next one."""
    known = {
        "inputs": inputs,
        "functions": functions,
        "layer": layer.sha256,
        "left_out": [str(path) for path in left_out],
    }
    (directory / _RECEIPT).write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
