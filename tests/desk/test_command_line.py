"""The one command line: both kinds of verbs, their help, and how mistakes are told."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from envs.cli.main import main
from envs.cli.table import ROWS
from generator.cli import main as generator
from tests.generator.test_imports import ROOT, imports_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def verbs() -> Iterator[tuple[str, click.Command]]:
    """Yield every verb of the desk with its full name, those inside groups as well."""
    for row in ROWS:
        module, _, attribute = row.where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        yield row.name, command
        if isinstance(command, click.Group):
            yield from ((f"{row.name} {name}", one) for name, one in command.commands.items())


def test_help_lists_both_kinds() -> None:
    """Each with a title that says what it needs."""
    told = CliRunner().invoke(main, ["--help"]).output

    for name in (*generator.list_commands(click.Context(generator)), *(row.name for row in ROWS)):
        assert re.search(rf"^  {name} ", told, re.MULTILINE), name
    assert "without network and credentials" in told
    assert "On an environment that runs" in told


def test_the_generator_knows_nothing_of_the_desk() -> None:
    """Nothing that reaches a network is imported by what must do without."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / "generator").rglob("*.py")
        for name in imports_of(path)
        if name.split(".")[0] in {"envs", "boto3", "botocore"}
    ]

    assert wrong == []


@pytest.mark.parametrize(("name", "command"), list(verbs()), ids=lambda value: str(value)[:20])
def test_every_verb_has_examples_a_status_and_json(name: str, command: click.Command) -> None:
    """A help that a person can copy from; groups have examples alone."""
    told = command.help or ""
    result = CliRunner().invoke(main, [*name.split(), "--help"])

    assert result.exit_code == 0, result.output
    assert f"clarivum {name.removesuffix(' list')}" in told
    if not isinstance(command, click.Group) and name != "dev":
        assert "Exit status: 0" in told
        options = {option for parameter in command.params for option in parameter.opts}
        assert {"--json", "--env"} <= options


def test_the_generator_s_verbs_are_the_same_here() -> None:
    """They are joined, not wrapped."""
    result = CliRunner().invoke(main, ["validate"])

    assert result.exit_code == 0
    assert "jobs.yaml: 6 jobs" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["runs", "--env", "prdo"], "error[unknown-environment]"),
        (["states", "--env", "dev"], "error[settings]"),
        (["dlq", "apply", "nowhere.plan", "--env", "dev"], "error[settings]"),
    ],
)
def test_mistakes_are_told_in_words(arguments: list[str], told: str) -> None:
    """Never by a traceback; the call is broken."""
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output
