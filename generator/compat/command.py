"""The verb: against what, and how it is said."""

import sys
from pathlib import Path

import click

INCOMPATIBLE = 1
BROKEN = 2


@click.command("compat")
@click.option("--against", required=True, help="A commit, a branch, or a file.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--manifest", type=click.Path(path_type=Path), help="Default: jobs.yaml.")
def compat(against: str, form: str, root: Path, manifest: Path | None) -> None:
    """Refuse a change that messages in flight do not survive.

    What must be all the same is an entry of `allowed_changes` in the manifest.

    Exit status: 0 compatible, 1 refused, 2 a manifest or the call is broken.
    """
    from generator.compat import allowed, report  # noqa: PLC0415 - not for --help
    from generator.compat.judging import UnjudgedError, judge  # noqa: PLC0415 - likewise
    from generator.diagnostics import as_github, as_json  # noqa: PLC0415 - likewise

    try:
        change = judge(root, manifest, against)
    except UnjudgedError as error:
        click.echo(error, nl=False, err=True)
        sys.exit(BROKEN)
    if form == "text":
        text = report.as_report(
            change.found.left,
            change.text,
            against,
            allowed=change.found.allowed,
            order=change.order,
            untried=change.untried,
        )
        click.echo(text, nl=False)
    else:
        findings = [each.finding for each in allowed.for_tools(change.found)]
        click.echo(as_json(findings) if form == "json" else as_github(findings), nl=False)
    sys.exit(INCOMPATIBLE if change.is_refused else 0)
