"""The verb: against what, and which verdicts a person has allowed."""

import sys
from functools import partial
from pathlib import Path

import click

from generator.diagnostics import Severity
from generator.diagnostics import as_text as findings_as_text

INCOMPATIBLE = 1
BROKEN = 2


@click.command("compat")
@click.option("--against", required=True, help="A commit, a branch, or a file.")
@click.option("--allow", multiple=True, help="Accept one verdict: <rule>:<job>. May be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--manifest", type=click.Path(path_type=Path), help="Default: jobs.yaml.")
def compat(
    against: str, allow: tuple[str, ...], form: str, root: Path, manifest: Path | None
) -> None:
    """Refuse a change that messages in flight do not survive.

    Exit status: 0 compatible, 1 refused, 2 a manifest or the call is broken.
    """
    from generator.compat import gate, report, upcasters  # noqa: PLC0415 - not for --help
    from generator.compat.sides import NoSuchSideError, before  # noqa: PLC0415 - likewise
    from generator.diagnostics import as_github, as_json  # noqa: PLC0415 - likewise
    from generator.pipeline import examine  # noqa: PLC0415 - likewise

    path = manifest or root / "jobs.yaml"
    examined = examine(path, root)
    if examined.manifest is None:
        click.echo(findings_as_text(examined.findings, examined.source.text), nl=False, err=True)
        sys.exit(BROKEN)
    try:
        old = before(root, path, against).manifest
    except NoSuchSideError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(BROKEN)
    found = gate.verdicts(
        examined.source,
        old,
        examined.manifest,
        partial(upcasters.all_faults, root),
        frozenset(allow),
    )
    if form == "text":
        steps = gate.order(found, old, examined.manifest)
        click.echo(report.as_report(found, steps, examined.source.text, against), nl=False)
    else:
        findings = [verdict.finding for verdict in found]
        click.echo(as_json(findings) if form == "json" else as_github(findings), nl=False)
    refused = any(verdict.finding.severity is Severity.ERROR for verdict in found)
    sys.exit(INCOMPATIBLE if refused else 0)
