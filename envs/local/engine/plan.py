"""What a plan would change, less what the list of quirks explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from envs.drift.values import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from envs.local.engine.quirks import Quirk

_NOTHING = ({"no-op"}, {"read"})


@dataclass(frozen=True)
class Change:
    """One thing a plan would do.

    Attributes:
        address: The resource, or `output.<name>`.
        actions: Terraform's words for it, such as `update` or `delete, create`.
        attribute: The attribute that changes; "" when the whole resource does.
        before: What the attribute was read as.
    """

    address: str
    actions: str
    attribute: str = ""
    before: object = None

    def __str__(self) -> str:
        """Return it as one line for people."""
        return f"{self.address}: {self.actions} {self.attribute}".rstrip()


def changes(plan: Mapping[str, Any]) -> list[Change]:
    """Return all that a plan would change.

    Args:
        plan: The document of `terraform show -json` for a saved plan.
    """
    found: list[Change] = []
    for resource in plan.get("resource_changes", ()):
        found += _changes(resource["address"], resource["change"])
    for name, change in plan.get("output_changes", {}).items():
        if set(change["actions"]) != {"no-op"}:
            found.append(Change(f"output.{name}", ", ".join(change["actions"])))
    return found


def unexplained(plan: Mapping[str, Any], quirks: Iterable[Quirk]) -> list[Change]:
    """Return the changes of a plan that no quirk explains.

    A quirk explains the update of one attribute, never a resource made, removed or replaced.
    """
    known = tuple(quirks)
    return [change for change in changes(plan) if not _explained(change, known)]


def without(plan: Mapping[str, Any], quirks: Iterable[Quirk]) -> dict[str, Any]:
    """Return a plan in which the attributes that a quirk explains read as they were set."""
    known = tuple(quirks)
    changed = []
    for resource in plan.get("resource_changes", ()):
        change = resource["change"]
        explained = {
            each.attribute
            for each in _changes(resource["address"], change)
            if _explained(each, known)
        }
        before = {**(change["before"] or {}), **{n: change["after"][n] for n in explained}}
        actions = change["actions"]
        if explained and before == change["after"]:
            actions = ["no-op"]
        kept = {**change, "actions": actions, "before": before if explained else change["before"]}
        changed.append({**resource, "change": kept})
    return {**plan, "resource_changes": changed}


def unused(plan: Mapping[str, Any], quirks: Iterable[Quirk]) -> list[str]:
    """Return `address attribute` of what the quirks list and this plan does not need."""
    seen = changes(plan)
    return [
        f"{quirk.address} {attribute}"
        for quirk in quirks
        for attribute in quirk.reads
        if not any(
            _explained(change, (quirk,)) and change.attribute == attribute for change in seen
        )
    ]


def _explained(change: Change, quirks: tuple[Quirk, ...]) -> bool:
    return change.actions == "update" and any(
        quirk.explains(change.address, change.attribute, change.before) for quirk in quirks
    )


def _changes(address: str, change: Mapping[str, Any]) -> Iterator[Change]:
    actions = ", ".join(change["actions"])
    if set(change["actions"]) in _NOTHING:
        return
    if change["actions"] != ["update"]:
        yield Change(address, actions)
        return
    before, after, unknown = change["before"], change["after"], change.get("after_unknown", {})
    for attribute in sorted(before.keys() | after.keys() | unknown.keys()):
        if before.get(attribute) != after.get(attribute) or marks(unknown.get(attribute)):
            yield Change(address, actions, attribute, before.get(attribute))
