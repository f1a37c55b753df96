"""`python -m tests.checkov PROGRAM`: judge the Terraform of modules and roots, and what it plans.

Text and plan each show what the other hides: a plan has the values of variables, and every job.
No comment beside the code skips a check, for a plan heeds none: `reasons.py` is the one list.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import click

from tests.checkov.reasons import REASONS
from tests.checkov.verdict import complaints, failures, read
from tests.oracles.configuration import planned
from tests.oracles.rendered import REPOSITORY

_ROOMS = ("envs", "modules")
_ROOTS = ("dev", "prod")
"""Roots whose plans are judged: one that may be thrown away, and one that may not."""


def _report(program: Path, *arguments: str) -> list[Any]:
    """Return what checkov says; it is told nothing of any account and asks nobody."""
    command = [
        *(str(program), *arguments, "--output", "json", "--quiet", "--compact", "--soft-fail"),
        *("--download-external-modules", "false", "--skip-results-upload"),
    ]
    environment = {**os.environ, "CKV_IGNORE_HIDDEN_DIRECTORIES": "true", "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return read(done.stdout)


def _plan_report(program: Path, root: str) -> list[Any]:
    """Return what checkov says of a root's plan for an empty account."""
    with tempfile.TemporaryDirectory() as place:
        plan = Path(place) / f"{root}.json"
        plan.write_text(json.dumps(planned(Path(place) / "tree", root)), encoding="utf-8")
        return _report(program, "--framework", "terraform_plan", "--file", str(plan))


@click.command()
@click.argument("program", type=click.Path(exists=True, path_type=Path))
def main(program: Path) -> None:
    """Fail where a finding has no reason, or a reason no finding."""
    rooms = [text for room in _ROOMS for text in ("--directory", str(REPOSITORY / room))]
    reports = _report(program, "--framework", "terraform", *rooms)
    for root in _ROOTS:
        reports += _plan_report(program, root)
    found = list(failures(reports))
    wrong = complaints(found, REASONS)
    click.echo("\n".join(wrong) or f"{len(found)} findings, each explained")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
