"""What `--help` of the verbs looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from envs.cli.main import main
from envs.cli.table import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator


def verbs() -> Iterator[list[str]]:
    """Yield every verb, and those of its group."""
    for row in ROWS:
        yield [row.name]
        command = main.get_command(click.Context(main), row.name)
        if isinstance(command, click.Group):
            yield from ([row.name, name] for name in command.commands)


@pytest.mark.parametrize("verb", list(verbs()), ids=" ".join)
def test_each_example_is_a_line_of_its_own(verb: list[str]) -> None:
    """To be copied; click would run them together."""
    shown = CliRunner().invoke(main, [*verb, "--help"]).output

    assert "\\b" not in shown
    assert "\n  Examples:\n    clarivum " in shown
    assert not any(line.count(" clarivum ") > 1 for line in shown.splitlines())
