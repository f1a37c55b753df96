"""Bringing the demo up: what is tried again, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from rich.console import Console

from envs.deploy.terraform import TerraformError
from envs.local.demo import stack
from envs.local.demo.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

TWICE = (
    "Error: creating IAM Role (x): operation error IAM: CreateRole, https response error "
    "StatusCode: 409, RequestID: 1, EntityAlreadyExists: Role with name x already exists."
)
GROUP = (
    "Error: creating CloudWatch Logs Log Group (x): operation error CloudWatch Logs: "
    "CreateLogGroup, https response error StatusCode: 400, RequestID: 1, "
    "ResourceAlreadyExistsException: The specified log group already exists: x"
)
OTHER = "Error: creating SQS Queue (x): StatusCode: 400, InvalidParameterValue"


def test_only_a_repeated_creation_is_told_apart() -> None:
    """One other error beside it, and the apply has simply failed, with Terraform's words."""
    repeated = stack.failure("apply-local", f"plan\n{TWICE}\n{GROUP}\n")
    mixed = stack.failure("apply-local", f"{TWICE}\n{OTHER}\n")

    assert type(repeated) is stack.RepeatedCreationError
    assert type(mixed) is stack.StackError
    assert "InvalidParameterValue" in str(mixed)


def _failing(monkeypatch: pytest.MonkeyPatch, *outcomes: object) -> tuple[list[object], Progress]:
    left = list(outcomes)

    def attempt(_root: Path, _progress: Progress) -> object:
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(stack, "from_nothing", attempt)
    return left, Progress(Console(quiet=True))


def test_a_repeated_creation_is_tried_once_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The second try's stack is what the demo goes on with."""
    up = cast("Any", object())
    left, progress = _failing(monkeypatch, stack.RepeatedCreationError("x\ny"), up)

    assert stack.bring_up(tmp_path, progress) is up
    assert left == []


def test_it_is_tried_no_third_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What happens twice in a row is no accident, and other failures are none at all."""
    twice = stack.RepeatedCreationError("x\ny")
    left, progress = _failing(monkeypatch, twice, twice, "never")
    with pytest.raises(stack.RepeatedCreationError):
        stack.bring_up(tmp_path, progress)

    assert left == ["never"]

    left, progress = _failing(monkeypatch, stack.StackError("x"), "never")
    with pytest.raises(stack.StackError):
        stack.bring_up(tmp_path, progress)

    assert left == ["never"]


def test_without_terraform_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The message comes before the emulator is installed, and names what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(stack, "take_down", lambda _root: pytest.fail("something was touched"))

    with pytest.raises(TerraformError, match="install Terraform"):
        stack.bring_up(tmp_path, Progress(Console(quiet=True)))
