"""`clarivum pause`, `resume`, `states`, `drain`, `retire`: where jobs stand in their lives."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from envs.desk import ending, sending
from envs.desk import states as life
from envs.desk.commands.common import REFUSED, ask, print_json, print_table, verb
from generator.manifest.types import span

if TYPE_CHECKING:
    from envs.desk.place import Place


@click.command()
@click.argument("job")
@click.option("--for", "duration", required=True, help="How long: 30m, 4h, 2d.")
@click.option("--why", required=True, help="The reason; it stands beside the job meanwhile.")
@click.option("--yes", is_flag=True, help="Pause without asking.")
@verb
def pause(  # noqa: PLR0913 - each is one option
    place: Place, job: str, duration: str, why: str, *, yes: bool, as_json: bool
) -> None:
    r"""Stop JOB for a time: what is enqueued is kept, and its schedules rest.

    Runs under way end as they began. A schedule's run that is missed does not come later.

    \b
    Examples:
      clarivum pause cache-warming --for 4h --why "INC-42"
      clarivum pause cache-warming --for 30m --why "the site moves" --yes --json

    Exit status: 0 paused, 1 it is paused already, 2 the call is wrong.
    """
    known = place.job(job)
    ask(place, f"pause {job}", yes=yes)
    done = life.pause(place, known, seconds=sending.seconds(duration), why=why)
    if as_json:
        print_json(done)
        return
    click.echo(f"{job}: paused until {done.until}")
    click.echo(f"  its mapping is off after {done.seconds:.0f} s; {done.running} messages in hand")
    for name in done.schedules:
        click.echo(f"  schedule {name} is off")
    click.echo(f"to end it: clarivum resume {job}")


@click.command()
@click.argument("job")
@click.option("--yes", is_flag=True, help="Resume without asking.")
@verb
def resume(place: Place, job: str, *, yes: bool, as_json: bool) -> None:
    r"""Let JOB go on after a pause.

    \b
    Examples:
      clarivum resume cache-warming
      clarivum resume cache-warming --yes --json

    Exit status: 0 it goes on, 1 the manifest pauses it.
    """
    known = place.job(job)
    ask(place, f"resume {job}", yes=yes)
    done = life.resume(place, known)
    if as_json:
        print_json(done)
        return
    click.echo(f"{job}: goes on; its mapping is on after {done.seconds:.0f} s")
    for name in done.schedules:
        click.echo(f"  schedule {name} is on; a run now: clarivum schedule run {job}/{name}")


@click.command()
@click.argument("job", required=False)
@verb
def states(place: Place, job: str | None, *, as_json: bool) -> None:
    r"""Show where every job stands: by the manifest, by a pause, and live.

    What waits is counted by SQS; the age of the oldest and the rate at which messages leave,
    over five minutes, are its metrics, some minutes late.

    \b
    Examples:
      clarivum states
      clarivum states cache-warming --json

    Exit status: 0 all is as it should be, 1 something is not, such as a pause that has run out.
    """
    found = life.states(place, job)
    if as_json:
        print_json(found)
    else:
        rows = (
            (
                one.job,
                one.manifest,
                _until(one),
                one.mapping.state,
                ", ".join(f"{n} {s.lower()}" for n, s in one.schedules.items()) or "-",
                one.queue.all,
                "-" if one.flow.oldest is None else span(one.flow.oldest),
                "-" if one.flow.rate is None else f"{one.flow.rate:g}/min",
                one.letters.all,
            )
            for one in found
        )
        head = (
            *("JOB", "MANIFEST", "PAUSE", "MAPPING", "SCHEDULES"),
            *("WAITING", "OLDEST", "RATE", "DEAD"),
        )
        print_table(head, rows)
        for one in found:
            if one.override:
                click.echo(f"{one.job}: paused by {one.override.by}: {one.override.why}")
            if one.why:
                click.echo(f"{one.job}: {one.manifest} by jobs.yaml: {one.why}")
            if one.finding:
                click.echo(f"{one.job}: {one.finding}")
    sys.exit(REFUSED if any(one.finding for one in found) else 0)


@click.command()
@click.argument("job")
@click.option("--wait", default="0", help="Wait so long until nothing waits: 10m.")
@verb
def drain(place: Place, job: str, wait: str, *, as_json: bool) -> None:
    r"""Show what still waits for JOB: in its queues, and in one-time schedules.

    \b
    Examples:
      clarivum drain cache-warming
      clarivum drain cache-warming --wait 10m --json

    Exit status: 0 nothing waits, 1 something does.
    """
    known = place.job(job)

    def told(rest: ending.Rest) -> None:
        if not as_json:
            _tell(rest)

    rest = ending.drained(place, known, sending.seconds(wait), time.sleep, told)
    if as_json:
        print_json({**{n: getattr(rest, n) for n in rest.__slots__}, "empty": rest.empty})
    sys.exit(0 if rest.empty else REFUSED)


@click.command()
@click.argument("job")
@verb
def retire(place: Place, job: str, *, as_json: bool) -> None:
    r"""Show whether JOB may be retired and removed, and what to do next.

    \b
    Examples:
      clarivum retire cache-warming
      clarivum retire cache-warming --json

    Exit status: 0 it is retired and nothing waits, 1 something is left to do.
    """
    rest = ending.look(place, place.job(job))
    ready = rest.empty and rest.state == "retired"
    if as_json:
        print_json({**{n: getattr(rest, n) for n in rest.__slots__}, "ready": ready})
    else:
        _tell(rest)
        click.echo(f"next: {rest.next}")
    sys.exit(0 if ready else REFUSED)


def _until(state: life.State) -> str:
    """Say when a pause ends: that of people before the manifest's."""
    until = state.override.until if state.override else state.until
    return f"paused until {until}" if until else "-"


def _tell(rest: ending.Rest) -> None:
    queue, letters = rest.queue, rest.letters
    click.echo(
        f"{rest.job} ({rest.state}): {queue.visible} wait, {queue.hidden} in hand, "
        f"{queue.delayed} delayed; {letters.all} dead letters; "
        f"{len(rest.delayed)} one-time schedules"
    )
