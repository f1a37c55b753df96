"""`python -m tests.checkov PROGRAM`: judge the Terraform of modules and roots.

No comment beside the code skips a check: `reasons.py` is the one list.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import click

from tests.checkov.reasons import REASONS
from tests.checkov.verdict import complaints, failures, read
from tests.oracles.rendered import REPOSITORY

_ROOMS = ("envs", "modules")


def _report(program: Path, *arguments: str) -> list[Any]:
    """Return what checkov says; it is told nothing of any account and asks nobody."""
    command = [
        *(str(program), *arguments, "--output", "json", "--quiet", "--compact", "--soft-fail"),
        *("--download-external-modules", "false", "--skip-results-upload"),
    ]
    environment = {**os.environ, "CKV_IGNORE_HIDDEN_DIRECTORIES": "true", "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return read(done.stdout)


@click.command()
@click.argument("program", type=click.Path(exists=True, path_type=Path))
def main(program: Path) -> None:
    """Fail where a finding has no reason, or a reason no finding."""
    rooms = [text for room in _ROOMS for text in ("--directory", str(REPOSITORY / room))]
    found = list(failures(_report(program, "--framework", "terraform", *rooms)))
    wrong = complaints(found, REASONS)
    click.echo("\n".join(wrong) or f"{len(found)} findings, each explained")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
