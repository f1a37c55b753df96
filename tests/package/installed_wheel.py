"""The wheel as a service has it: in an environment with what the wheel asks for, and no more."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LAMBDAS = Path(__file__).parents[2] / "lambdas"


@dataclass(frozen=True)
class Service:
    """Another repository, with an environment of its own.

    Attributes:
        root: Its folder.
        python: Its interpreter.
        wheel: What it has installed.
    """

    root: Path
    python: Path
    wheel: Path

    @property
    def packages(self) -> Path:
        """Where its packages are installed."""
        (found,) = (self.root / "venv" / "lib").glob("python*/site-packages")
        return found

    def run(self, code: str, more: Mapping[str, str] | None = None) -> str:
        """Return what code prints that runs in it.

        Raises:
            AssertionError: It failed; with what it said.
        """
        done = subprocess.run(
            [self.python, "-c", code],
            cwd=self.root,
            env={"PATH": os.environ["PATH"], "HOME": str(self.root), **(more or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def install(root: Path) -> Service:
    """Build the wheel from the sources alone, and install it with what it requires.

    What it requires is linked from the environment of the tests, package by package, so that
    nothing comes in that the wheel does not ask for, and nothing is downloaded.
    """
    source = root / "source"
    shutil.copytree(LAMBDAS, source, ignore=shutil.ignore_patterns("__pycache__", "build"))
    _pip("wheel", "--no-build-isolation", "--wheel-dir", root, source)
    (built,) = root.glob("*.whl")
    venv.create(root / "venv", with_pip=False)
    service = Service(root, root / "venv" / "bin" / "python", built)
    _pip("--python", service.python, "install", built)
    (described,) = service.packages.glob("clarivum_jobs-*.dist-info/METADATA")
    requires = re.findall(r"^Requires-Dist: (.*)$", described.read_text("utf-8"), re.MULTILINE)
    for name in _closed(requires):
        _link(name, service.packages)
    return service


def _pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", *arguments, "--quiet", "--no-deps", "--no-index"]
    subprocess.run(command, check=True, capture_output=True)


def _closed(requires: Iterable[str]) -> set[str]:
    """Return the names of what is required, and of what that requires; extras are nobody's."""
    found: set[str] = set()
    waiting = [Requirement(text) for text in requires]
    while waiting:
        one = waiting.pop()
        wanted = one.marker is None or one.marker.evaluate({"extra": ""})
        if wanted and one.name not in found:
            found.add(one.name)
            waiting += map(Requirement, distribution(one.name).requires or [])
    return found


def _link(name: str, packages: Path) -> None:
    installed = distribution(name)
    tops = {file.parts[0] for file in installed.files or [] if file.parts[0] not in {"..", "/"}}
    for top in tops - {"__pycache__"}:
        (packages / top).symlink_to(Path(str(installed.locate_file(top))))
