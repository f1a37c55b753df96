"""Where a package shall run, and what that asks of uv and of pip."""

from __future__ import annotations

import sys
import sysconfig
from dataclasses import dataclass

_LAMBDA_PYTHON = (3, 13)

# Lambda's Amazon Linux 2023 has glibc 2.34, so wheels for every older one run there too.
_LAMBDA_PLATFORM = "aarch64-manylinux_2_34"
# pip takes a wheel only if its tag is named exactly.
_LAMBDA_PLATFORMS = (
    "manylinux2014_aarch64",
    "manylinux_2_17_aarch64",
    "manylinux_2_28_aarch64",
    "manylinux_2_34_aarch64",
)


@dataclass(frozen=True)
class Target:
    """A place for workers to run.

    Attributes:
        name: `host` or `aws`; the directory below `build/`.
        python: Version of the Python that runs them.
        interpreter: What the layer's compiled wheels fit; part of the layer's cache key.
        uv_arguments: How uv is told to choose wheels for it.
        pip_arguments: How pip is told the same.
    """

    name: str
    python: tuple[int, int]
    interpreter: str
    uv_arguments: tuple[str, ...]
    pip_arguments: tuple[str, ...]


def host() -> Target:
    """Return the running interpreter, which is also what the local AWS runs functions with."""
    interpreter = f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}"
    return Target("host", sys.version_info[:2], interpreter, (), ())


def aws() -> Target:
    """Return Lambda's arm64 Python."""
    platforms = (argument for tag in _LAMBDA_PLATFORMS for argument in ("--platform", tag))
    python = ".".join(map(str, _LAMBDA_PYTHON))
    version = ("--python-version", python)
    return Target(
        "aws",
        _LAMBDA_PYTHON,
        f"python{python}-arm64",
        ("--python-platform", _LAMBDA_PLATFORM, *version),
        (*platforms, "--implementation", "cp", *version),
    )


TARGETS = {"aws": aws, "host": host}
