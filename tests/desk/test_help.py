"""What `--help` of the verbs looks like."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from envs.cli.main import main
from tests.desk.test_command_line import verbs


@pytest.mark.parametrize("verb", [name for name, _ in verbs()])
def test_each_example_is_a_line_of_its_own(verb: str) -> None:
    """To be copied; click would run them together."""
    shown = CliRunner().invoke(main, [*verb.split(), "--help"]).output

    assert "\\b" not in shown
    assert "\n  Examples:\n    clarivum " in shown
    assert not any(line.count(" clarivum ") > 1 for line in shown.splitlines())
