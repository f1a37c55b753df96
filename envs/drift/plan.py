"""Terraform's plan as differences: by job, attribute, and both values."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from envs.drift.difference import Cause, Difference
from envs.drift.values import SENSITIVE, UNKNOWN, marks, masked, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NOTHING = ({"no-op"}, {"read"})
_MODULE = re.compile(r"module\.([A-Za-z0-9_-]+)")
_PRESENT, _ABSENT = "there", "not there"
_HAND = "`make deploy` puts it back; what was meant belongs into jobs.yaml or the root"
_PENDING = "deploy it"


def differences(plan: Mapping[str, Any], jobs: Mapping[str, str]) -> Iterator[Difference]:
    """Yield what a plan would change.

    A value that is known after the apply alone depends on something else that changes: it follows,
    unless there is nothing else.

    Args:
        plan: The document of `terraform show -json` for a saved plan.
        jobs: The name of each job by the label of its module.
    """
    found = list(_all(plan, jobs))
    alone = all(each.expected == UNKNOWN for each in found)
    for each in found:
        follows = each.expected == UNKNOWN and not alone
        yield replace(each, cause=Cause.FOLLOWS, remedy="") if follows else each


def _all(plan: Mapping[str, Any], jobs: Mapping[str, str]) -> Iterator[Difference]:
    outside = _outside(plan)
    for resource in plan.get("resource_changes", ()):
        address, change = resource["address"], resource["change"]
        module = _MODULE.match(address)
        job = jobs.get(module[1], "") if module else ""
        if former := resource.get("previous_address"):
            yield Difference(job, address, "", "this address", former, Cause.PENDING, _PENDING)
        actions = set(change["actions"])
        if change.get("importing"):
            yield Difference(job, address, "", "imported", "not known", Cause.PENDING, _PENDING)
        if actions == {"update"}:
            for attribute, before, after in _attributes(change):
                yield _told(job, address, attribute, (before, after), outside)
        elif actions not in _NOTHING:
            yield _whole(job, address, change, outside)
    for name, change in plan.get("output_changes", {}).items():
        if set(change["actions"]) != {"no-op"}:
            before, after = _sides(change)
            yield Difference("", f"output.{name}", "", after, before, Cause.PENDING, _PENDING)


def _outside(plan: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return address and attribute of what changed outside; no attribute for what was removed."""
    found = set()
    for resource in plan.get("resource_drift", ()):
        address, change = resource["address"], resource["change"]
        if set(change["actions"]) == {"delete"}:
            found.add((address, ""))
        else:
            found |= {(address, attribute) for attribute, _, _ in _attributes(change)}
    return found


def _told(
    job: str, address: str, attribute: str, sides: tuple[str, str], outside: set[tuple[str, str]]
) -> Difference:
    by_hand = (address, attribute) in outside
    cause, remedy = (Cause.HAND, _HAND) if by_hand else (Cause.PENDING, _PENDING)
    return Difference(job, address, attribute, sides[1], sides[0], cause, remedy)


def _whole(
    job: str, address: str, change: Mapping[str, Any], outside: set[tuple[str, str]]
) -> Difference:
    """Tell of a resource that would be made, removed, both, or no longer be known."""
    actions = set(change["actions"])
    if actions == {"create"}:
        return _told(job, address, "", (_ABSENT, _PRESENT), outside)
    if actions == {"delete"}:
        return _told(job, address, "", (_PRESENT, _ABSENT), outside)
    if actions == {"forget"}:
        return _told(job, address, "", (_PRESENT, "left to itself"), outside)
    reasons = {str(path[0]) for path in change.get("replace_paths", ()) if path}
    by_hand = {(address, "") for reason in reasons if (address, reason) in outside}
    return _told(job, address, "", ("this one", "another one"), by_hand)


def _attributes(change: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each attribute that changes, with what it is and what it would be."""
    before, after = change.get("before") or {}, change.get("after") or {}
    unknown = change.get("after_unknown") or {}
    for name in sorted(before.keys() | after.keys() | unknown.keys()):
        if before.get(name) != after.get(name) or marks(unknown.get(name)):
            yield name, *_sides(_of(change, name))


def _of(change: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a change of one attribute alone; a mask of a whole covers its parts."""
    return {
        key: part.get(name) if isinstance(part, dict) else part
        for key in ("before", "after", "before_sensitive", "after_sensitive", "after_unknown")
        if (part := change.get(key)) is not None
    }


def _sides(change: Mapping[str, Any]) -> tuple[str, str]:
    """Return both sides as text; what is secret on either is shown on none."""
    before = change.get("before")
    after = masked(change.get("after"), change.get("after_unknown"), UNKNOWN)
    for mask in (change.get("before_sensitive"), change.get("after_sensitive")):
        before, after = masked(before, mask, SENSITIVE), masked(after, mask, SENSITIVE)
    return told(before, after)
