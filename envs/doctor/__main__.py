"""`python -m envs.doctor ENVIRONMENT`: what must be mended by hand; changes nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import click
from botocore.exceptions import BotoCoreError, ClientError

from envs.deploy.release import Release
from envs.deploy.settings import SettingsError, read
from envs.doctor.report import examine, lines
from envs.doctor.subject import subject_of

if TYPE_CHECKING:
    from envs.deploy.settings import Settings

_REPOSITORY = Path(__file__).resolve().parents[2]


@click.command()
@click.argument("environment")
def main(environment: str) -> None:
    """Look at an environment; exit 0 where all is well, 1 where not, 2 where nothing was asked."""
    try:
        settings = read(_REPOSITORY, environment)
        subject = subject_of(_REPOSITORY, settings)
        Release(_REPOSITORY, settings).check_account()
    except (SettingsError, BotoCoreError, ClientError) as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    found = list(examine(_clients(settings), subject, _REPOSITORY / "build" / "aws"))
    for line in lines(found):
        click.echo(line)
    sys.exit(any(finding.state == "wrong" for finding in found))


def _clients(settings: Settings) -> Any:  # noqa: ANN401 - the client of any service
    return lambda service: boto3.client(service, region_name=settings.region)


if __name__ == "__main__":
    main()
