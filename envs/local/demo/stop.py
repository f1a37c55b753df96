"""`python -m envs.local.demo.stop`: end what a demo left running."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from envs.local.demo.stack import take_down
from envs.local.engine.alone import BusyError, alone
from envs.local.engine.told import of_system


def main() -> None:
    """End it, unless a command that runs owns it."""
    root = Path.cwd()
    try:
        with alone(root, "`make demo-stop`"):
            click.echo("stopped" if take_down(root) else "nothing was running")
    except BusyError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(of_system(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
