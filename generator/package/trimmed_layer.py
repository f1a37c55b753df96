"""The layer as it is shipped: what the jobs reach of the installed packages, and its byte code."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.package import archive, bytecode, compiler, reach, trim
from generator.package.layer import Layer, fingerprint, kept_zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from generator.package.targets import Target

_CODE = (__file__, bytecode.__file__, compiler.__file__, reach.__file__, trim.__file__)


def trimmed_layer(
    whole: Layer, path: Path, jobs: Iterable[Mapping[str, bytes]], target: Target
) -> Layer:
    """Return the layer that is shipped, made now or found as an earlier run left it.

    Args:
        whole: All that the lock names.
        path: Where the zip goes.
        jobs: The files of each job's zip.
        target: Where it shall be used.
    """
    names = archive.names_in(whole.path)
    use = trim.use_of(_asking(jobs, names, whole.prefix)).of(names, whole.prefix)

    def files() -> dict[str, bytes]:
        kept = trim.trimmed(archive.read_zip(whole.path), whole.prefix, use)
        return bytecode.with_byte_code([kept], target)[0]

    given = f"{whole.sha256} {bytecode.available(target)} {sorted(use.names)} {use.any_service}"
    made = kept_zip(path, whole.prefix, fingerprint(target, given.encode(), *_CODE), files)
    return Layer(made.path, made.prefix, made.sha256, made.unpacked, whole.reused and made.reused)


def _asking(
    jobs: Iterable[Mapping[str, bytes]], names: Iterable[str], prefix: str
) -> Iterator[tuple[str, bytes]]:
    """Yield package and source of each module of the jobs that may ask for something."""
    tops = {name.removeprefix(prefix).partition("/")[0].partition(".")[0] for name in names}
    words = [top.encode() for top in tops if top]
    modules = {
        (str(PurePosixPath(name).parent).replace("/", ".").strip("."), source)
        for files in jobs
        for name, source in files.items()
        if name.endswith(".py")
    }
    for package, source in sorted(modules):
        # Packages of one job are large, and most of their modules know nothing of the layer.
        own = package.partition(".")[0] in _OURS
        if own or any(word in source for word in words):
            yield package, source


_OURS = frozenset({"clarivum_jobs", "generated", "handlers"})
