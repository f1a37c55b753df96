"""The verb: against what."""

import sys
from pathlib import Path

import click

from generator.cost.prices import PRICES, REGION

BUDGET = "budget-exceeded"
REFUSED = 1
BROKEN = 2


@click.command("review")
@click.option("--against", required=True, help="A commit, a branch, or a file.")
@click.option("--region", type=click.Choice(sorted(PRICES)), default=REGION, show_default=True)
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--manifest", type=click.Path(path_type=Path), help="Default: jobs.yaml.")
def review(against: str, region: str, root: Path, manifest: Path | None) -> None:
    """Print what a change does to jobs, as markdown for the pull request.

    Exit status: 0 fine, 1 messages in flight would not survive it, 2 an environment is over its
    budget, which the card says as well, or a manifest or the call is broken.
    """
    from generator.compat.judging import UnjudgedError, judge  # noqa: PLC0415 - not for --help
    from generator.review.card import Subject, card  # noqa: PLC0415 - likewise

    try:
        change = judge(root, manifest, against, despite={BUDGET})
    except UnjudgedError as error:
        click.echo(error, nl=False, err=True)
        sys.exit(BROKEN)
    sides = (change.old, change.new)
    subject = Subject(against, *sides, change.found, change.order, PRICES[region])
    click.echo(card(subject), nl=False)
    click.echo(change.wrong, nl=False, err=True)
    sys.exit(BROKEN if change.wrong else REFUSED if change.is_refused else 0)
