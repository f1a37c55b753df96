"""Byte code beside the sources, so that a cold start compiles nothing.

It is known by the hash of its source and is not checked against it (PEP 552), so that clocks and
file times have no say. It is made only where the target's Python is the one that runs here.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.package import compiler

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.package.targets import Target

# Hashes of texts decide the order of sets that are constants.
_ENVIRONMENT = {"PYTHONHASHSEED": "0"}


def available(target: Target) -> bool:
    """Whether byte code for a target can be made here."""
    at_hand = sys.version_info[:2] == target.python and sys.implementation.name == "cpython"
    return at_hand and hasattr(os, "fork")


def with_byte_code(zips: Iterable[Mapping[str, bytes]], target: Target) -> list[dict[str, bytes]]:
    """Return the files of some zips, and the byte code of those that are Python.

    Args:
        zips: Of each, name in the zip -> content; what several hold is compiled once.
        target: Where they shall run; if its Python is not at hand there is no byte code.
    """
    given = list(zips)
    if not available(target):
        return [dict(files) for files in given]
    sources = {
        (name, content)
        for files in given
        for name, content in files.items()
        if name.endswith(".py")
    }
    codes = _compiled(sorted(sources))
    return [
        files
        | {place(name): code for name in files if (code := codes.get((name, files[name]), b""))}
        for files in map(dict, given)
    ]


def place(name: str) -> str:
    """Return where the byte code of a source lies."""
    path = PurePosixPath(name)
    return str(path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pyc")


_known: dict[tuple[str, bytes], bytes] = {}
"""What was compiled before in this process: the development loop builds again and again."""


def _compiled(sources: list[tuple[str, bytes]]) -> dict[tuple[str, bytes], bytes]:
    """Return the byte code of named sources; nothing for what cannot be compiled."""
    codes = {source: _known[source] for source in sources if source in _known}
    missing = [source for source in sources if source not in codes]
    codes |= _compiled_anew(missing) if missing else {}
    _known.clear()
    _known.update(codes)
    return codes


def _compiled_anew(sources: list[tuple[str, bytes]]) -> dict[tuple[str, bytes], bytes]:
    frames = (compiler.frame(part) for name, source in sources for part in (name.encode(), source))
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-S", "-s", "-P", str(Path(compiler.__file__).resolve())],
        input=b"".join(frames),
        env=_ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    answers = io.BytesIO(done.stdout)
    return {source: compiler.read(answers) or b"" for source in sources}
