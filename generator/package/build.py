"""Package every job: find the entry points, zip their closures, build the layer, name the keys."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.package import archive
from generator.package.bytecode import with_byte_code
from generator.package.contents import Packer, left_out
from generator.package.errors import PackageError
from generator.package.layer import Layer, build_layer
from generator.package.remembered import inputs_of, recall, remember
from generator.package.trimmed_layer import trimmed_layer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.package.targets import Target

_ENTRY_POINTS = "generated.entrypoints"
UNPACKED_LIMIT = 250 * 1024 * 1024  # Lambda's, for a function together with its layers


@dataclass(frozen=True)
class Build:
    """What was packaged.

    Attributes:
        directory: `build/<target>`.
        functions: Job name -> SHA-256 of its zip.
        changed: Names of the jobs whose zip differs from the one that was there.
        sizes: Job name -> bytes of its zip, unpacked.
        left_out: Data files beside a packaged module that no packaged module opens.
        layer: The dependency layer.
        variables: The file Terraform reads the keys from.
    """

    directory: Path
    functions: Mapping[str, str]
    changed: tuple[str, ...]
    sizes: Mapping[str, int]
    left_out: tuple[Path, ...]
    layer: Layer
    variables: Path


def build(root: Path, target: Target, directory: Path) -> Build:
    """Package all jobs of a tree into `directory`, unless they are there as they would be made.

    Args:
        root: The repository: `lambdas/` is read.
        target: Where the packages shall run.
        directory: Where they go; zips of jobs that are gone are removed from it.

    Raises:
        PackageError: There is nothing to package, or something cannot be packaged.
    """
    sources = root / "lambdas"
    inputs = inputs_of(sources, target)
    if known := recall(directory, inputs):
        return _built(directory, *known, changed=())
    modules = _entry_points(sources)
    dependencies = directory / "dependencies"
    whole = build_layer(sources / "layer.lock", directory / "installed" / "layer.zip", target)
    contents = Packer(sources, whole, target, dependencies).pack(modules)
    files = [archive.contents_of(content.files) for content in contents.values()]
    layer = trimmed_layer(whole, directory / "layer.zip", files, target)
    jobs = dict(zip(contents, with_byte_code(files, target), strict=True))

    zips = directory / "functions"
    before = {path.stem: archive.sha256_of(path) for path in zips.glob("*.zip")}
    functions = {job: archive.write_zip(zips / f"{job}.zip", files) for job, files in jobs.items()}
    for job in before.keys() - functions.keys():
        (zips / f"{job}.zip").unlink()
    changed = tuple(job for job, sha256 in functions.items() if before.get(job) != sha256)
    done = _built(directory, functions, layer, left_out(contents.values()), changed=changed)
    remember(directory, inputs, functions, layer, done.left_out)
    return done


def _built(
    directory: Path,
    functions: dict[str, str],
    layer: Layer,
    left: tuple[Path, ...],
    *,
    changed: tuple[str, ...],
) -> Build:
    """Return a build whose zips are there, its keys written."""
    return Build(
        directory=directory,
        functions=functions,
        changed=changed,
        sizes=_sizes(directory / "functions", functions, layer),
        left_out=left,
        layer=layer,
        variables=_write_keys(directory, functions, layer),
    )


def _entry_points(sources: Path) -> dict[str, str]:
    """Return job name -> module of its entry point, sorted by name."""
    directory = sources.joinpath(*_ENTRY_POINTS.split("."))
    stems = sorted(path.stem for path in directory.glob("*.py") if path.stem != "__init__")
    if not stems:
        message = f"there are no entry points in `{directory.relative_to(sources.parent)}`"
        raise PackageError(message, hint="run `make generate`")
    return {stem.replace("_", "-"): f"{_ENTRY_POINTS}.{stem}" for stem in stems}


def _sizes(zips: Path, functions: Mapping[str, str], layer: Layer) -> Mapping[str, int]:
    sizes = {job: archive.unpacked_size(zips / f"{job}.zip") for job in functions}
    for job, size in sizes.items():
        if size + layer.unpacked > UNPACKED_LIMIT:
            message = (
                f"`{job}` and its layer take {(size + layer.unpacked) / 2**20:.0f} MB unpacked; "
                f"Lambda allows {UNPACKED_LIMIT / 2**20:.0f} MB"
            )
            raise PackageError(message, hint="drop a dependency: docs/dependencies.md")
    return sizes


def _write_keys(directory: Path, functions: Mapping[str, str], layer: Layer) -> Path:
    """Write the S3 keys: a key holds its content's hash, so an upload never replaces anything.

    Lambda tells a function's hash in base64, which Terraform compares with the one written here.
    """
    zips = {
        job: {
            "key": f"functions/{job}/{sha256}.zip",
            "sha256": base64.b64encode(bytes.fromhex(sha256)).decode(),
        }
        for job, sha256 in functions.items()
    }
    document = {"artifacts": {"layer": f"layers/{layer.sha256}.zip", "functions": zips}}
    path = directory / "artifacts.auto.tfvars.json"
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return path
