"""What the verbs share: options, the way to an environment, mistakes in words, and printing."""

from __future__ import annotations

import dataclasses
import functools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from botocore.exceptions import BotoCoreError, ClientError

from envs.desk.errors import DeskError
from envs.desk.opening import LOCAL, open_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from envs.desk.place import Place

Command = TypeVar("Command", bound="Callable[..., None]")

REFUSED = 1
BROKEN = 2

ENVIRONMENT = click.option(
    "--env",
    "environment",
    default=LOCAL,
    envvar="CLARIVUM_ENV",
    show_default=True,
    help="The environment; `local` is what `make dev` or `make demo` runs.",
)
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    hidden=True,
)


def verb(command: Command) -> Command:
    """Give a verb its `--env` and `--json`, hand it the environment, and tell mistakes in words."""

    @functools.wraps(command)
    def run(environment: str, root: Path, *args: object, **named: object) -> None:
        try:
            _readable(args, named)
            command(open_place(root.resolve(), environment), *args, **named)
        except DeskError as error:
            click.echo(str(error), err=True)
            sys.exit(error.status)
        except (ClientError, BotoCoreError) as error:
            click.echo(of_aws(error, environment), err=True)
            sys.exit(BROKEN)

    named: Any = run
    for option in (_AS_JSON, ENVIRONMENT, _ROOT):
        named = option(named)
    decorated: Command = named
    return decorated


def _readable(args: tuple[object, ...], named: Mapping[str, object]) -> None:
    """Return if all that was typed can be sent, written down and shown.

    Raises:
        DeskError: A word holds half of a character, which is how Python reads other bytes than
            those of UTF-8.
    """
    for word in (word for given in (*args, *named.values()) for word in _words(given)):
        try:
            word.encode("utf-8")
        except UnicodeEncodeError as error:
            message = f"{word!a} is no text: bytes of it are no UTF-8"
            raise DeskError(message, rule="argument", hint="write it as UTF-8") from error


def _words(given: object) -> Iterable[str]:
    if isinstance(given, tuple):
        return [str(one) for one in given]
    return [str(given)] if isinstance(given, str | Path) else []


def of_aws(error: ClientError | BotoCoreError, environment: str) -> str:
    """Return what AWS refuses, or why nobody could ask it, and what to look at."""
    if isinstance(error, BotoCoreError):
        there = "are there credentials and a network? `aws sso login`, or set AWS_PROFILE"
        hint = "`make dev` starts the local AWS anew" if environment == LOCAL else there
        return f"error[aws]: {error}\n  hint: {hint}"
    answer = error.response["Error"]
    told = f"{error.operation_name} answers {answer['Code']}: {answer.get('Message', '')}"
    hint = f"is {environment} deployed, and may you do this? docs/desk.md lists the rights"
    return f"error[aws]: {told.rstrip(': ')}\n  hint: {hint}"


def print_json(value: object) -> None:
    """Print a value as JSON; dataclasses become objects."""
    click.echo(json.dumps(value, indent=2, default=_plain, ensure_ascii=False))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, frozenset | set | tuple):
        return list(value)
    return str(value)


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print columns that are as wide as what stands in them; the last is as wide as it likes."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def clip(text: str, width: int = 72) -> str:
    """Return a text on one line, cut where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}…"


def ask(place: Place, what: str, *, yes: bool) -> None:
    """Ask before something is changed on AWS; on this machine nobody is asked.

    Raises:
        DeskError: Nobody can be asked, or the answer is no.
    """
    if yes or place.local:
        return
    if not sys.stdin.isatty():
        message = f"{what}: nobody is there to say yes"
        raise DeskError(message, rule="not-confirmed", hint="--yes")
    if not click.confirm(f"{what} in {place.environment}?"):
        message = "nothing was done"
        raise DeskError(message, rule="not-confirmed", status=REFUSED)
