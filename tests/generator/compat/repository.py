"""A repository for tests: commits, branches, and what the verbs say in it."""

import os
import shutil
import subprocess
from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import main

_WHO = {
    "GIT_AUTHOR_NAME": "t",
    "GIT_AUTHOR_EMAIL": "t@example.com",
    "GIT_COMMITTER_NAME": "t",
    "GIT_COMMITTER_EMAIL": "t@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


class Repository:
    """A folder under git, with a manifest `jobs.yaml`."""

    def __init__(self, root: Path) -> None:
        """Begin one on the branch `main`."""
        root.mkdir(exist_ok=True)
        self.root = root
        self.git("init", "-q", "-b", "main")

    def git(self, *command: str) -> str:
        """Run git and return what it prints."""
        git = ["git", "-C", str(self.root), *command]
        done = subprocess.run(
            git,
            env={**os.environ, **_WHO},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def commit(self, message: str) -> None:
        """Commit everything that is there."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def clear(self) -> None:
        """Delete everything that is there."""
        for path in self.root.iterdir():
            if path.name != ".git":
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def write(self, text: str) -> None:
        """Write the manifest."""
        (self.root / "jobs.yaml").write_text(text, encoding="utf-8")

    def run(self, verb: str, *options: str) -> Result:
        """Run a verb in it; a traceback is a failure of the test."""
        result = CliRunner().invoke(main, [verb, "--root", str(self.root), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result
