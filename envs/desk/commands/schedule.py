"""`clarivum schedule`: when schedules fire next, and a run that is wanted now."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from envs.desk import schedules
from envs.desk.commands.common import ask, print_json, verb

if TYPE_CHECKING:
    from envs.desk.place import Place


@click.group()
def schedule() -> None:
    r"""Schedules: their next fires, and a run now.

    \b
    Examples:
      clarivum schedule next
      clarivum schedule run hourly
    """


@schedule.command("next")
@verb
def next_(place: Place, *, as_json: bool) -> None:
    r"""Show when each schedule fires next, in its own zone.

    \b
    Examples:
      clarivum schedule next
      clarivum schedule next --json

    Exit status: 0.
    """
    found = list(schedules.fires(place, dt.datetime.now(dt.UTC)))
    if as_json:
        print_json(
            [
                {
                    "job": job,
                    "schedule": fires.name,
                    "expression": fires.expression,
                    "timezone": fires.timezone,
                    "note": fires.note,
                    "next": [moment.isoformat() for moment in fires.moments],
                }
                for job, fires in found
            ]
        )
        return
    if not found:
        click.echo(f"{place.environment} has no schedules")
    for job, fires in found:
        note = f" ({fires.note})" if fires.note else ""
        click.echo(f"{job}/{fires.name}  {fires.expression}  {fires.timezone}{note}")
        for moment in fires.moments:
            click.echo(f"  {moment:%a %Y-%m-%d %H:%M %Z}")


@schedule.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Run without asking.")
@verb
def run(place: Place, name: str, *, yes: bool, as_json: bool) -> None:
    r"""Run the schedule NAME (or JOB/NAME) now, with its payload.

    It is a run of this second: asked for twice within it, it runs once.

    \b
    Examples:
      clarivum schedule run hourly
      clarivum schedule run cache-warming/hourly --yes --json

    Exit status: 0 enqueued or skipped, 1 the function failed, 2 there is no such schedule.
    """
    job, found = schedules.find(place, name)
    ask(place, f"run {job.name}/{found.name}", yes=yes)
    done = schedules.run_now(place, job, found, dt.datetime.now(dt.UTC))
    if as_json:
        print_json(done)
    elif done.skipped:
        click.echo(f"{job.name}/{found.name}: skipped: {done.skipped}")
    else:
        click.echo(f"{job.name}/{found.name}: enqueued as {done.job_id}")
