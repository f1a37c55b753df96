"""`python -m envs.local.engine start|stop|status|alarms`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from envs.local.engine import emulator
from envs.local.engine.alarms import Evaluator
from envs.local.engine.clients import Aws
from envs.local.engine.install import InstallError


@click.group()
def main() -> None:
    """Start, watch and stop the local AWS of this working tree."""


@main.command()
def start() -> None:
    """Start an empty local AWS on a free port."""
    try:
        click.echo(emulator.start(_places()))
    except (emulator.EmulatorError, InstallError) as error:
        click.echo(f"error[engine]: {error}", err=True)
        sys.exit(2)


@main.command()
def stop() -> None:
    """End it and all it started."""
    click.echo("stopped" if emulator.stop(_places()) else "nothing was running")


@main.command()
def status() -> None:
    """Print its address; exit 1 if none runs."""
    address = emulator.endpoint(_places())
    click.echo(address or "not running")
    sys.exit(0 if address else 1)


@main.command()
@click.argument("endpoint")
@click.option("--every", default=1.0, help="Seconds between two looks.")
def alarms(endpoint: str, every: float) -> None:
    """Evaluate the alarms on queues until ended."""
    aws = Aws(endpoint)
    evaluator = Evaluator(aws.cloudwatch, aws.sqs)
    while True:
        for name, state in evaluator.evaluate().items():
            click.echo(f"{name}: {state}")
        time.sleep(every)


def _places() -> emulator.Places:
    return emulator.Places.of(Path.cwd())


if __name__ == "__main__":
    main()
