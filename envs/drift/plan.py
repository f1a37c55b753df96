"""Terraform's plan as differences: by job, attribute, and both values."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from envs.drift.difference import Cause, Difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NOTHING = ({"no-op"}, {"read"})
_MODULE = re.compile(r"module\.([A-Za-z0-9_-]+)")
_LONGEST = 200
_HAND = "`make deploy` puts it back; what was meant belongs into jobs.yaml or the root"
_PENDING = "deploy it"


def differences(plan: Mapping[str, Any], jobs: Mapping[str, str]) -> Iterator[Difference]:
    """Yield what a plan would change.

    Args:
        plan: The document of `terraform show -json` for a saved plan.
        jobs: The name of each job by the label of its module.
    """
    outside = {
        (resource["address"], attribute)
        for resource in plan.get("resource_drift", ())
        for attribute, _, _ in _attributes(resource["change"])
    }
    for resource in plan.get("resource_changes", ()):
        address, change = resource["address"], resource["change"]
        actions = set(change["actions"])
        if actions in _NOTHING:
            continue
        module = _MODULE.match(address)
        job = jobs.get(module[1], "") if module else ""
        if actions != {"update"}:
            yield _whole(job, address, actions)
            continue
        for attribute, before, after in _attributes(change):
            by_hand = (address, attribute) in outside
            cause = Cause.HAND if by_hand else Cause.PENDING
            remedy = _HAND if by_hand else _PENDING
            yield Difference(job, address, attribute, after, before, cause, remedy)
    for name, change in plan.get("output_changes", {}).items():
        if set(change["actions"]) != {"no-op"}:
            before, after = _value(change, "before", None), _value(change, "after", None)
            yield Difference("", f"output.{name}", "", after, before, Cause.PENDING, _PENDING)


def _whole(job: str, address: str, actions: set[str]) -> Difference:
    """Tell of a resource that would be made, removed, or both."""
    if actions == {"create"}:
        return Difference(job, address, "", "there", "not there", Cause.PENDING, _PENDING)
    if actions == {"delete"}:
        return Difference(job, address, "", "not there", "there", Cause.PENDING, _PENDING)
    return Difference(job, address, "", "another one", "this one", Cause.PENDING, _PENDING)


def _attributes(change: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each attribute that changes, with what it is and what it would be."""
    before, after = change.get("before") or {}, change.get("after") or {}
    unknown = change.get("after_unknown") or {}
    for name in sorted(before.keys() | after.keys() | unknown.keys()):
        if before.get(name) != after.get(name) or unknown.get(name):
            yield name, _value(change, "before", name), _value(change, "after", name)


def _value(change: Mapping[str, Any], side: str, name: str | None) -> str:
    """Return one side of a change as text; what is secret is not shown."""
    sensitive, unknown = change.get(f"{side}_sensitive"), change.get("after_unknown")
    value = change.get(side)
    if name is not None:
        sensitive = sensitive.get(name) if isinstance(sensitive, dict) else sensitive
        unknown = unknown.get(name) if isinstance(unknown, dict) else unknown
        value = (value or {}).get(name)
    if sensitive:
        return "(sensitive)"
    if side == "after" and unknown:
        return "(known after apply)"
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."
