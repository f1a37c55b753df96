"""The verb: which job, which environments, in which form."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.diagnostics import as_text as findings_as_text
from generator.words import did_you_mean, joined

if TYPE_CHECKING:
    from generator.manifest.resolved import Manifest
    from generator.pipeline import Examined

BROKEN = 2


@click.command("explain")
@click.argument("job")
@click.option("--env", "environment", help="One environment; all unless given.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--manifest", type=click.Path(path_type=Path), help="Default: jobs.yaml.")
def explain(
    job: str, environment: str | None, form: str, root: Path, manifest: Path | None
) -> None:
    """Print a job's values, where each comes from, and what happens to its messages."""
    from generator.explain.gather import explanations  # noqa: PLC0415 - not for --help
    from generator.explain.report import as_data, as_text  # noqa: PLC0415 - likewise

    examined, _ = examined_for(root, manifest, job, environment)
    found = list(explanations(examined, job, environment))
    if form == "json":
        click.echo(json.dumps([as_data(explanation) for explanation in found], indent=2))
    else:
        click.echo("\n".join(as_text(explanation) for explanation in found), nl=False)


def examined_for(
    root: Path, manifest: Path | None, job: str, environment: str | None
) -> "tuple[Examined, Manifest]":
    """Return what is asked about; leave with a message if it is broken, or not in the manifest."""
    from generator.pipeline import examine  # noqa: PLC0415 - not for --help

    examined = examine(manifest or root / "jobs.yaml", root)
    if examined.manifest is None:
        click.echo(findings_as_text(examined.findings, examined.source.text), nl=False, err=True)
        sys.exit(BROKEN)
    _leave_unless_known("job", job, [known.name for known in examined.manifest.jobs])
    if environment is not None:
        _leave_unless_known("environment", environment, examined.manifest.environments)
    return examined, examined.manifest


def _leave_unless_known(what: str, name: str, known: "list[str] | tuple[str, ...]") -> None:
    """Leave with a message unless a name is known."""
    if name not in known:
        hint = did_you_mean(name, known) or f"known are {joined(known)}" if known else ""
        click.echo(f'error: there is no {what} "{name}"\n  hint: {hint}', err=True)
        sys.exit(BROKEN)
