"""The verbs: `validate`, `generate`, `check`, `capacity`, `compat`, `explain`, `package`, `review`.

Exit status: 0 fine, 1 files differ from the manifest, 2 the manifest or the call is broken.
Each verb imports what it needs when it runs, so that `--help` costs nothing.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from generator.diagnostics import Finding, as_github, as_json, as_text, has_errors, summary

if TYPE_CHECKING:
    from generator.pipeline import Examined
    from generator.render.plan import Plan

DIFFERS = 1
BROKEN = 2

Command = TypeVar("Command", bound=Callable[..., None])


class Verbs(click.Group):
    """The verbs defined here, and those whose packages are loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every verb's name."""
        return [*super().list_commands(ctx), "capacity", "compat", "explain", "package", "review"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one verb."""
        if cmd_name == "package":
            from generator.package.__main__ import main as package  # noqa: PLC0415 - only when asked for

            return package
        if cmd_name == "capacity":
            from generator.capacity.command import capacity  # noqa: PLC0415 - likewise

            return capacity
        if cmd_name == "compat":
            from generator.compat.command import compat  # noqa: PLC0415 - likewise

            return compat
        if cmd_name == "explain":
            from generator.explain.command import explain  # noqa: PLC0415 - likewise

            return explain
        if cmd_name == "review":
            from generator.review.command import review  # noqa: PLC0415 - likewise

            return review
        return super().get_command(ctx, cmd_name)


def _version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - as click calls it
    """Print which version this is: of the installed package, or a working copy."""
    if asked:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only here

        try:
            click.echo(f"clarivum {version('clarivum-jobs-generator')}")
        except PackageNotFoundError:
            click.echo("clarivum (not installed: run from its sources)")
        ctx.exit()


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and leave.",
)
def main() -> None:
    """One jobs.yaml to Terraform, payload models, Lambda entry points and documents."""


def _options(command: Command) -> Command:
    for option in (
        click.option(
            "--format",
            "form",
            type=click.Choice(["text", "json", "github"]),
            default="text",
            help="How findings are printed.",
        ),
        click.option(
            "--root",
            type=click.Path(path_type=Path, file_okay=False),
            default=Path(),
            help="The repository; the current directory unless given.",
        ),
        click.option(
            "--manifest",
            type=click.Path(path_type=Path),
            help="The manifest; jobs.yaml in the repository unless given.",
        ),
    ):
        command = option(command)
    return command


@main.command()
@_options
def validate(manifest: Path | None, root: Path, form: str) -> None:
    """Check the manifest and write nothing."""
    examined = _examined(manifest, root, form)
    if form != "text":
        _print_findings(examined.findings, examined.source.text, form)
        return
    assert examined.manifest is not None
    jobs, environments = len(examined.manifest.jobs), len(examined.manifest.environments)
    extent = f"{_count(jobs, 'job')} in {_count(environments, 'environment')}"
    click.echo(f"{examined.source.name}: {extent}, valid")


@main.command()
@_options
def generate(manifest: Path | None, root: Path, form: str) -> None:
    """Make every generated file what the manifest says."""
    examined = _examined(manifest, root, form)
    from generator import report  # noqa: PLC0415 - loads the templates
    from generator.lock import alone  # noqa: PLC0415 - likewise
    from generator.write import write  # noqa: PLC0415 - likewise

    with _told("write", root), alone(root):
        written = write(root, _plan(examined, root))
    if form == "json":
        click.echo(json.dumps(report.written_as_data(written, examined.findings), indent=2))
    else:
        click.echo(report.written_as_text(written), nl=False)
    sys.exit(DIFFERS if written.kept else 0)


@main.command()
@_options
def check(manifest: Path | None, root: Path, form: str) -> None:
    """Name every generated file that is not what the manifest says, and every call that is wrong.

    A call is wrong where a Terraform root passes what a module does not take, or not what it needs.
    """
    from generator import remembered  # noqa: PLC0415 - only here

    before = remembered.hash_of(manifest or root / "jobs.yaml", root)
    if remembered.is_remembered(root, before):
        _print_in_order(form)
        return
    examined = _examined(manifest, root, form)
    from generator import report  # noqa: PLC0415 - loads the templates
    from generator.drift import compare  # noqa: PLC0415 - likewise
    from generator.interface.judge import judge  # noqa: PLC0415 - likewise
    from generator.lock import unchanged  # noqa: PLC0415 - likewise

    with _told("read", root), unchanged(root):
        plan = _plan(examined, root)
        drift = compare(root, plan)
        assert examined.manifest is not None
        calls = list(judge(root, examined.manifest, plan.machine))
    found = [finding for finding, _ in calls]
    if not (drift or drift.homeless or examined.findings or found):
        # What was changed meanwhile may have been seen before the change or after it.
        if before == remembered.hash_of(manifest or root / "jobs.yaml", root):
            remembered.remember(root, before if remembered.lasts(examined.manifest) else "")
        _print_in_order(form)
        return
    if form == "text":
        click.echo(report.drift_as_text(drift), nl=False)
        for finding, text in calls:
            click.echo(as_text([finding], text), nl=False)
    else:
        found = [*examined.findings, *report.drift_as_findings(drift), *found]
        _print_findings(tuple(found), examined.source.text, form)
    sys.exit(DIFFERS if drift or has_errors(found) else 0)


def _examined(manifest: Path | None, root: Path, form: str) -> "Examined":
    """Return the checked manifest, or print what is wrong with it and leave."""
    from generator.pipeline import examine  # noqa: PLC0415 - parsing is not needed for --help

    examined = examine(manifest or root / "jobs.yaml", root)
    if examined.manifest is None or form == "text":
        _print_findings(examined.findings, examined.source.text, form)
    if examined.manifest is None:
        sys.exit(BROKEN)
    return examined


def _plan(examined: "Examined", root: Path) -> "Plan":
    """Return the plan, or print how it breaks a published contract and leave."""
    from generator.compat.publishing import refusals  # noqa: PLC0415 - needs the payload models
    from generator.compat.report import as_report  # noqa: PLC0415 - likewise
    from generator.pipeline import planned  # noqa: PLC0415 - loads the templates

    assert examined.manifest is not None
    with _told("read", root):
        refused = refusals(root, examined.source, examined.manifest)
        plan = planned(examined.manifest, root)
    if refused:
        text = as_report(refused, examined.source.text, "the published contracts")
        click.echo(text, nl=False, err=True)
        sys.exit(DIFFERS)
    return plan


@contextmanager
def _told(verb: str, root: Path) -> Iterator[None]:
    """Print why files cannot be read or written, and leave."""
    from generator.drift import LinkedFolderError  # noqa: PLC0415 - loads the templates
    from generator.lock import BusyError  # noqa: PLC0415 - likewise

    try:
        yield
    except (LinkedFolderError, BusyError) as error:
        _stop(str(error))
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        _stop(f"cannot {verb} {error.filename2 or error.filename or root}: {reason}")


def _print_in_order(form: str) -> None:
    """Print that nothing is wrong; `json` and `github` have no finding to print."""
    if form == "text":
        from generator.remembered import IN_ORDER  # noqa: PLC0415 - only here

        click.echo(IN_ORDER, nl=False)
    else:
        _print_findings((), "", form)


def _print_findings(findings: tuple[Finding, ...], source: str, form: str) -> None:
    if form == "json":
        click.echo(as_json(findings), nl=False)
    elif form == "github":
        click.echo(as_github(findings), nl=False)
    else:
        click.echo(as_text(findings, source) + summary(findings), nl=False, err=True)


def _stop(message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    sys.exit(BROKEN)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
