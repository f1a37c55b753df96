"""`python -m envs.local.demo`: bring everything up, send jobs, show what became of them."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console

from envs.deploy.artifacts import ArtifactError
from envs.deploy.provider import ProviderNotFoundError
from envs.deploy.terraform import TerraformError
from envs.local.demo.expectations import compare
from envs.local.demo.observe import observe
from envs.local.demo.progress import Progress
from envs.local.demo.scenario import send
from envs.local.demo.stack import StackError, bring_up, take_down
from envs.local.demo.table import show, show_how_to_look_around
from envs.local.engine.alone import BusyError, alone
from envs.local.engine.clients import stay_on_this_machine
from envs.local.engine.emulator import EmulatorError
from envs.local.engine.install import InstallError
from envs.local.engine.told import of_system
from generator.package.errors import PackageError

if TYPE_CHECKING:
    from envs.local.demo.rows import Row
    from envs.local.demo.scenario import Sent
    from envs.local.demo.stack import Stack

_SETTLE_WITHIN = 600.0  # seconds, far more than a busy machine needs
_LOG_WIDTH = 120
_TERMINATED = 143
_INTERRUPTED = 130
# What can be missing on a machine: told in words. Anything else is a fault of ours.
_TOLD = (
    ArtifactError,
    EmulatorError,
    InstallError,
    ProviderNotFoundError,
    StackError,
    TerraformError,
)


@click.command()
@click.option("--keep", is_flag=True, help="Leave everything running.")
@click.option("--report", type=click.Path(path_type=Path), help="Also write the rows as JSON.")
def main(*, keep: bool, report: Path | None) -> None:
    """Run every kind of job on this machine, for real."""
    root = Path.cwd()
    signal.signal(signal.SIGTERM, _terminated)
    stay_on_this_machine(os.environ)
    console = _console()
    try:
        with alone(root, "`make demo`"):
            _owned(root, console, keep=keep, report=report)
    except BusyError as error:
        _tell(str(error))
    except OSError as error:
        _tell(of_system(error))


def _owned(root: Path, console: Console, *, keep: bool, report: Path | None) -> None:
    left_running = False
    try:
        progress = Progress(console)
        rows, stack = _run(root, progress)
        show(console, rows)
        good = sum(not row.problems for row in rows)
        progress.say(f"{good} of {len(rows)} as expected")
        if report:
            report.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")
        if keep:
            show_how_to_look_around(console, stack)
            left_running = True
    except KeyboardInterrupt:
        click.echo("interrupted; ending what was started", err=True)
        sys.exit(_INTERRUPTED)
    except PackageError as error:
        _tell(error.render(root))
    except _TOLD as error:
        _tell(f"error[demo]: {error}")
    finally:
        if not left_running:
            take_down(root)
    sys.exit(1 if any(row.problems for row in rows) else 0)


def _run(root: Path, progress: Progress) -> tuple[list[Row], Stack]:
    stack = bring_up(root, progress)
    os.environ.update(stack.outputs["producer"]["environment"])
    with progress.step("enqueue good, duplicate, failing and invalid jobs"):
        sent = send(stack)
    with progress.step("wait for the jobs, the alarms and the schedule"):
        rows = _settle(root, stack, sent, progress)
    return rows, stack


def _settle(root: Path, stack: Stack, sent: Sent, progress: Progress) -> list[Row]:
    """Look until all is as expected and the queues are empty, or the time is up."""
    keys = json.loads((root / "build/host/artifacts.auto.tfvars.json").read_text())
    jobs = tuple(sorted(keys["artifacts"]["functions"]))
    deadline = time.monotonic() + _SETTLE_WITHIN
    told: set[tuple[str, str]] = set()
    while True:
        seen = observe(stack, jobs, sent)
        rows = compare(sent, seen)
        for row in rows:
            if not row.problems and (row.job, row.case) not in told:
                told.add((row.job, row.case))
                progress.say(f"  {row.job}, {row.case}: {row.outcome}")
        settled = seen.waiting == 0 and not any(row.problems for row in rows)
        if settled or time.monotonic() > deadline:
            return rows
        time.sleep(1)


def _console() -> Console:
    """Return the terminal, or for a log file lines that are wide enough for the table."""
    terminal = Console()
    return terminal if terminal.is_terminal else Console(width=_LOG_WIDTH)


def _tell(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


def _terminated(_signal: int, _frame: object) -> NoReturn:
    sys.exit(_TERMINATED)


if __name__ == "__main__":
    main()
