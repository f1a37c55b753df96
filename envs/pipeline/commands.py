"""`python -m envs.pipeline VERB`: what workflows call, by make."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from botocore.exceptions import BotoCoreError, ClientError
from click.testing import CliRunner

from envs.desk.errors import DeskError
from envs.pipeline.github import GitHub, GitHubError
from envs.pipeline.keeping import keep_comment, keep_issue
from generator.review.card import MARK

if TYPE_CHECKING:
    from click.testing import Result

FAILED = 1
BROKEN = 2
LABEL = "drift"


@click.group()
def main() -> None:
    """What workflows do beside the other verbs."""


@main.command()
@click.option("--against", required=True, help="What the pull request goes into.")
@click.option("--number", required=True, type=int, help="The pull request's number.")
def comment(against: str, number: int) -> None:
    """Keep the card of a pull request as its one comment; exit as `review` does."""
    card = _ran("review", "--against", against)
    text = card.stdout if card.stdout.startswith(MARK) else f"{MARK}\n{_broken(card)}"
    _summarise(text)
    try:
        click.echo(f"comment {keep_comment(GitHub.of(os.environ), number, MARK, text)}")
    except GitHubError as error:
        _stop(str(error))
    sys.exit(_status(card))


@main.command()
@click.option("--env", "environment", required=True)
def issue(environment: str) -> None:
    """Keep one issue about the drift of an environment; exit 2 where nobody could look."""
    looked = {name: _ran(name, "--env", environment, "--format", "markdown") for name in _LAYERS}
    parts = []
    for name, result in looked.items():
        if _status(result) == BROKEN:
            parts.append(f"### `{name}` has no verdict\n\n{_broken(result)}")
        elif result.exit_code:
            parts.append(f"### {_LAYERS[name]}\n\n{result.stdout}")
    text = "\n".join(parts)
    _summarise(text or f"{environment} is what the manifest says.\n")
    try:
        done = keep_issue(GitHub.of(os.environ), f"{environment} has drifted", LABEL, text)
    except GitHubError as error:
        _stop(str(error))
    click.echo(f"issue: {done}")
    sys.exit(BROKEN if BROKEN in map(_status, looked.values()) else 0)


@main.command()
@click.option("--env", "environment", required=True)
@click.option("--within", default=300.0, show_default=True, help="Seconds to wait at most.")
def smoke(environment: str, within: float) -> None:
    """Send one harmless job and wait until it is done; exit 1 where it ends otherwise."""
    from envs.desk.opening import open_place  # noqa: PLC0415 - not for --help
    from envs.pipeline.smoke import JOB, see_through  # noqa: PLC0415 - likewise

    moment = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H-%M-%SZ}"
    payload = {"section": "home", "run": f"smoke-{moment}"}
    try:
        place = open_place(Path.cwd(), environment)
        job_id, status = see_through(place, payload, within)
    except (DeskError, ClientError, BotoCoreError) as error:
        _stop(str(error))
    click.echo(f"{JOB} {job_id}: {status}")
    if status != "done":
        click.echo(f"  hint: clarivum show {job_id} --env {environment}", err=True)
        sys.exit(FAILED)


_LAYERS = {"drift": "Terraform would change", "live": "AWS says otherwise"}


def _ran(*arguments: str) -> Result:
    from envs.cli.main import main as clarivum  # noqa: PLC0415 - not for --help

    return CliRunner().invoke(clarivum, list(arguments))


def _status(result: Result) -> int:
    """Return how a verb ended; one that broke down, whatever its status, has no verdict."""
    ended = result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code if ended else BROKEN


def _broken(result: Result) -> str:
    told = (result.stderr or repr(result.exception)).rstrip()
    longest = max((len(run) for run in re.findall("`+", told)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"Nobody could look:\n\n{fence}text\n{told}\n{fence}\n"


def _summarise(text: str) -> None:
    """Write into the run's own summary, where there is one."""
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.write(text)


def _stop(message: str) -> NoReturn:
    click.echo(message if message.startswith("error") else f"error: {message}", err=True)
    sys.exit(BROKEN)
