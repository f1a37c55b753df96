"""`make dev`, `clarivum dev`: the loop itself."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NoReturn

import click
import watchfiles
from rich.console import Console

from envs.deploy.provider import ProviderNotFoundError
from envs.deploy.terraform import TerraformError
from envs.local.demo.progress import Progress
from envs.local.demo.stack import RepeatedCreationError, StackError, take_down
from envs.local.engine.clients import stay_on_this_machine
from envs.local.engine.emulator import EmulatorError
from envs.local.engine.install import InstallError
from envs.local.loop.edits import WATCHED, asked
from envs.local.loop.follow import follow
from envs.local.loop.loop import Loop
from envs.local.loop.start import Running, end, start
from generator.package.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOLD = (
    EmulatorError,
    InstallError,
    ProviderNotFoundError,
    StackError,
    TerraformError,
)
_DEBOUNCE = 150  # milliseconds in which an editor has written all that one save writes
_STEP = 50


@click.command()
@click.option("--fresh", is_flag=True, help="Begin from nothing, whatever was kept.")
@click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), hidden=True
)
def dev(root: Path, *, fresh: bool) -> None:
    r"""Run everything on this machine, follow every saved edit, and print what workers say.

    A saved handler runs within seconds; a saved jobs.yaml is validated, generated and, where
    resources change, applied. Ctrl-C ends all of it and keeps the state for the next time.

    \b
    Examples:
      clarivum dev
      clarivum dev --fresh

    Exit status: 0 ended by Ctrl-C, 2 it could not start.
    """
    root = root.resolve()
    # Also where a shell has started this with Ctrl-C ignored.
    signal.signal(signal.SIGINT, _terminated)
    signal.signal(signal.SIGTERM, _terminated)
    stay_on_this_machine(os.environ)
    progress = Progress(Console(soft_wrap=True))
    try:
        if fresh:
            take_down(root)
        _run(root, progress)
    except KeyboardInterrupt:
        progress.say("ended; the state is kept")
    except PackageError as error:
        _stop(error.render(root))
    except _TOLD as error:
        _stop(str(error))
    finally:
        end(root)


def _run(root: Path, progress: Progress) -> None:
    running = _started(root, progress)
    loop, ended = Loop(running, progress), threading.Event()
    progress.say(f"ready after {progress.elapsed():.0f} s; the site is {running.site}")
    progress.say("try: clarivum send cache-warming --section home   Ctrl-C ends")
    follow(root, progress.tell, ended)
    try:
        for paths in _saved(root):
            loop.turn(asked(paths))
    finally:
        ended.set()


def _started(root: Path, progress: Progress) -> Running:
    try:
        return start(root, progress)
    except RepeatedCreationError:
        progress.say("the emulator lost an answer to Terraform; once more from nothing")
        take_down(root)
        return start(root, progress)


def _saved(root: Path) -> Iterator[list[PurePath]]:
    """Yield what was saved, below the repository, each time an editor has finished."""
    places = [root / name for name in WATCHED]
    for changes in watchfiles.watch(
        *places, debounce=_DEBOUNCE, step=_STEP, watch_filter=None, raise_interrupt=True
    ):
        yield [PurePath(path).relative_to(root) for _, path in changes]


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


def _terminated(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
