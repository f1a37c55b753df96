"""`clarivum send`: enqueue one message by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from envs.desk import sending
from envs.desk.commands.common import print_json, verb

if TYPE_CHECKING:
    from envs.desk.place import Place


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("job")
@click.argument("properties", nargs=-1, type=click.UNPROCESSED)
@click.option("--data", default="", help="The payload as JSON, or @FILE.")
@click.option("--delay", default="0", help="When it may begin: 90s, 10m, 4h, up to 366d.")
@click.option("--key", default="", help="Name of this piece of work, instead of its key fields.")
@click.option("--dry-run", is_flag=True, help="Validate and show; send nothing.")
@verb
def send(  # noqa: PLR0913 - each is one option
    place: Place,
    *,
    job: str,
    properties: tuple[str, ...],
    data: str,
    delay: str,
    key: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    r"""Enqueue one message of JOB, validated as every producer's is.

    Each property of the payload is an option of its name.

    \b
    Examples:
      clarivum send cache-warming --section home --run by-hand
      clarivum send email-fulfillment --data @mail.json --delay 10m
      clarivum send sitemap-regeneration --revision r1 --dry-run

    Exit status: 0 sent, 1 the job takes nothing new, 2 the payload does not fit or the queue did
    not take it.
    """
    known = place.job(job)
    payload = sending.document(known, data, properties)
    sent = sending.send(
        place, known, payload, sending.How(sending.seconds(delay), key, dry_run=dry_run)
    )
    if as_json:
        print_json(sent)
        return
    if dry_run:
        click.echo(f"{job}: valid; nothing was sent")
    else:
        click.echo(f"{job}: sent as {sent.job_id}")
    for name, value in sent.payload.items():
        click.echo(f"  {name}: {value}")
    click.echo(f"  key {sent.key}")
    if sent.schedule:
        click.echo(f"  waits as the one-time schedule {sent.schedule}")
    if sent.job_id:
        click.echo(f"what became of it: clarivum show {sent.job_id}")
