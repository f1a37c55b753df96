"""The verb: which job, at which rate, and how long an attempt takes."""

import json
import re
from pathlib import Path

import click

ACCOUNT_CONCURRENCY = 1000
"""Of an account in a region, unless AWS raised it (Lambda quotas)."""

_SPAN = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


class Span(click.ParamType):  # type: ignore[type-arg] # older click has none
    """A time with its unit, such as `800ms`, `1.5s`, `15m` or `1h`, in seconds."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read it; a number is one already."""
        if isinstance(value, float):
            return value
        match = _SPAN.fullmatch(str(value))
        seconds = float(match["number"]) * _SECONDS[match["unit"]] if match else 0.0
        if not seconds:
            self.fail(f"{value!r} is no time: write 800ms, 1.5s, 15m or 1h", param, ctx)
        return seconds


@click.command("capacity")
@click.argument("job")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Messages a second.")
@click.option("--duration", type=Span(), help="What an attempt takes, such as 800ms.")
@click.option("--attempts", type=click.FloatRange(min=1), help="Attempts a message, on average.")
@click.option("--outage", type=Span(), default="1h", show_default=True, help="Time away.")
@click.option(
    "--account",
    type=click.IntRange(min=1),
    default=ACCOUNT_CONCURRENCY,
    show_default=True,
    help="Concurrent executions that the account has.",
)
@click.option("--env", "environment", help="One environment; all unless given.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--manifest", type=click.Path(path_type=Path), help="Default: jobs.yaml.")
def capacity(  # noqa: PLR0913 - as many as the call has options
    *,
    job: str,
    rate: float | None,
    duration: float | None,
    attempts: float | None,
    outage: float,
    account: int,
    environment: str | None,
    form: str,
    root: Path,
    manifest: Path | None,
) -> None:
    """Print what a rate of messages asks of a job, and which limit it meets first.

    What is not given is what the job's `expected` says.
    """
    from generator.capacity.ask import Call, asked  # noqa: PLC0415 - not for --help
    from generator.capacity.report import as_data, as_text  # noqa: PLC0415 - likewise
    from generator.explain.command import examined_for  # noqa: PLC0415 - likewise

    _, resolved = examined_for(root, manifest, job, environment)
    workers = [
        worker
        for name, all_workers in resolved.workers.items()
        for worker in all_workers
        if worker.job.name == job and environment in (None, name)
    ]
    call = Call(rate, duration, attempts, outage, account)
    questions = [(worker, asked(worker, call)) for worker in workers]
    if form == "json":
        click.echo(json.dumps([as_data(*each) for each in questions], indent=2))
    else:
        click.echo("\n".join(as_text(*each) for each in questions), nl=False)
