"""Zips whose bytes depend on nothing but the names and contents of their files."""

from __future__ import annotations

import hashlib
import os
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip can hold
_UNIX = 3  # the default is the building machine's system
_MODE = 0o100644  # a regular file that everybody may read; the umask has no say


def write_zip(path: Path, files: Mapping[str, Path | bytes]) -> str:
    """Write `files` to `path` and return the zip's SHA-256.

    Files are stored, not deflated: compressors differ between zlib builds, and the same sources
    must give the same bytes on every machine. Lambda limits what is unpacked, not the zip in S3.

    Args:
        path: Where the zip goes.
        files: Name in the zip -> file on disk, or content.

    Raises:
        OSError: A file cannot be read or the zip cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(unfinished, "w") as archive:
            for inside, content in sorted(contents_of(files).items()):
                archive.writestr(_entry(inside), content)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return sha256_of(path)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def unpacked_size(path: Path) -> int:
    """Return how many bytes a zip's files take once unpacked."""
    with zipfile.ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def read_zip(path: Path) -> dict[str, bytes]:
    """Return the files of a zip: name -> content."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def names_in(path: Path) -> list[str]:
    """Return the names of a zip's files."""
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def contents_of(files: Mapping[str, Path | bytes]) -> dict[str, bytes]:
    """Return what a zip of some files would hold: name -> content."""
    return {
        name: content if isinstance(content, bytes) else content.read_bytes()
        for name, content in files.items()
    }


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
    entry.create_system = _UNIX
    entry.external_attr = _MODE << 16
    entry.compress_type = zipfile.ZIP_STORED
    return entry
