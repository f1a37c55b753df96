"""`clarivum VERB`: both kinds of verbs under one name.

The generator's own command line stays as it is, `python -m generator`, without network and
without credentials; here it is joined, never changed. Exit status of every verb: 0 fine, 1 it
differs or was refused, 2 the call is broken.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from envs.cli.table import ROWS
from generator.cli import main as generator

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = {row.name: row for row in ROWS}


class Verbs(click.Group):
    """The generator's verbs, and those of the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every verb's name."""
        return [*generator.list_commands(ctx), *_ROWS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one verb; its room is loaded now."""
        row = _ROWS.get(cmd_name)
        if row is None:
            return generator.get_command(ctx, cmd_name)
        _find_library(Path.cwd())
        module, _, attribute = row.where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        _keep_examples(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List both kinds."""
        built: list[tuple[str, str]] = []
        for name in generator.list_commands(ctx):
            command = generator.get_command(ctx, name)
            built.append((name, command.get_short_help_str() if command else ""))
        self._section(formatter, "From jobs.yaml, without network and credentials", built)
        acting = [(row.name, row.told) for row in ROWS]
        self._section(formatter, "On an environment that runs (--env, local unless given)", acting)

    def _section(
        self, formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]
    ) -> None:
        with formatter.section(title):
            formatter.write_dl(list(rows))


def _keep_examples(command: click.Command) -> None:
    """Let help show examples line by line: a raw docstring spells click's sign for that."""
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _keep_examples(inner)


def _find_library(root: Path) -> None:
    """Let the jobs' library, payloads and handlers be imported, as a worker imports them."""
    for folder in (root / "lambdas", root):
        if folder.is_dir() and str(folder) not in sys.path:
            sys.path.insert(0, str(folder))


@click.group(
    cls=Verbs,
    params=generator.params,
    context_settings={"help_option_names": ["-h", "--help"]},
)
def main() -> None:
    """One jobs.yaml: what is made from it, and what runs of it."""
