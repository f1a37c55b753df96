"""The demo's result, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from envs.local.demo.rows import Row
    from envs.local.demo.stack import Stack

_COLUMNS = ("outcome", "attempts", "effect", "dead letter and alarm")


def show(console: Console, rows: Iterable[Row]) -> None:
    """Print one line for each thing that was sent, then what went wrong."""
    known = list(rows)
    table = Table(show_lines=True)
    table.add_column("")
    table.add_column("job, and what was sent", overflow="fold")
    for column in _COLUMNS:
        table.add_column(column, overflow="fold")
    for row in known:
        mark = "[red]✗[/red]" if row.problems else "[green]✓[/green]"
        sent = f"{escape(row.job)}\n[dim]{escape(row.case)}[/dim]"
        end = "\n".join(filter(None, (row.reason, row.alarm)))
        table.add_row(mark, sent, *map(escape, (row.outcome, row.attempts, row.effect, end)))
    console.print(table)
    for row in known:
        for problem in row.problems:
            text = escape(f"{row.job} ({row.case}): {problem}")
            console.print(f"[red]✗[/red] {text}", highlight=False)


def show_how_to_look_around(console: Console, stack: Stack) -> None:
    """Print what to type while it is left running."""
    endpoint = stack.aws.endpoint
    lines = (
        "It keeps running; `make demo-stop` ends it. To look around:",
        "",
        "  .venv/bin/clarivum runs        # what became of each; `show ID` has all of one",
        "  .venv/bin/clarivum dlq         # what died, and of what",
        "  .venv/bin/clarivum logs        # what the workers said",
        "  .venv/bin/clarivum states      # queues, schedules, pauses",
        "  make console                   # all of it in a browser",
        "",
        "And as the emulator and the site tell it, in a browser:",
        "",
        f"  {endpoint}/_ministack/ses/messages    mails",
        f"  {endpoint}/_ministack/sqs/messages    what lies in every queue",
        f"  {stack.site}/_hits                    who asked the site for what",
    )
    console.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)
