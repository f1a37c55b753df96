"""Plans as Terraform writes them: what is secret or unknown, and plans that are none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from envs.deploy.terraform import TerraformError
from envs.drift.difference import Cause
from envs.drift.document import UnreadablePlanError, require_whole
from envs.drift.plan import differences
from envs.drift.planning import plan_of
from envs.drift.values import SENSITIVE, marks, masked, told
from tests.chance import drawer
from tests.envs.test_terraform import terraform

if TYPE_CHECKING:
    import random
    from pathlib import Path

ADDRESS = 'module.a.aws_thing.this["x"]'
EMPTY_MASKS: tuple[object, ...] = (None, False, {}, [], [{}], {"a": {}}, [{"variables": {}}, []])


def plan(*changes: dict[str, Any], drift: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """Return a document with changes of one resource."""
    return {
        "format_version": "1.2",
        "resource_changes": [{"address": ADDRESS, "change": change} for change in changes],
        "resource_drift": [{"address": ADDRESS, "change": change} for change in drift],
    }


def found(document: dict[str, Any]) -> list[tuple[str, str, str, Cause]]:
    """Return attribute, both values and cause of each difference."""
    told = differences(document, {})
    return [(d.attribute, d.found, d.expected, d.cause) for d in told]


@pytest.mark.parametrize("mask", EMPTY_MASKS)
def test_a_mask_in_the_shape_of_its_value_hides_and_finds_nothing(mask: object) -> None:
    """Terraform writes one beside every block; an equal block is no difference."""
    block = [{"variables": {"A": "1"}}]
    change = {
        "actions": ["update"],
        "before": {"environment": block, "size": 1},
        "after": {"environment": block, "size": 2},
        "before_sensitive": {"environment": mask, "size": mask},
        "after_sensitive": {"environment": mask},
        "after_unknown": {"environment": mask},
    }

    assert not marks(mask)
    assert found(plan(change)) == [("size", "1", "2", Cause.PENDING)]


def drawn(chance: random.Random, depth: int = 3) -> tuple[Any, Any]:
    """Return a value whose letters say whether they may be shown, and the mask that says so."""
    kind = chance.choice(("leaf", "leaf", "dict", "list", "all")) if depth else "leaf"
    if kind == "dict":
        parts = {f"k{n}": drawn(chance, depth - 1) for n in range(chance.randint(0, 3))}
        return {k: v for k, (v, _) in parts.items()}, {k: m for k, (_, m) in parts.items()}
    if kind == "list":
        items = [drawn(chance, depth - 1) for _ in range(chance.randint(0, 3))]
        return [v for v, _ in items], [m for _, m in items]
    if kind == "all" or chance.random() < 0.3:
        return {"inner": [f"hidden{chance.random()}"]}, True
    return f"shown{chance.randint(0, 99)}", chance.choice((False, None))


@pytest.mark.drawn
def test_no_secret_of_any_shape_is_shown_and_the_rest_is() -> None:
    """On either side, whichever side's mask names it."""
    chance = drawer("masks of plans")
    for _ in range(300):
        value, mask = drawn(chance)
        text = json.dumps(masked(value, mask, SENSITIVE))
        assert "hidden" not in text
        assert text.count("shown") == json.dumps(value).count("shown")
        for side in ("before_sensitive", "after_sensitive"):
            change = {"actions": ["update"], "before": {"v": value}, "after": {"v": None}}
            for _attribute, was, will, _cause in found(plan({**change, side: {"v": mask}})):
                assert "hidden" not in was + will


@pytest.mark.drawn
def test_of_long_values_the_difference_is_shown() -> None:
    """Two policies of which one letter differs do not look alike."""
    chance = drawer("long values")
    for _ in range(200):
        letters = [chance.choice("abc") for _ in range(chance.randint(1, 2000))]
        other = list(letters)
        at = chance.randrange(len(letters))
        other[at] = "X"
        was, will = told("".join(letters), "".join(other))
        assert was != will
        assert "X" in will
        assert max(len(was), len(will)) < 220


def test_what_somebody_removed_or_changed_so_that_it_is_made_anew_is_by_hand() -> None:
    """Whatever else is made or removed is not deployed yet."""
    create = {"actions": ["create"], "before": None, "after": {"size": 1}}
    gone = {"actions": ["delete"], "before": {"size": 1}, "after": None}
    renamed = {"actions": ["update"], "before": {"name": "a"}, "after": {"name": "b"}}
    anew = {"actions": ["delete", "create"], "replace_paths": [["name"]]}

    assert [cause for *_, cause in found(plan(create))] == [Cause.PENDING]
    assert [cause for *_, cause in found(plan(create, drift=(gone,)))] == [Cause.HAND]
    assert [cause for *_, cause in found(plan(anew))] == [Cause.PENDING]
    assert [cause for *_, cause in found(plan(anew, drift=(renamed,)))] == [Cause.HAND]


def test_what_is_moved_imported_or_forgotten_is_told() -> None:
    """Each is a change, though no attribute differs."""
    same = {"actions": ["no-op"], "before": {"size": 1}, "after": {"size": 1}}
    moved = plan(same)
    moved["resource_changes"][0]["previous_address"] = "module.b.aws_thing.this"

    assert [(was, will) for _, was, will, _ in found(moved)] == [
        ("module.b.aws_thing.this", "this address")
    ]
    assert [will for *_, will, _ in found(plan({**same, "importing": {"id": "x"}}))] == ["imported"]
    forgotten = {"actions": ["forget"], "before": {"size": 1}, "after": None}
    assert [will for *_, will, _ in found(plan(forgotten))] == ["left to itself"]


def test_a_value_that_nobody_knows_yet_follows_from_another_or_counts() -> None:
    """Beside a difference it goes along; alone it is one."""
    unknown = {"actions": ["update"], "before": {"arn": "a"}, "after": {}}
    unknown["after_unknown"] = {"arn": True}
    sized = {"actions": ["update"], "before": {"size": 1}, "after": {"size": 2}}

    assert [cause for *_, cause in found(plan(unknown))] == [Cause.PENDING]
    both = [Cause.FOLLOWS, Cause.PENDING]
    assert [cause for *_, cause in found(plan(unknown, sized))] == both


BROKEN: list[Any] = [
    [],
    "plan",
    None,
    {},
    {"format_version": "2.0"},
    {"format_version": 1},
    {"format_version": "1.2", "errored": True},
    {"format_version": "1.2", "complete": False},
    {"format_version": "1.2", "deferred_changes": [{"reason": "unknown"}]},
    {"format_version": "1.2", "resource_changes": {}},
    {"format_version": "1.2", "resource_changes": [{}]},
    {"format_version": "1.2", "resource_changes": [{"address": "a"}]},
    {"format_version": "1.2", "resource_changes": [{"address": "a", "change": {"actions": []}}]},
    {"format_version": "1.2", "output_changes": [1]},
    {"format_version": "1.2", "resource_drift": [{"address": "a", "change": None}]},
]


@pytest.mark.parametrize("document", BROKEN, ids=json.dumps)
def test_what_is_no_whole_plan_is_refused(document: object) -> None:
    """It would be read as a plan without changes."""
    with pytest.raises(UnreadablePlanError, match="Terraform"):
        require_whole(document)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("no json", 0),
        ("", 0),
        ('{"format_version": "1.2", "resource_cha', 0),
        ('{"format_version": "1.2"}', 0),
        (json.dumps(plan({"actions": ["no-op"], "before": {}, "after": {}})), 0),
        ('{"format_version": "1.2"}', 1),
    ],
)
def test_a_plan_with_changes_that_nobody_can_name_is_no_clean_one(
    tmp_path: Path, answer: str, status: int
) -> None:
    """Terraform said that something differs: corrupt, cut off, empty, or failed."""
    shown = f"printf '%s' '{answer}'; exit {status}"
    script = f'case "$2" in plan) exit 2;; *) {shown};; esac'

    with pytest.raises((TerraformError, UnreadablePlanError)):
        plan_of(terraform(tmp_path, script))


def test_a_plan_without_changes_is_a_clean_one_and_one_that_failed_is_none(tmp_path: Path) -> None:
    """By Terraform's own exit status."""
    assert plan_of(terraform(tmp_path, "exit 0")) == {}
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(TerraformError, match="no backend"):
        plan_of(terraform(other, "echo no backend; exit 1"))
