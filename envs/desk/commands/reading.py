"""`clarivum runs`, `show`, `logs`: what became of messages; nothing is changed."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import time
from typing import TYPE_CHECKING

import click

from envs.desk import logs as log
from envs.desk import runs as records
from envs.desk import sending
from envs.desk.commands.common import clip, print_json, print_table, verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clarivum_jobs.records.lookup import JobRecord
    from envs.desk.place import Place


def since_iso(text: str) -> str:
    """Return so long ago as the records write it; empty for no limit."""
    if not text:
        return ""
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=sending.seconds(text))
    return moment.isoformat(timespec="milliseconds")


@click.command()
@click.argument("job", required=False)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(records.STATUSES),
    help="Only these; all unless given.",
)
@click.option("--since", default="", help="Only what changed within: 30m, 4h, 2d.")
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="At most so many.",
)
@verb
def runs(  # noqa: PLR0913 - each is one option
    place: Place,
    job: str | None,
    statuses: tuple[str, ...],
    since: str,
    limit: int,
    *,
    as_json: bool,
) -> None:
    r"""List what changed last, of JOB or of all jobs, the latest first.

    Work at its first attempt is in no list; `clarivum show ID` finds it.

    \b
    Examples:
      clarivum runs
      clarivum runs cache-warming --since 4h
      clarivum runs --status dead --limit 50 --json

    Exit status: 0.
    """
    chosen = [one for one in records.STATUSES if not statuses or one in statuses]
    found = records.runs(place, job, statuses=chosen, since=since_iso(since), most=limit)
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("nothing is on record yet")
        return
    rows = (
        (
            one.changed[:19],
            one.job,
            one.job_id,
            one.status,
            clip(f"{one.code} {one.reason}".strip()),
        )
        for one in found
    )
    print_table(("CHANGED (UTC)", "JOB", "ID", "STATUS", "WHY"), rows)


@click.command()
@click.argument("job_id", metavar="ID")
@click.option("--job", help="Which job it is of; all are asked unless given.")
@verb
def show(place: Place, job_id: str, job: str | None, *, as_json: bool) -> None:
    r"""Show what is on record of one enqueue: attempts, payload, and how to ask the log.

    \b
    Examples:
      clarivum show 6f0c1a52-...
      clarivum show 6f0c1a52-... --job cache-warming --json

    Exit status: 0 found, 1 no record tells of it.
    """
    record = records.show(place, job_id, job)
    query = records.log_query(place, record)
    if as_json:
        print_json({**_data(record), "log_query": query})
        return
    click.echo(f"{record.job} {record.job_id}: {record.status}")
    for name, value in _facts(record):
        click.echo(f"  {name:<10} {value}")
    for number, attempt in enumerate(record.attempts, 1):
        ended = attempt.ended[:23] or "running"
        click.echo(f"  attempt {number}: {attempt.started[:23]} to {ended}: {attempt.code or '-'}")
    for child in record.children:
        click.echo(f"  split into {child.job} {child.job_id}")
    click.echo(f"  log: {query}")


def _data(record: JobRecord) -> dict[str, object]:
    names = [name for name in record.__slots__ if name != "payload"]
    return {
        **{name: getattr(record, name) for name in names},
        "payload": records.payload_of(record),
    }


def _facts(record: JobRecord) -> Iterable[tuple[str, str]]:
    facts = (
        ("enqueued", record.enqueued),
        ("changed", record.changed),
        ("key", record.key),
        ("payload", record.payload),
        ("code", record.code),
        ("reason", record.reason),
        ("round", str(record.round) if record.round > 1 else ""),
        ("same as", record.first_job_id if record.first_job_id != record.job_id else ""),
    )
    return ((name, value) for name, value in facts if value)


@click.command()
@click.argument("job", required=False)
@click.option("--id", "job_id", default="", help="Only what was said of one enqueue.")
@click.option("--since", default="15m", show_default=True, help="How far back: 30m, 4h, 2d.")
@click.option("--follow", "-f", is_flag=True, help="Go on until Ctrl-C.")
@verb
def logs(  # noqa: PLR0913 - each is one option
    place: Place, job: str | None, job_id: str, since: str, *, follow: bool, as_json: bool
) -> None:
    r"""Print what workers said, of JOB or of all jobs, in order of time.

    \b
    Examples:
      clarivum logs
      clarivum logs cache-warming --since 1h
      clarivum logs --id 6f0c1a52-... --json
      clarivum logs --follow

    Exit status: 0.
    """
    jobs = [each.name for each in place.some(job)]
    start = round((time.time() - sending.seconds(since)) * 1000)
    if not follow:
        for line in log.lines(place, jobs, start, job_id=job_id):
            print_line(line, as_json=as_json)
        return
    with contextlib.suppress(KeyboardInterrupt):
        for new in log.follow(place, jobs, start):
            for line in new:
                if job_id in {"", line.job_id}:
                    print_line(line, as_json=as_json)


def print_line(line: log.Line, *, as_json: bool = False) -> None:
    """Print one line of a worker, for people or as one line of JSON."""
    if as_json:
        names = line.__slots__
        click.echo(json.dumps({name: getattr(line, name) for name in names}, ensure_ascii=False))
        return
    click.echo(text_of(line))


def text_of(line: log.Line) -> str:
    """Return one line of a worker as people read it: time, job, id, attempt, outcome, reason."""
    moment = dt.datetime.fromtimestamp(line.at / 1000).astimezone()
    attempt = f"#{line.attempt}" if line.attempt else "  "
    said = line.outcome or line.message
    where = f"{moment:%H:%M:%S}  {line.job:<22} {line.job_id[:8]:<8}"
    return f"{where} {attempt} {said}  {line.reason}".rstrip()
