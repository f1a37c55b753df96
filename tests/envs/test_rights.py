"""What the verbs of people and deployments call, their roles allow; the code names each call.

Terraform's own calls are not among them.
"""

from __future__ import annotations

import ast
import functools
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import botocore.session
import pytest
from botocore import xform_name

from tests.modules.inventory import Inventory
from tests.modules.readme import MODULES
from tests.oracles.action_names import OTHERWISE
from tests.oracles.linter import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

ENVS = MODULES.parent / "envs"
SERVICES = {
    **{name: name for name in ("dynamodb", "lambda", "logs", "s3", "scheduler", "secretsmanager")},
    **{name: name for name in ("sns", "sqs", "ssm", "sts")},
    "sesv2": "ses",
}
"""Services that the verbs talk to, with the names that policies give them."""

FREE = {"sts:GetCallerIdentity"}
"""What nobody has to be allowed."""


@functools.cache
def operations() -> dict[str, set[str]]:
    """Return actions by the name that a client's method has in Python."""
    session, found = botocore.session.get_session(), defaultdict(set)
    for service, prefix in SERVICES.items():
        for operation in session.get_service_model(service).operation_names:
            action = f"{prefix}:{operation}"
            found[xform_name(operation)].add(OTHERWISE.get(action, action))
    return found


def called(package: str) -> dict[str, set[str]]:
    """Return where each call stands in a package, by the actions that it may mean."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted((ENVS / package).rglob("*.py")):
        for name in _methods(ast.parse(file.read_text(encoding="utf-8"))):
            for action in operations().get(name, ()):
                found[action].add(f"{file.relative_to(ENVS)}: {name}")
    return found


def _methods(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        first = node.args[0] if node.args else None
        if node.func.attr == "get_paginator" and isinstance(first, ast.Constant):
            yield str(first.value)
        elif "_" in node.func.attr:
            yield node.func.attr


def allowed(module: str, role: str) -> set[str]:
    """Return the actions that a role's policies allow."""
    policies = Inventory(MODULES, isolated=False).of(module)["aws_iam_role_policy.this"]
    return {
        action
        for key, policy in policies.items()
        if key.startswith(f"{role}.")
        for statement in policy["policy"]["Statement"]
        for action in listed(statement, "Action")
    }


@pytest.mark.parametrize(
    ("package", "module", "role", "at_least"),
    [
        ("doctor", "operator", "read", 8),
        ("desk", "operator", "act", 12),
        ("deploy", "deployer", "apply", 10),
    ],
)
def test_every_call_is_allowed(package: str, module: str, role: str, at_least: int) -> None:
    """A method that two services have may be either: one of them has to be allowed."""
    rights, found = allowed(module, role) | FREE, called(package)
    missing = {
        place: sorted(actions)
        for place, actions in _by_place(found).items()
        if not actions & rights
    }

    assert missing == {}
    assert len(_by_place(found)) >= at_least


def _by_place(found: dict[str, set[str]]) -> dict[str, set[str]]:
    places: dict[str, set[str]] = defaultdict(set)
    for action, at in found.items():
        for place in at:
            places[place].add(action)
    return places


def test_who_looks_and_who_acts_differ_by_what_changes_something() -> None:
    """All that the act role has more is used by some verb of the desk, or by the library in it."""
    more = allowed("operator", "act") - allowed("operator", "read")
    by_the_library = {"scheduler:CreateSchedule", "scheduler:DeleteSchedule", "iam:PassRole"}

    assert more - by_the_library <= called("desk").keys()


def test_the_list_of_calls_is_no_guess() -> None:
    """Names are found as methods and as paginators, and only where they are called."""
    source = "c.get_queue_url(Q=1)\nc.get_paginator('list_schedules')\nname = c.send_message\n"

    assert set(_methods(ast.parse(source))) == {"get_queue_url", "list_schedules"}
    assert operations()["list_objects_v2"] == {"s3:ListBucket"}
    assert Path(ENVS, "desk").is_dir()
