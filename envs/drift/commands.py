"""The verbs `drift` and `live`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from botocore.exceptions import BotoCoreError, ClientError

from envs.deploy import artifacts
from envs.desk.commands.common import BROKEN, ENVIRONMENT, of_aws
from envs.desk.errors import DeskError
from envs.desk.opening import LOCAL, manifest_of
from envs.drift import report
from envs.drift.allowed import AllowListError
from envs.drift.planning import PlanFailedError, planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from envs.drift.difference import Difference
    from generator.manifest.resolved import Manifest, Worker

DIFFERS = 1

_FORMAT = click.option(
    "--format", "form", type=click.Choice(report.FORMS), default="text", show_default=True
)
_JSON = click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
_ROOT = click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), hidden=True
)


@click.command()
@ENVIRONMENT
@_FORMAT
@_JSON
@_ROOT
def drift(environment: str, form: str, root: Path, *, as_json: bool) -> None:
    r"""Show what Terraform would change: by job, attribute and both values.

    What is known and borne stands in `envs/<env>/drift.yaml`, each entry with an end.

    \b
    Examples:
      clarivum drift --env dev
      clarivum drift --env prod --format markdown

    Exit status: 0 nothing, 1 something, 2 the plan failed, which is never nothing.
    """
    try:
        manifest = manifest_of(root)
        found = planned(root.resolve(), manifest, environment, dt.datetime.now(dt.UTC).date())
    except (PlanFailedError, AllowListError, DeskError) as error:
        _stop(error)
    _say(found, environment, "json" if as_json else form)


@click.command()
@ENVIRONMENT
@_FORMAT
@_JSON
@_ROOT
def live(environment: str, form: str, root: Path, *, as_json: bool) -> None:
    r"""Ask AWS for what matters, and hold it against the manifest; nothing is changed.

    Mappings, queues, code, schedules, alarms, subscriptions, secrets; each difference is told with
    whose doing it is: a pause on record, one that is over, Lambda itself, or somebody by hand.

    \b
    Examples:
      clarivum live --env dev
      clarivum live --env prod --json

    Exit status: 0 nothing but pauses in their time, 1 something, 2 AWS was not asked.
    """
    from envs.desk.opening import open_place  # noqa: PLC0415 - not for --help
    from envs.desk.overrides import overrides  # noqa: PLC0415 - likewise
    from envs.drift.live import look_at  # noqa: PLC0415 - likewise
    from envs.drift.shared import look_at_shared  # noqa: PLC0415 - likewise
    from generator.rules.environments import is_for_trial  # noqa: PLC0415 - likewise

    root = root.resolve()
    try:
        place = open_place(root, environment)
        workers = _workers(manifest_of(root), environment)
        now = dt.datetime.now(dt.UTC)
        found = [
            *look_at(place, workers, overrides(place), _built(root, environment), now),
            *look_at_shared(place, workers, somebody=not is_for_trial(environment)),
        ]
    except DeskError as error:
        _stop(error)
    except (ClientError, BotoCoreError) as error:
        _stop(of_aws(error, environment))
    _say(found, environment, "json" if as_json else form)


def _workers(manifest: Manifest, environment: str) -> Sequence[Worker]:
    return manifest.workers[environment]


def _built(root: Path, environment: str) -> dict[str, str]:
    """Return the hashes of the zips at hand; nothing where nothing was packaged.

    Raises:
        DeskError: The file that lists them is broken.
    """
    target = "host" if environment == LOCAL else "aws"
    file = root / "build" / target / artifacts.KEYS
    if not file.is_file():
        return {}
    try:
        functions = json.loads(file.read_text(encoding="utf-8"))["artifacts"]["functions"]
        return {name: str(entry["sha256"]) for name, entry in functions.items()}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"{file.relative_to(root)} is no list of zips"
        hint = f"delete build/{target}: `make package` writes it anew"
        raise DeskError(message, rule="artifacts", hint=hint) from error


def _say(found: Sequence[Difference], environment: str, form: str) -> None:
    click.echo(report.printed(found, environment, form), nl=False)
    sys.exit(DIFFERS if any(each.counts for each in found) else 0)


def _stop(error: Exception | str) -> NoReturn:
    text = str(error)
    click.echo(text if text.startswith("error") else f"error: {text}", err=True)
    sys.exit(BROKEN)
