"""What of an environment refuses to be taken down, read from a plan that would do it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DELETIONS = frozenset({"sqs:DeleteQueue", "sns:DeleteTopic"})


def protected(plan: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses of what AWS would refuse to delete.

    A table by its own setting, queues and guards by their policies.

    Args:
        plan: The document of `terraform show -json` for a saved plan.
    """
    return tuple(
        resource["address"]
        for resource in plan.get("resource_changes", ())
        if "delete" in resource["change"]["actions"]
        and _refuses(resource["change"]["before"] or {})
    )


def _refuses(values: Mapping[str, Any]) -> bool:
    return bool(values.get("deletion_protection_enabled")) or any(
        statement.get("Effect") == "Deny" and not _DELETIONS.isdisjoint(_listed(statement))
        for statement in _statements(values.get("policy"))
    )


def _statements(policy: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(policy, str) and policy:
        yield from json.loads(policy).get("Statement", ())


def _listed(statement: Mapping[str, Any]) -> Iterable[str]:
    actions = statement.get("Action", ())
    return (actions,) if isinstance(actions, str) else actions
