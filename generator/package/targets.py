"""Where a package shall run, and what that asks of pip."""

from __future__ import annotations

import sys
import sysconfig
from dataclasses import dataclass

_LAMBDA_PYTHON = (3, 13)

# pip takes a wheel only if its tag is named exactly; Lambda's Amazon Linux 2023 has glibc 2.34,
# so every older tag runs there too.
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
        pip_arguments: How pip is told to choose wheels for it.
    """

    name: str
    python: tuple[int, int]
    interpreter: str
    pip_arguments: tuple[str, ...]


def host() -> Target:
    """Return the running interpreter, which is also what the local AWS runs functions with."""
    interpreter = f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}"
    return Target("host", sys.version_info[:2], interpreter, ())


def aws() -> Target:
    """Return Lambda's arm64 Python."""
    platforms = (argument for tag in _LAMBDA_PLATFORMS for argument in ("--platform", tag))
    python = ".".join(map(str, _LAMBDA_PYTHON))
    version = ("--implementation", "cp", "--python-version", python)
    return Target("aws", _LAMBDA_PYTHON, f"python{python}-arm64", (*platforms, *version))


TARGETS = {"aws": aws, "host": host}
