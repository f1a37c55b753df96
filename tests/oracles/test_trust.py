"""Whom a role trusts fits into IAM, whichever module makes the role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from envs.deploy.terraform import TerraformError
from tests.oracles.rendered import ACCOUNT, render_module
from tests.oracles.roles import NAMES, PERSON, PRODUCER

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.terraform


@pytest.mark.parametrize("name", ["deployer", "producer"])
def test_no_role_trusts_more_than_iam_takes(name: str, tmp_path: Path) -> None:
    """What the trust module refuses, each module refuses that makes a role with it."""
    many = {"principals": [f"arn:aws:iam::{ACCOUNT}:role/on-call-{n}" for n in range(60)]}
    variables: dict[str, dict[str, Any]] = {
        "deployer": {**NAMES, "trust": {"plan": PERSON, "apply": many}},
        "producer": {**PRODUCER, "trust": many},
    }

    with pytest.raises(TerraformError) as error:
        render_module(tmp_path, name, variables[name])

    assert "Trust fewer: IAM takes 2048 characters" in error.value.output
