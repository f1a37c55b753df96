"""Dead letters: one kind moves and the others stay, to the byte; nothing twice, nothing lost."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs import enqueue
from envs.desk import applying, audit, groups, letters, planning, plans
from envs.desk.edits import Edit
from envs.desk.errors import DeskError
from tests.desk.worlds import FAST, SECRET, Provider, bodies, kinds, wish, world_of_letters
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from pathlib import Path

    from envs.desk.plans import Plan


@pytest.mark.long
def test_one_kind_of_a_hundred_moves_and_the_others_stay() -> None:
    """The others are untouched to the byte, and a second apply moves nothing."""
    provider = Provider()
    with world_of_letters(1, 43, 57, provider) as (world, watch, place):
        before = bodies(world.dead_letters(JOB).messages)
        plan = planning.make(place, wish(place, "hopeless"))
        provider.back = True
        first = applying.apply(place, plan)
        stayed = bodies(world.dead_letters(JOB).messages)
        world.run(300)
        again = applying.apply(place, plan)

        assert len(before) == 100
        assert first.counts == {"sent": 43}
        assert stayed == {
            name: told for name, told in before.items() if "'hopeless'" not in told[1]
        }
        assert len(stayed) == 57
        assert list(world.effects.done.values()) == [1] * 43
        assert bodies(world.dead_letters(JOB).messages) == stayed
        watch.check()
        assert again.counts == {"earlier": 43}
        assert again.whole


def test_a_list_changes_nothing() -> None:
    """Neither counters nor receives change, and the alarm has as much to ring for."""
    with world_of_letters(2, hopeless=5, failing=5) as (world, _, place):
        queue = world.dead_letters(JOB)
        before = [(m.id, m.receives, m.visible) for m in queue.messages.values()]
        (desk,) = groups.desks(place)

        assert [(m.id, m.receives, m.visible) for m in queue.messages.values()] == before
        assert desk.queue.visible == 10
        assert desk.recorded == 10
        assert desk.untold == 0
        assert {group.count for group in desk.groups} == {5}


def test_a_plan_gives_every_letter_back_at_once() -> None:
    """Nothing is hidden after a look, and nothing is hidden as long as an alarm looks back."""
    with world_of_letters(3, hopeless=30, failing=0) as (world, _, place):
        plan = planning.make(place, wish(place, "hopeless"))
        (desk,) = groups.desks(place)

        assert len(plan.letters) == 30
        assert plan.complete
        assert (desk.queue.visible, desk.queue.hidden) == (30, 0)
        assert letters.HIDDEN < 300
        assert world.dead_letters(JOB).messages.keys() == {one.message_id for one in plan.letters}


def test_letters_that_come_after_the_plan_stay() -> None:
    """A plan freezes ids, not a question."""
    with world_of_letters(4, hopeless=3, failing=0) as (world, _, place):
        plan = planning.make(place, wish(place, "hopeless"))
        old = set(world.dead_letters(JOB).messages)
        enqueue(Sample(name="late", hopeless=True))
        world.settle()
        applying.apply(place, plan)

        assert not old & world.dead_letters(JOB).messages.keys()
        assert len(world.dead_letters(JOB).messages) == 1


def test_what_is_done_is_never_sent() -> None:
    """A letter whose work was done meanwhile is removed; done again only by force."""
    provider = Provider()
    with world_of_letters(6, 1, 0, provider) as (world, _, place):
        provider.back = True
        enqueue(Sample(name="n0"))
        world.settle()
        plan = planning.make(place, planning.Wish(JOB, "replay", "why not", rate=FAST))

        assert plan.verdicts == {"done": 1}
        report = applying.apply(place, plan)

        assert report.counts == {"done": 1}
        assert world.queue(JOB).messages == {}
        assert world.dead_letters(JOB).messages == {}
        assert groups.desks(place)[0].recorded == 0


def test_work_done_between_plan_and_apply_is_not_sent() -> None:
    """The record is asked again before each letter."""
    provider = Provider()
    with world_of_letters(7, 1, 0, provider) as (world, _, place):
        plan = planning.make(place, wish(place, "hopeless"))
        provider.back = True
        enqueue(Sample(name="n0"))
        world.settle()

        assert plan.verdicts == {"send": 1}
        assert applying.apply(place, plan).counts == {"done": 1}
        assert world.queue(JOB).messages == {}


def test_force_does_done_work_again_and_once() -> None:
    """The record is set aside, so the worker runs it; cut off and run again, not a third time."""
    provider = Provider()
    with world_of_letters(8, 1, 0, provider) as (world, _, place):
        provider.back = True
        enqueue(Sample(name="n0"))
        world.settle()
        before = dict(world.effects.done)
        forced = planning.Wish(
            JOB, "replay", "again", force=True, rate=FAST, edit=Edit({"hopeless": False})
        )
        plan = planning.make(place, forced)
        report = applying.apply(place, plan)
        world.settle()

        assert report.counts == {"sent": 1}
        assert {key: times - 1 for key, times in world.effects.done.items()} == before


def test_a_discarded_letter_is_kept_without_its_secret() -> None:
    """It leaves queue and list; who, why and what stand in the log; no secret is anywhere."""
    with world_of_letters(9, hopeless=4, failing=2) as (world, _, place):
        group = kinds(place)["hopeless"]
        plan = planning.make(
            place,
            planning.Wish(JOB, "discard", "test data", frozenset({group.fingerprint}), rate=FAST),
        )
        report = applying.apply(place, plan)
        (action,) = audit.actions(place)
        rows = {key: item for key, item in world.table.items.items() if "#desk#" in key}

        assert report.counts == {"discarded": 4}
        assert len(world.dead_letters(JOB).messages) == 2
        assert kinds(place).keys() == {"RuntimeError"}
        assert (action.by, action.why, action.state) == ("anna", "test data", "finished")
        assert action.counts == "4 discarded"
        assert len(rows) == 5
        assert SECRET not in json.dumps([rows, plan.as_data()])
        assert all("expiration" in item for item in rows.values())


def test_many_new_deaths_stop_a_plan() -> None:
    """What dies anew of the same is not mended: the rest stays where it is."""
    with world_of_letters(10, hopeless=30, failing=0) as (world, _, place):
        plan = planning.make(place, wish(place, "hopeless", rate=1.0, stop_after=3))
        report = applying.apply(place, plan)
        left = len(world.dead_letters(JOB).messages)

        assert "the cause is not mended" in report.stopped
        assert not report.whole
        assert report.counts["sent"] < 30
        assert left >= 30 - report.counts["sent"]


def test_a_letter_that_nobody_can_read_is_left() -> None:
    """It is told, and only a discard removes it."""
    provider = Provider()
    with world_of_letters(11, 1, 0, provider) as (world, _, place):
        world.dead_letters(JOB).send("no JSON at all", {})
        wide = planning.make(place, planning.Wish(JOB, "replay", "all of them", rate=FAST))
        provider.back = True
        report = applying.apply(place, wide)

        assert wide.verdicts == {"send": 1, "unreadable": 1}
        assert report.counts == {"sent": 1, "refused": 1}
        assert not report.whole
        world.run(60)
        assert groups.desks(place)[0].untold == 1
        discard = planning.make(place, planning.Wish(JOB, "discard", "noise", rate=FAST))
        assert applying.apply(place, discard).whole
        assert world.dead_letters(JOB).messages == {}


def test_a_plan_grows_old() -> None:
    """After an hour it describes letters that nobody looked at."""
    with world_of_letters(12, hopeless=1, failing=0) as (world, _, place):
        plan = planning.make(place, wish(place, "hopeless"))
        world.run(3601)

        with pytest.raises(DeskError, match="too old"):
            applying.apply(place, plan)
        other = dataclasses.replace(plan, environment="prod")
        with pytest.raises(DeskError, match="is for"):
            applying.apply(place, other)


def test_a_plan_demands_a_reason_and_hides_what_is_sensitive() -> None:
    """Both are refused before a letter is looked at."""
    with world_of_letters(13, hopeless=1, failing=0) as (_, _, place):
        with pytest.raises(DeskError, match="say why"):
            planning.make(place, planning.Wish(JOB, "replay", "  "))
        for edit in (Edit({"secret": "x"}), Edit({"nmae": "x"}), Edit({}, "json:nothing")):
            with pytest.raises(DeskError):
                planning.make(place, planning.Wish(JOB, "replay", "why", edit=edit))


def test_a_plan_survives_its_file(tmp_path: Path) -> None:
    """What is read is what was written, for the maker's eyes alone; a file is never overwritten."""
    with world_of_letters(14, hopeless=2, failing=0) as (_, _, place):
        plan: Plan = planning.make(place, wish(place, "hopeless"))
        path = tmp_path / "fix.plan"
        plans.write(plan, path)

        assert plans.read(path) == plan
        assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(DeskError, match="there already"):
            plans.write(plan, path)
        for text in ("{", "[]", '{"form": 2}', '{"form": 1, "letters": []}'):
            (tmp_path / "bad").write_text(text)
            with pytest.raises(DeskError, match="is no plan"):
                plans.read(tmp_path / "bad")
        assert dt.datetime.fromisoformat(plan.expires) > dt.datetime.fromisoformat(plan.made)
