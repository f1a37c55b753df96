"""What a lock pins, as one zip, kept until the lock changes: the layer, or a job's own packages."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.package import archive
from generator.package.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.package.targets import Target

PREFIX = "python/"
"""Lambda puts this directory of a layer on the module search path."""

# Left out because their content varies from machine to machine, or because no worker reads them.
_INSTALL_RECORDS = frozenset(
    {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"}
)
_LOCKS = ".lock"  # of the directory, while uv writes there
_DEAD_DIRECTORIES = frozenset({"__pycache__", "bin", "test", "tests"})


@dataclass(frozen=True)
class Layer:
    """Packages in a zip.

    Attributes:
        path: The zip.
        prefix: What its modules lie under.
        sha256: Of its bytes, in hex.
        unpacked: Size of its files, in bytes.
        reused: Whether it was already there.
    """

    path: Path
    prefix: str
    sha256: str
    unpacked: int
    reused: bool


def build_layer(lock: Path, path: Path, target: Target, *, prefix: str = PREFIX) -> Layer:
    """Return the zip of a lock's packages, made now or found as an earlier run left it.

    Args:
        lock: Exact versions and their hashes.
        path: Where the zip goes; a receipt lies beside it.
        target: Where it shall be used.
        prefix: What its modules lie under.

    Raises:
        PackageError: uv and pip refused: a hash differs, or no wheel fits the target.
    """

    def files() -> Mapping[str, Path | bytes]:
        with tempfile.TemporaryDirectory(prefix="layer-") as scratch:
            _install(lock, Path(scratch), target)
            found = _contents(Path(scratch), prefix)
            return {inside: file.read_bytes() for inside, file in found.items()}

    return kept_zip(path, prefix, fingerprint(target, lock.read_bytes(), __file__), files)


def kept_zip(
    path: Path, prefix: str, inputs: str, files: Callable[[], Mapping[str, Path | bytes]]
) -> Layer:
    """Return a zip of packages, made now or found as an earlier run left it.

    Args:
        path: Where the zip goes; a receipt lies beside it.
        prefix: What its modules lie under.
        inputs: A hash of all that decides its content.
        files: Makes its content.
    """
    receipt = path.with_suffix(".json")
    if (known := _read_receipt(receipt, inputs)) and path.is_file():
        sha256 = archive.sha256_of(path)
        if sha256 == known:
            return Layer(path, prefix, sha256, archive.unpacked_size(path), reused=True)
    sha256 = archive.write_zip(path, files())
    text = json.dumps({"inputs": inputs, "sha256": sha256}, indent=2)
    receipt.write_text(text + "\n", encoding="utf-8")
    return Layer(path, prefix, sha256, archive.unpacked_size(path), reused=False)


def fingerprint(target: Target, given: bytes, *code: str) -> str:
    """Hash what decides a zip: the target, what it is made from, and the modules that make it."""
    digest = hashlib.sha256(target.interpreter.encode() + given)
    for source in (*code, archive.__file__):
        digest.update(Path(source).read_bytes())
    return digest.hexdigest()


def _read_receipt(receipt: Path, inputs: str) -> str:
    """Return the SHA-256 of the layer made from these inputs, or "" when there is none."""
    try:
        known = json.loads(receipt.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(known["sha256"]) if known.get("inputs") == inputs else ""


def _install(lock: Path, directory: Path, target: Target) -> None:
    exactly = ("--quiet", "--require-hashes", "--only-binary=:all:", "--target", str(directory))
    what = (*exactly, "--requirement", str(lock))
    uv = _run("uv", "pip", "install", *target.uv_arguments, *what)
    if not uv.returncode:
        return
    # pip is slower, and may have been told of a mirror that uv does not know.
    pip = _run("pip", "install", "--no-compile", *target.pip_arguments, *what)
    if pip.returncode:
        problems = [line for line in pip.stderr.splitlines() if line.startswith("ERROR")]
        detail = "\n  ".join(problems or pip.stderr.splitlines()[-5:])
        message = f"pip could not install `{lock.name}` for {target.interpreter}\n  {detail}"
        raise PackageError(message, hint="refresh the pins with `make lock`")


def _run(*module: str) -> subprocess.CompletedProcess[str]:
    # A user's `pip config` may ask for --user installs, which contradict --target.
    environment = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(  # noqa: S603 - our own interpreter, arguments from this repository
        [sys.executable, "-m", *module],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _contents(installed: Path, prefix: str) -> dict[str, Path]:
    files = (path for path in installed.rglob("*") if path.is_file())
    kept = (path.relative_to(installed) for path in files)
    return {f"{prefix}{path.as_posix()}": installed / path for path in kept if _belongs(path)}


def _belongs(path: Path) -> bool:
    in_records = path.parent.suffix == ".dist-info" and path.name in _INSTALL_RECORDS
    return (
        path.name != _LOCKS
        and not in_records
        and not _DEAD_DIRECTORIES.intersection(path.parts[:-1])
    )
