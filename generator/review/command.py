"""The verb: against what."""

import sys
from functools import partial
from pathlib import Path

import click

from generator.cost.prices import PRICES, REGION
from generator.diagnostics import as_text

REFUSED = 1
BROKEN = 2


@click.command("review")
@click.option("--against", required=True, help="A commit, a branch, or a file.")
@click.option("--region", type=click.Choice(sorted(PRICES)), default=REGION, show_default=True)
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--manifest", type=click.Path(path_type=Path), help="Default: jobs.yaml.")
def review(against: str, region: str, root: Path, manifest: Path | None) -> None:
    """Print what a change does to jobs, as markdown for the pull request.

    Exit status: 0 fine, 1 messages in flight would not survive it, 2 a manifest or the call is
    broken, which includes an environment over its budget.
    """
    from generator.compat import allowed, gate, sides, upcasters  # noqa: PLC0415 - not for --help
    from generator.compat.deployment import order  # noqa: PLC0415 - likewise
    from generator.compat.git import NoSuchSideError  # noqa: PLC0415 - likewise
    from generator.pipeline import examine  # noqa: PLC0415 - likewise
    from generator.review.card import Subject, card  # noqa: PLC0415 - likewise
    from generator.rules.clock import now  # noqa: PLC0415 - likewise

    path = manifest or root / "jobs.yaml"
    examined = examine(path, root)
    if examined.manifest is None:
        click.echo(as_text(examined.findings, examined.source.text), nl=False, err=True)
        sys.exit(BROKEN)
    try:
        old = sides.before(root, path, against)
        new = sides.now(root, examined.manifest)
    except NoSuchSideError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(BROKEN)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        click.echo(f"error: cannot read {error.filename or root}: {reason}", err=True)
        sys.exit(BROKEN)
    judged = gate.judge(examined.source, old, new, partial(upcasters.tried, root))
    manifests = (old.manifest, new.manifest)
    found = allowed.sort_out(examined.source, judged.verdicts, *manifests, now().date())
    deployed = order(found.left, [each for each, _ in found.allowed], *manifests)
    subject = Subject(against, *manifests, found, deployed, PRICES[region])
    click.echo(card(subject), nl=False)
    sys.exit(REFUSED if any(each.is_refusal for each in found.left) else 0)
