"""A plan after an apply: nothing, or what the list of quirks says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from envs.local.engine.plan import Change, changes, unexplained, unused
from envs.local.engine.quirks import QUIRKS, Quirk

QUIRK = Quirk(r'module\.\w+\.aws_thing\.this\["\w+"\]', {"tags": {}}, "it forgets them")
ADDRESS = 'module.a.aws_thing.this["x"]'


def _plan(address: str, **change: Any) -> dict[str, Any]:  # noqa: ANN401 - Terraform's JSON
    return {"resource_changes": [{"address": address, "change": change}]}


def _update(address: str, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return _plan(address, actions=["update"], before=before, after=after, after_unknown={})


def test_nothing_to_do_is_nothing() -> None:
    """Resources without a change, and data that is read, do not count."""
    for action in ("no-op", "read"):
        assert changes(_plan(ADDRESS, actions=[action], before={}, after={})) == []


def test_a_quirk_explains_its_attribute_only() -> None:
    """The listed attribute is explained; another one of the same resource is not."""
    plan = _update(ADDRESS, {"tags": {}, "size": 1}, {"tags": {"a": "b"}, "size": 2})

    assert [Change(ADDRESS, "update", "size", 1)] == unexplained(plan, [QUIRK])


def test_a_quirk_explains_one_misreading_only() -> None:
    """Another value than the one the emulator is known to answer is a change."""
    plan = _update(ADDRESS, {"tags": {"b": "c"}}, {"tags": {"a": "b"}})

    assert [change.attribute for change in unexplained(plan, [QUIRK])] == ["tags"]


def test_a_quirk_is_for_its_address_only() -> None:
    """The address must match as a whole."""
    plan = _update(ADDRESS + ".more", {"tags": {}}, {"tags": {"a": "b"}})

    assert [str(change) for change in unexplained(plan, [QUIRK])] == [
        f"{ADDRESS}.more: update tags"
    ]


@pytest.mark.parametrize("actions", [["create"], ["delete"], ["delete", "create"]])
def test_no_quirk_explains_a_resource_made_or_removed(actions: list[str]) -> None:
    """Replacement of a resource is never noise."""
    plan = _plan(ADDRESS, actions=actions, before={"tags": {}}, after={"tags": {"a": "b"}})

    assert [change.actions for change in unexplained(plan, [QUIRK])] == [", ".join(actions)]


def test_a_value_known_only_after_apply_is_a_change() -> None:
    """An attribute that would be computed anew counts as changed."""
    plan = _plan(ADDRESS, actions=["update"], before={}, after={}, after_unknown={"arn": True})

    assert [Change(ADDRESS, "update", "arn")] == changes(plan)


def test_a_changed_output_is_a_change() -> None:
    """Outputs are part of what an apply would write."""
    plan = {"output_changes": {"url": {"actions": ["update"]}, "name": {"actions": ["no-op"]}}}

    assert [Change("output.url", "update")] == changes(plan)


def test_a_quirk_nobody_needs_is_pointed_out() -> None:
    """The list cannot grow stale unnoticed."""
    plan = _update(ADDRESS, {"tags": {}}, {"tags": {"a": "b"}})

    assert unused(plan, [QUIRK]) == []
    assert unused({}, [QUIRK]) == [f"{QUIRK.address} tags"]


def test_every_quirk_is_usable_and_gives_its_reason() -> None:
    """Each entry has a valid pattern, one attribute and a reason a reader can follow."""
    for quirk in QUIRKS:
        re.compile(quirk.address)
        assert all(attribute.isidentifier() for attribute in quirk.reads)
        assert len(quirk.why.split()) > 5
