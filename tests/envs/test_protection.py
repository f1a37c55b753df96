"""An environment is taken down only if AWS would let all of it go."""

from __future__ import annotations

import json
from typing import Any

import pytest

from envs.deploy.protection import protected

KEEP = {"Effect": "Deny", "Principal": "*", "Action": ["sqs:DeleteQueue", "sqs:PurgeQueue"]}
TLS = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*"}
GUARD = {"Effect": "Deny", "Principal": "*", "Action": "sns:DeleteTopic"}


def plan(before: dict[str, Any], *actions: str) -> dict[str, Any]:
    """Return a plan for one resource."""
    change = {"actions": actions or ["delete"], "before": before}
    return {"resource_changes": [{"address": "aws_thing.this", "change": change}]}


def policy(*statements: dict[str, Any]) -> dict[str, str]:
    """Return the values of a resource with a policy."""
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": statements})}


@pytest.mark.parametrize(
    "before", [policy(TLS, KEEP), policy(GUARD), {"deletion_protection_enabled": True}]
)
def test_what_refuses_is_named(before: dict[str, Any]) -> None:
    """Queues and guards by their policies, the table by its setting; where it is kept, nothing."""
    assert protected(plan(before)) == ("aws_thing.this",)
    assert protected(plan(before, "update")) == ()


@pytest.mark.parametrize(
    "before",
    [
        {},
        {"policy": None},
        {"policy": ""},
        policy(TLS),
        policy({**KEEP, "Effect": "Allow"}),
        {"deletion_protection_enabled": False},
    ],
)
def test_what_lets_itself_be_removed_is_not(before: dict[str, Any]) -> None:
    """A policy that says other things protects nothing."""
    assert protected(plan(before)) == ()
