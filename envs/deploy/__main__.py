"""`python -m envs.deploy VERB`: bring environments to AWS, and check every root and module."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from botocore.exceptions import BotoCoreError, ClientError

from envs.deploy.artifacts import ArtifactError
from envs.deploy.change import RemovalError
from envs.deploy.provider import ProviderNotFoundError
from envs.deploy.release import Release
from envs.deploy.settings import SettingsError, read
from envs.deploy.terraform import TerraformError
from envs.deploy.validate import check_all
from envs.deploy.versions import NoEarlierReleaseError

_REPOSITORY = Path(__file__).resolve().parents[2]
# What a person can mend: these are told in one line, anything else is a fault of ours.
_TOLD = (
    ArtifactError,
    BotoCoreError,
    ClientError,
    NoEarlierReleaseError,
    ProviderNotFoundError,
    SettingsError,
    TerraformError,
)


@click.group()
def cli() -> None:
    """Bring environments to AWS, and check every root and module."""


@cli.command()
@click.argument("environment")
@click.option("--yes", is_flag=True, help="Apply without asking.")
def bootstrap(environment: str, *, yes: bool) -> None:
    """Make the buckets for an environment's state and zips, once."""
    Release(_REPOSITORY, read(_REPOSITORY, environment), yes).bootstrap()


@cli.command()
@click.argument("environment")
def plan(environment: str) -> None:
    """Package the jobs, and show what a deploy would change; uploads nothing."""
    Release(_REPOSITORY, read(_REPOSITORY, environment)).plan()


@cli.command()
@click.argument("environment")
@click.option("--yes", is_flag=True, help="Apply without asking.")
def deploy(environment: str, *, yes: bool) -> None:
    """Package and upload the jobs, show the plan, ask, and apply it."""
    Release(_REPOSITORY, read(_REPOSITORY, environment), yes).deploy()


@cli.command()
@click.argument("environment")
@click.argument("job", required=False)
def rollback(environment: str, job: str | None) -> None:
    """Let queues and schedules start the versions of the release before, or of one JOB alone."""
    Release(_REPOSITORY, read(_REPOSITORY, environment)).rollback(job)


@cli.command("take-down")
@click.argument("environment")
@click.option("--yes", is_flag=True, help="Remove without asking.")
def take_down(environment: str, *, yes: bool) -> None:
    """Remove all that an environment consists of, save its state and its zips."""
    Release(_REPOSITORY, read(_REPOSITORY, environment), yes).take_down()


@cli.command("validate-all")
def validate_all() -> None:
    """Check layout, validity and tests of every root and module."""
    wrong = check_all(_REPOSITORY)
    for directory, reason in wrong.items():
        click.echo(f"{directory.relative_to(_REPOSITORY)}: {reason}", err=True)
    if wrong:
        sys.exit(1)
    click.echo("every root and module is valid")


def main() -> None:
    """Run a verb; exit 0 when fine, 1 when a check fails, 2 when it could not be done."""
    try:
        cli()
    except RemovalError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except _TOLD as error:
        # Terraform's own words were shown as they came.
        told = error.summary if isinstance(error, TerraformError) else error
        click.echo(f"error: {told}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
