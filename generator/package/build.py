"""Package every job: find the entry points, zip their closures, build the layer, name the keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.package import archive
from generator.package.closure import import_closure
from generator.package.errors import PackageError
from generator.package.layer import Layer, build_layer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.package.targets import Target

_ENTRY_POINTS = "generated.entrypoints"
_UNPACKED_LIMIT = 250 * 1024 * 1024  # Lambda's, for a function together with its layers


@dataclass(frozen=True)
class Build:
    """What was packaged.

    Attributes:
        directory: `build/<target>`.
        functions: Job name -> SHA-256 of its zip.
        changed: Names of the jobs whose zip differs from the one that was there.
        layer: The dependency layer.
        variables: The file Terraform reads the keys from.
    """

    directory: Path
    functions: Mapping[str, str]
    changed: tuple[str, ...]
    layer: Layer
    variables: Path


def build(root: Path, target: Target, directory: Path) -> Build:
    """Package all jobs of a tree into `directory`.

    Args:
        root: The repository: `lambdas/` and `lambdas/layer.lock` are read.
        target: Where the packages shall run.
        directory: Where they go; zips of jobs that are gone are removed from it.

    Raises:
        PackageError: There is nothing to package, or something cannot be packaged.
    """
    sources = root / "lambdas"
    modules = _entry_points(sources)
    closures = {job: import_closure(sources, module) for job, module in modules.items()}
    layer = build_layer(sources / "layer.lock", directory, target)

    zips = directory / "functions"
    before = {path.stem: archive.sha256_of(path) for path in zips.glob("*.zip")}
    functions = {
        job: archive.write_zip(zips / f"{job}.zip", files) for job, files in closures.items()
    }
    for job in before.keys() - functions.keys():
        (zips / f"{job}.zip").unlink()
    _check_size(zips, functions, layer)
    changed = tuple(job for job, sha256 in functions.items() if before.get(job) != sha256)
    return Build(directory, functions, changed, layer, _write_keys(directory, functions, layer))


def _entry_points(sources: Path) -> dict[str, str]:
    """Return job name -> module of its entry point, sorted by name."""
    directory = sources.joinpath(*_ENTRY_POINTS.split("."))
    stems = sorted(path.stem for path in directory.glob("*.py") if path.stem != "__init__")
    if not stems:
        message = f"there are no entry points in `{directory.relative_to(sources.parent)}`"
        raise PackageError(message, hint="run `make generate`")
    return {stem.replace("_", "-"): f"{_ENTRY_POINTS}.{stem}" for stem in stems}


def _check_size(zips: Path, functions: Mapping[str, str], layer: Layer) -> None:
    for job in functions:
        size = archive.unpacked_size(zips / f"{job}.zip") + layer.unpacked
        if size > _UNPACKED_LIMIT:
            message = (
                f"`{job}` and its layer take {size / 2**20:.0f} MB unpacked; "
                f"Lambda allows {_UNPACKED_LIMIT / 2**20:.0f} MB"
            )
            raise PackageError(message, hint="drop a dependency from `lambdas/layer.in`")


def _write_keys(directory: Path, functions: Mapping[str, str], layer: Layer) -> Path:
    """Write the S3 keys: a key holds its content's hash, so an upload never replaces anything."""
    keys = {job: f"functions/{job}/{sha256}.zip" for job, sha256 in functions.items()}
    document = {"artifacts": {"layer": f"layers/{layer.sha256}.zip", "functions": keys}}
    path = directory / "artifacts.auto.tfvars.json"
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return path
