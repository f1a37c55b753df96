"""How Terraform is run, with a program in its place that tells how it was called."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from envs.deploy.provider import Lookup
from envs.deploy.terraform import Terraform, TerraformError, environment

if TYPE_CHECKING:
    from pathlib import Path


def fake(directory: Path, script: str) -> dict[str, str]:
    """Put a `terraform` on a PATH of its own, and return that environment."""
    program = directory / "bin" / "terraform"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {"PATH": str(program.parent)}


def terraform(root: Path, script: str, lines: list[str] | None = None) -> Terraform:
    """Return a runner for `root` with a program in Terraform's place."""
    shown = [] if lines is None else lines
    environ = fake(root, script)
    online = Lookup(environ=environ, home=root, root=root, online=lambda: True)
    return Terraform(root, environ=environ, on_line=shown.append, lookup=online)


def test_a_configuration_file_that_does_not_exist_is_left_out(tmp_path: Path) -> None:
    """Terraform would warn at every command."""
    assert "TF_CLI_CONFIG_FILE" not in environment({"TF_CLI_CONFIG_FILE": str(tmp_path / "no")})


def test_a_configuration_file_that_exists_is_kept(tmp_path: Path) -> None:
    """The person's own configuration is honoured."""
    config = tmp_path / "terraform.rc"
    config.touch()

    assert environment({"TF_CLI_CONFIG_FILE": str(config)})["TF_CLI_CONFIG_FILE"] == str(config)


def test_lines_are_handed_on_as_they_come(tmp_path: Path) -> None:
    """The caller shows progress."""
    lines: list[str] = []
    terraform(tmp_path, 'echo "$@"; echo made', lines).apply()

    assert lines == [
        f"-chdir={tmp_path} apply -no-color -parallelism=60 -auto-approve",
        "made",
    ]


def test_a_failure_carries_what_was_printed(tmp_path: Path) -> None:
    """The message is the command's own output, its errors included."""
    with pytest.raises(TerraformError, match="no such resource") as caught:
        terraform(tmp_path, "echo 'no such resource' >&2; exit 1").validate()

    assert caught.value.output == "no such resource\n"


@pytest.mark.parametrize(("code", "changes"), [(0, False), (2, True)])
def test_a_plan_says_whether_anything_would_change(
    tmp_path: Path, code: int, *, changes: bool
) -> None:
    """Terraform's exit code 2 is an answer, not a failure."""
    assert terraform(tmp_path, f"exit {code}").plan() is changes


def test_a_backend_is_settled_at_init(tmp_path: Path) -> None:
    """What the backend block leaves open is given as arguments."""
    lines: list[str] = []
    terraform(tmp_path, 'echo "$@"', lines).init({"bucket": "state"})

    assert lines == [f"-chdir={tmp_path} init -no-color -reconfigure -backend-config=bucket=state"]


def test_outputs_come_as_plain_values(tmp_path: Path) -> None:
    """Warnings beside the document do not disturb it."""
    document = json.dumps({"bucket": {"value": "site", "type": "string", "sensitive": False}})

    assert terraform(tmp_path, f"echo warning >&2; echo '{document}'").outputs() == {
        "bucket": "site"
    }


def test_a_missing_command_is_told(tmp_path: Path) -> None:
    """Without Terraform the message says what to install."""
    with pytest.raises(TerraformError, match=r"install Terraform 1\.10 or newer"):
        Terraform(tmp_path, environ={"PATH": str(tmp_path)}).validate()
