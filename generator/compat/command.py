"""The verb: against what, and how it is said."""

import sys
from functools import partial
from pathlib import Path

import click

from generator.diagnostics import as_text as findings_as_text

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
    from generator.compat import allowed, gate, report, sides, upcasters  # noqa: PLC0415 - not for --help
    from generator.compat.deployment import order  # noqa: PLC0415 - likewise
    from generator.compat.git import NoSuchSideError  # noqa: PLC0415 - likewise
    from generator.diagnostics import as_github, as_json  # noqa: PLC0415 - likewise
    from generator.pipeline import examine  # noqa: PLC0415 - likewise
    from generator.rules.clock import now  # noqa: PLC0415 - likewise

    path = manifest or root / "jobs.yaml"
    examined = examine(path, root)
    if examined.manifest is None:
        click.echo(findings_as_text(examined.findings, examined.source.text), nl=False, err=True)
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
    if form == "text":
        text = report.as_report(
            found.left,
            examined.source.text,
            against,
            allowed=found.allowed,
            order=order(found.left, [each for each, _ in found.allowed], *manifests),
            untried=judged.untried,
        )
        click.echo(text, nl=False)
    else:
        findings = [each.finding for each in allowed.for_tools(found)]
        click.echo(as_json(findings) if form == "json" else as_github(findings), nl=False)
    sys.exit(INCOMPATIBLE if any(each.is_refusal for each in found.left) else 0)
