"""A key and a network of the environment's own: each role can use them, and none without need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.modules.inventory import ACCOUNT, KEY, REGION, Inventory
from tests.modules.readme import MODULES
from tests.oracles.documents import IDENTITY, Document
from tests.oracles.evaluator import Request, allows
from tests.oracles.linter import faults, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

FOREIGN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/another"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:clarivum-test-thumbnails"
KEY_NEEDED = {
    "worker": {"Decrypt", "GenerateDataKey"},
    "schedule": {"Decrypt", "GenerateDataKey"},
    "delayed": {"Decrypt", "GenerateDataKey"},
    "services": {"Decrypt", "GenerateDataKey"},
    "producer": {"Decrypt", "GenerateDataKey"},
    "read": {"Decrypt"},
    "act": {"Decrypt", "GenerateDataKey"},
    "plan": {"Decrypt", "DescribeKey"},
    "apply": {"Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "CreateGrant"},
    "boundary": {"Decrypt", "GenerateDataKey"},
}
"""What AWS asks of each: SQS of who sends and receives, DynamoDB of who reads and writes, Lambda of
a function's role and of who reads or writes its variables, Secrets Manager of who makes a secret.
"""

MEANT = {
    "knows resources, and is allowed on every one": (
        "Lambda refuses a role that may not delete any interface; it makes them, under any name"
    ),
    "knows no lambda:SourceFunctionArn": "Lambda adds it to what a function's code asks for",
}
"""What the list of AWS's actions says against it, and why it is so; Lambda developer guide, VPC."""


def policies(inventory: Inventory) -> dict[str, dict[str, Any]]:
    """Return all that each role may do, as one policy."""
    job, platform = inventory.of("job"), inventory.of("platform")
    (schedule,) = job["module.schedule"]
    many: dict[str, list[Any]] = {
        role.partition(".")[0]: []
        for module in ("operator", "deployer")
        for role in inventory.of(module)["aws_iam_role_policy.this"]
    }
    for module in ("operator", "deployer"):
        for role, policy in inventory.of(module)["aws_iam_role_policy.this"].items():
            many[role.partition(".")[0]] += policy["policy"]["Statement"]
    alone = {
        "worker": job["module.worker"]["aws_iam_role_policy.this"]["policy"],
        "schedule": schedule["aws_iam_role_policy.this"]["policy"],
        "delayed": platform["aws_iam_role_policy.delayed"]["policy"],
        "services": platform["outputs"]["producer"]["policy"],
        "producer": inventory.of("producer")["aws_iam_role_policy.this"]["policy"],
        "boundary": inventory.of("deployer")["aws_iam_policy.boundary"]["policy"],
    }
    plain = {name: json.loads(p) if isinstance(p, str) else p for name, p in alone.items()}
    return {**plain, **{name: {"Statement": found} for name, found in many.items()}}


ISOLATED, OPEN = (policies(Inventory(MODULES, isolated=isolated)) for isolated in (True, False))


@pytest.mark.parametrize("role", KEY_NEEDED)
def test_each_role_may_use_the_key_as_far_as_it_must(role: str) -> None:
    """This key alone, and no more of it; lending it is for AWS's own services."""
    context = {"kms:GrantIsForAWSResource": ["true"]}
    actions = set().union(*KEY_NEEDED.values()) | {"PutKeyPolicy", "ScheduleKeyDeletion"}

    def may(action: str, key: str, **more: list[str]) -> bool:
        return allows(ISOLATED[role], Request(f"kms:{action}", key, {**context, **more}))

    assert {action for action in actions if may(action, KEY)} == KEY_NEEDED[role]
    assert not any(may(action, FOREIGN) for action in actions)
    assert not allows(ISOLATED[role], Request("kms:CreateGrant", KEY))


def test_lambda_makes_interfaces_and_the_functions_code_does_not() -> None:
    """Only a request of the code carries the function's ARN; the boundary lets both through."""
    for action in ("CreateNetworkInterface", "DeleteNetworkInterface", "DescribeSubnets"):
        asked = f"ec2:{action}"
        own = {"lambda:SourceFunctionArn": [FUNCTION]}
        assert allows(ISOLATED["worker"], Request(asked, "*"))
        assert not allows(ISOLATED["worker"], Request(asked, "*", own))
        assert allows(ISOLATED["boundary"], Request(asked, "*"))
    assert not allows(ISOLATED["worker"], Request("ec2:RunInstances", "*"))
    assert allows(ISOLATED["apply"], Request("ec2:DescribeVpcs", "*"))
    assert not allows(ISOLATED["plan"], Request("ec2:DescribeVpcs", "*"))


@pytest.mark.parametrize("role", KEY_NEEDED)
def test_without_them_nobody_has_such_a_right(role: str) -> None:
    """Off means off."""
    text = json.dumps(OPEN[role])

    assert "kms:" not in text
    assert "ec2:" not in text
    assert "kms:" in json.dumps(ISOLATED[role])


def test_aws_understands_what_is_said_of_them() -> None:
    """Actions, resources and condition keys exist, and belong together."""
    found = {
        fault.partition(": ")[2]
        for role, policy in ISOLATED.items()
        for fault in faults(Document(role, IDENTITY, tuple(_of_key_and_network(policy))))
    }

    assert {fault for fault in found if not fault.endswith(tuple(MEANT))} == set()
    assert all(any(fault.endswith(end) for fault in found) for end in MEANT)


def _of_key_and_network(policy: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for statement in policy["Statement"]:
        if any(action.startswith(("kms:", "ec2:")) for action in listed(statement, "Action")):
            yield statement
