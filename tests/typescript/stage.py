"""Build the npm package in `build/typescript`, where its tools are installed by their lock.

`python -m tests.typescript.stage` renews `package-lock.json` after a change of `package.json`.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "lambdas" / "typescript"
STAGE = ROOT / "build" / "typescript"
VECTORS = ROOT / "tests" / "vectors" / "key-form-1.json"
OLDEST = 20
"""Major version of Node that is needed."""

_OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
_COPIED = ("src", "test", "README.md", "package.json", "tsconfig.json", "tsconfig.build.json")


class StageError(Exception):
    """Node is missing, or a tool failed; the text is what it said."""


def build(source: Path = SOURCE, stage: Path = STAGE) -> Path:
    """Install the tools, copy the sources, compile the package; return its folder.

    Args:
        source: The package's sources; those of another tree may have other jobs.
        stage: Where it is built.

    Raises:
        StageError: Node is missing or too old, or the package does not compile.
    """
    require_node()
    install(SOURCE, STAGE)
    stage.mkdir(parents=True, exist_ok=True)
    if stage != STAGE and not (stage / "node_modules").exists():
        (stage / "node_modules").symlink_to(STAGE / "node_modules", target_is_directory=True)
    for name in (*_COPIED, "dist", "build"):
        target = stage / name
        if target.is_dir():
            shutil.rmtree(target)
        if name in _COPIED:
            (shutil.copytree if (source / name).is_dir() else shutil.copy)(source / name, target)
    tool("tsc", "--project", "tsconfig.build.json", folder=stage)
    return stage


def require_node() -> None:
    """Return if Node is on the path and new enough.

    Raises:
        StageError: It is not.
    """
    if shutil.which("node") is None or shutil.which("npm") is None:
        message = "node and npm are not on the path"
        raise StageError(message)
    found = run(ROOT, "node", "--version")
    match = re.match(r"v([0-9]+)\.", found)
    if match is None or int(match[1]) < OLDEST:
        message = f"node is {found.strip()}, and {OLDEST} or newer is needed"
        raise StageError(message)


def install(source: Path, target: Path) -> None:
    """Install what a lock names into a folder, if that was not done for this lock.

    Raises:
        StageError: npm failed.
    """
    lock = (source / "package-lock.json").read_text("utf-8")
    stamp = target / "installed"
    if stamp.exists() and stamp.read_text("utf-8") == lock:
        return
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, target)
    run(target, "npm", "ci", *_OPTIONS)
    stamp.write_text(lock, "utf-8")


def tool(name: str, *arguments: str, folder: Path = STAGE) -> str:
    """Run one of the installed tools in a folder; return what it printed.

    Raises:
        StageError: It failed.
    """
    return run(folder, str(STAGE / "node_modules" / ".bin" / name), *arguments)


def run(
    folder: Path, *command: str, text: str | None = None, more: dict[str, str] | None = None
) -> str:
    """Run a command in a folder; return what it printed.

    Raises:
        StageError: It failed.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **(more or {})},
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )
    if done.returncode != 0:
        raise StageError(done.stdout[-4000:] + done.stderr[-4000:])
    return done.stdout


def renew_lock(folder: Path) -> None:
    """Resolve `package.json` anew; the lock keeps names, versions and hashes, and no addresses."""
    run(
        folder,
        *("npm", "install", "--package-lock-only", "--omit-lockfile-registry-resolved"),
        *_OPTIONS,
    )
    path = folder / "package-lock.json"
    lock = json.loads(path.read_text("utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    renew_lock(SOURCE)
    renew_lock(SOURCE / "example")
