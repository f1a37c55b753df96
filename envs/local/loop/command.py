"""`make dev`, `clarivum dev`: the loop itself."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NoReturn

import click
import watchfiles
from rich.console import Console

from envs.deploy.provider import ProviderNotFoundError
from envs.deploy.terraform import TerraformError
from envs.local.demo.progress import Progress
from envs.local.demo.stack import RepeatedCreationError, StackError, take_down
from envs.local.engine import emulator
from envs.local.engine.alone import BusyError, alone
from envs.local.engine.clients import stay_on_this_machine
from envs.local.engine.emulator import EmulatorError
from envs.local.engine.install import InstallError
from envs.local.engine.told import of_system
from envs.local.loop.edits import WATCHED, asked, saved_since
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
_ENDED = """\
error[emulator]: the local AWS has ended; its log: {}
  hint: start again; what it came to hold since this start is gone"""
_LOOK = 1_000  # milliseconds between two looks whether the emulator still runs


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
        with alone(root, "`make dev`"):
            _owned(root, progress, fresh=fresh)
    except BusyError as error:
        _stop(str(error))
    except OSError as error:
        _stop(of_system(error))


def _owned(root: Path, progress: Progress, *, fresh: bool) -> None:
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
    began = time.time()
    running = _started(root, progress)
    progress.say(f"ready after {progress.elapsed():.0f} s; the site is {running.site}")
    progress.say("try: clarivum send cache-warming --section home   Ctrl-C ends")
    work(running, progress, began)


def work(running: Running, progress: Progress, began: float) -> NoReturn:
    """Do what saved files ask for, until Ctrl-C.

    Args:
        running: What runs.
        progress: Where all of it is told.
        began: Since when files may have been saved, in seconds of the epoch.

    Raises:
        EmulatorError: The emulator has ended.
        KeyboardInterrupt: Somebody wants it to end.
    """
    loop, ended = Loop(running, progress), threading.Event()
    follow(running.root, progress.tell, ended)
    try:
        for paths in _saved(running.root, began):
            if not emulator.endpoint(running.places):
                raise EmulatorError(_ENDED.format(emulator.log(running.places)))
            loop.turn(asked(paths))
    finally:
        ended.set()
    raise KeyboardInterrupt


def _started(root: Path, progress: Progress) -> Running:
    try:
        return start(root, progress)
    except RepeatedCreationError:
        progress.say("the emulator lost an answer to Terraform; once more from nothing")
        take_down(root)
        return start(root, progress)


def _saved(root: Path, began: float) -> Iterator[list[PurePath]]:
    """Yield what was saved, each time an editor has finished, and nothing now and then.

    What was saved while everything came up, from `began` on, is in the first answer.
    """
    for changes in watchfiles.watch(
        *(root / name for name in WATCHED),
        debounce=_DEBOUNCE,
        step=_STEP,
        rust_timeout=_LOOK,
        watch_filter=None,
        raise_interrupt=True,
        yield_on_timeout=True,
    ):
        meanwhile = saved_since(root, began) if began else []
        began = 0.0
        yield [PurePath(path).relative_to(root) for _, path in changes] + meanwhile


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


def _terminated(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
