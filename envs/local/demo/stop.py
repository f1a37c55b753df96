"""`python -m envs.local.demo.stop`: end what a demo left running."""

from __future__ import annotations

from pathlib import Path

import click

from envs.local.demo.stack import take_down

if __name__ == "__main__":
    click.echo("stopped" if take_down(Path.cwd()) else "nothing was running")
