"""`clarivum dlq`: dead letters by kind, a plan for them, its execution, and the log of that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from envs.desk import applying, audit, groups, planning, plans
from envs.desk.commands.changes import patch_of, sets_of
from envs.desk.commands.common import REFUSED, ask, clip, print_json, print_table, verb
from envs.desk.commands.reading import since_iso
from envs.desk.edits import Edit
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from envs.desk.place import Place
    from envs.desk.plans import Plan, Planned


class _Letters(click.Group):
    """`dlq` alone, or with a job's name, lists: what is no verb of its own is a job."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; `list` where none is named."""
        if not args or args[0] not in self.commands:
            args = ["list", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let `dlq` and `dlq --json` list, and `dlq --help` explain."""
        if not args or (args[0].startswith("-") and args[0] not in {"--help", "-h"}):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Letters)
def dlq() -> None:
    r"""Dead letters: list them by kind, plan what becomes of them, apply it, see who did what.

    \b
    Examples:
      clarivum dlq
      clarivum dlq cache-warming --since 4h
      clarivum dlq plan cache-warming --group a91f3c20 --replay --why "provider is back" -o fix.plan
      clarivum dlq apply fix.plan
      clarivum dlq log
    """


@dlq.command("list")
@click.argument("job", required=False)
@click.option("--since", default="", help="Only what died within: 30m, 4h, 2d.")
@click.option("--code", default="", help="Only what died of this error.")
@verb
def list_(place: Place, job: str | None, since: str, code: str, *, as_json: bool) -> None:
    r"""List dead letters by kind, of JOB or of all; from the records, so no letter is touched.

    \b
    Examples:
      clarivum dlq
      clarivum dlq list cache-warming --code ConnectionError --json

    Exit status: 0.
    """
    found = groups.desks(place, job, since=since_iso(since), code=code)
    if as_json:
        print_json(
            [
                {
                    "job": one.job,
                    "groups": [{**_slots(group)} for group in one.groups],
                    "queue": _slots(one.queue),
                    "recorded": one.recorded,
                    "untold": one.untold,
                }
                for one in found
            ]
        )
        return
    every = [group for one in found for group in one.groups]
    if every:
        rows = (
            (g.fingerprint, g.job, g.count, g.last[:19], g.expires[:10], g.code, clip(g.reason))
            for g in every
        )
        print_table(("GROUP", "JOB", "COUNT", "LAST (UTC)", "EXPIRES", "CODE", "REASON"), rows)
    for one in found:
        if not (since or code) and one.untold:
            click.echo(
                f"{one.job}: {one.untold} more in the queue that no record tells of; "
                f"`clarivum dlq plan {one.job} ...` looks at them"
            )
    if not every and not any(one.untold for one in found):
        click.echo("no dead letters")


def _slots(value: Any) -> dict[str, Any]:  # noqa: ANN401 - a dataclass with slots
    return {name: getattr(value, name) for name in value.__slots__}


@dlq.command("plan")
@click.argument("job")
@click.option("--replay", "action", flag_value="replay", help="Send them to their queue again.")
@click.option("--discard", "action", flag_value="discard", help="Remove them for good.")
@click.option("--why", required=True, help="The reason; it stands in the log.")
@click.option("--group", "kinds", multiple=True, help="Only letters of this group; repeatable.")
@click.option("--id", "ids", multiple=True, help="Only this enqueue or letter; repeatable.")
@click.option("--code", default="", help="Only letters that died of this error.")
@click.option(
    "--version", type=click.IntRange(0), default=0, help="Only letters of this contract version."
)
@click.option("--set", "sets", multiple=True, metavar="NAME=VALUE", help="Change a property.")
@click.option("--patch", type=click.Path(path_type=Path), help="Properties to change, as JSON.")
@click.option("--transform", default="", metavar="MODULE:FUNCTION", help="Change it by a function.")
@click.option("--upcast", is_flag=True, help="Write it in the contract's current version.")
@click.option("--force", is_flag=True, help="Do done work again.")
@click.option("--rate", default=0.0, help="Letters a second; else what the job's workers can do.")
@click.option(
    "--stop-after",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="Stop after so many new deaths; 0 for never.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, planning.MOST),
    default=planning.MOST,
    show_default=True,
    help="Letters at most.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where the plan goes.")
@verb
def plan_(  # noqa: PLR0913 - each is one option
    place: Place,
    *,
    job: str,
    action: str | None,
    why: str,
    kinds: tuple[str, ...],
    ids: tuple[str, ...],
    code: str,
    version: int,
    sets: tuple[str, ...],
    patch: Path | None,
    transform: str,
    rate: float,
    stop_after: int,
    limit: int,
    output: Path | None,
    upcast: bool,
    force: bool,
    as_json: bool,
) -> None:
    r"""Say what would become of which letters, and write that into a file; nothing is changed.

    Letters that come later are in no plan: message ids are frozen, not the question.

    \b
    Examples:
      clarivum dlq plan cache-warming --replay --why "the site is back" -o fix.plan
      clarivum dlq plan cache-warming --discard --code hopeless --why "test data"
      clarivum dlq plan cache-warming --replay --set section=home --why "wrong section"
      clarivum dlq plan cache-warming --replay --upcast --why "old version"

    Exit status: 0 a plan was written, 1 no letter is meant, 2 the call is wrong.
    """
    if action not in {"replay", "discard"}:
        message = "say what becomes of them"
        raise DeskError(message, rule="no-action", hint="--replay or --discard")
    if action == "discard" and (sets or patch or transform or upcast or force):
        message = "what is discarded is not changed"
        raise DeskError(message, rule="no-action", hint="--replay")
    wish = planning.Wish(
        job=job,
        action="replay" if action == "replay" else "discard",
        why=why,
        groups=frozenset(kinds),
        code=code,
        version=version,
        ids=frozenset(ids),
        edit=Edit({**patch_of(patch), **sets_of(place, job, sets)}, transform, upcast),
        force=force,
        rate=rate,
        stop_after=stop_after,
        most=limit,
    )
    plan = planning.make(place, wish)
    if not plan.letters:
        message = f"no letter of {job} is meant"
        raise DeskError(message, rule="nothing-meant", hint=f"clarivum dlq {job}", status=REFUSED)
    path = output or Path(f"{job}-{plan.id}.plan")
    plans.write(plan, path)
    if as_json:
        print_json({**plan.as_data(), "file": str(path)})
        return
    _tell(plan)
    click.echo(f"nothing was changed; the plan is good for an hour: clarivum dlq apply {path}")


def _tell(plan: Plan) -> None:
    parts = ", ".join(f"{number} {verdict}" for verdict, number in plan.verdicts.items())
    click.echo(f"{len(plan.letters)} letters of {plan.job}: {parts}")
    for verdict, told in sorted({(one.verdict, one.told) for one in plan.letters if one.told}):
        click.echo(f"  {verdict}: {clip(told, 110)}")
    click.echo(f"{plan.rate:g} a second: {plan.seconds:.0f} s")
    if not plan.complete:
        click.echo("the look ended before the queue did: there are more letters than these")


@dlq.command("apply")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Apply without asking.")
@verb
def apply_(place: Place, plan: Path, *, yes: bool, as_json: bool) -> None:
    r"""Carry a plan out; ended at any point, it can be run again, and nothing is done twice.

    \b
    Examples:
      clarivum dlq apply fix.plan
      clarivum dlq apply fix.plan --yes --json

    Exit status: 0 every letter moved, 1 some were left, 2 the plan is too old or no plan.
    """
    read = plans.read(plan)
    ask(place, f"{read.action} {len(read.moving)} letters of {read.job}", yes=yes)

    def told(one: Planned, what: str) -> None:
        if not as_json:
            click.echo(f"  {one.message_id}  {one.job_id or '-'}  {what}")

    report = applying.apply(place, read, told)
    if as_json:
        print_json({**vars(report), "whole": report.whole})
    else:
        counts = ", ".join(f"{number} {what}" for what, number in sorted(report.counts.items()))
        click.echo(counts or "nothing to do")
        for name, why in report.refused.items():
            click.echo(f"  left {name}: {why}")
        if report.stopped:
            click.echo(f"stopped: {report.stopped}")
    raise SystemExit(0 if report.whole else REFUSED)


@dlq.command("log")
@click.argument("job", required=False)
@verb
def log_(place: Place, job: str | None, *, as_json: bool) -> None:
    r"""Show which plans were carried out: who, when, why, and how many letters.

    \b
    Examples:
      clarivum dlq log
      clarivum dlq log cache-warming --json

    Exit status: 0.
    """
    found = list(audit.actions(place, job))
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("nothing was done yet")
        return
    rows = (
        (a.began[:19], a.job, a.plan, a.action, a.state, a.counts or "-", a.by, clip(a.why))
        for a in found
    )
    print_table(("BEGAN (UTC)", "JOB", "PLAN", "ACTION", "STATE", "LETTERS", "BY", "WHY"), rows)
