"""Letters that cannot bear their reason: it is found on record, and a replay fits all the same."""

from __future__ import annotations

import json

from clarivum_jobs.producer.batching import MAX_MESSAGE_BYTES
from clarivum_jobs.records.work_item import letter_id
from envs.desk import applying, groups, planning
from tests.desk.worlds import FAST, Provider, world_of_letters
from tests.simulator.sample import JOB


def test_a_letter_as_large_as_its_queue_is_planned_and_sent() -> None:
    """Its body leaves no room for attributes; its kind is that of the records all the same."""
    provider = Provider()
    with world_of_letters(21, 1, 0, provider) as (world, watch, place):
        small = next(iter(world.dead_letters(JOB).messages.values())).body
        told = json.loads(small) | {"id": "large", "idempotencykey": "a" * 64}
        told["data"]["name"] = "x" * (MAX_MESSAGE_BYTES - len(json.dumps(told)) + 2)
        world.queue(JOB).send(json.dumps(told), {})
        world.settle()
        (large,) = [
            one for one in world.dead_letters(JOB).messages.values() if len(one.body) > 9999
        ]
        # As where a worker finds no room for the reason: it is on record, by the letter's body.
        told_of = {
            "id": letter_id(JOB, large.body),
            "code": "hopeless",
            "reason": large.attributes["reason"]["StringValue"],
        }
        world.table.items[told_of["id"]] = {name: {"S": v} for name, v in told_of.items()}
        large.attributes = {}
        (group,) = groups.desks(place)[0].groups
        assert group.count == 2

        wish = planning.Wish(JOB, "replay", "it is back", frozenset({group.fingerprint}), rate=FAST)
        plan = planning.make(place, wish)
        provider.back = True
        report = applying.apply(place, plan)
        world.settle()

        assert plan.verdicts == {"send": 2}
        assert report.counts == {"sent": 2}
        assert world.dead_letters(JOB).messages == {}
        assert list(world.effects.done.values()) == [1, 1]
        watch.check()
