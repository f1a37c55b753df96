"""The item of a piece of work stays small: what its writes cost, and how long its list gets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import enqueue
from clarivum_jobs.records.lookup import by_key
from clarivum_jobs.records.work_item import MOST_ATTEMPTS
from clarivum_jobs.testing.aws.sizes import size
from clarivum_jobs.testing.deployment import TABLE
from tests.simulator.aws import dynamodb
from tests.simulator.one_item import mail, quick, world_of
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from clarivum_jobs.testing import World
    from clarivum_jobs.testing.machine.router import Answer, Caller, Params


@pytest.mark.parametrize("killed", [MOST_ATTEMPTS + 1, 20 * MOST_ATTEMPTS, 3000])
def test_item_stays_small_however_many_attempts_said_nothing(killed: int) -> None:
    """The list is cut, the number goes on, and the item stays far below the 400 KB of DynamoDB."""
    with world_of(mail, max_attempts=5000) as (world, audit):
        receipt = enqueue(Sample(name="x"))
        world.mappings[JOB].enabled = False
        (message,) = world.queue(JOB).messages.values()
        entry = {"M": {"message": {"S": "m" * 36}, "started": {"S": "2026-01-01T00:00:00+00:00"}}}
        item_id = f"{JOB}#{receipt.idempotency_key}"
        world.table.items[item_id] = {
            "id": {"S": item_id},
            "status": {"S": "running"},
            "job_id": {"S": receipt.job_id},
            **{name: {"N": "1"} for name in ("version", "round", "in_progress_expiration")},
            "number": {"N": str(killed)},
            "round_sent": {"N": str(message.sent)},
            "expiration": {"N": "9999999999"},
            "attempts": {"L": [entry] * min(killed, 20 * MOST_ATTEMPTS)},
        }
        world.mappings[JOB].enabled = True
        world.mappings[JOB].wake()
        world.settle()
        audit.check()
        record = by_key(dynamodb(), TABLE, JOB, receipt.idempotency_key)

        assert record is not None
        assert (record.status, record.number) == ("done", killed + 1)
        assert len(record.attempts) == MOST_ATTEMPTS
        assert size(world.table.items[item_id]) < 10_000


def units(old: dict[str, Any], new: dict[str, Any], world: World) -> int:
    """Write units of one change: those of the item, and of each index whose part changes."""
    total = max(math.ceil(max(size(old), size(new)) / 1024), 1)
    for index in world.table.indices.values():
        before, after = (
            index.shows(item) if all(key in item for key in index.keys) else {}
            for item in (old, new)
        )
        if before == after:
            continue
        moved = any(before.get(key) != after.get(key) for key in (*index.keys, "id"))
        parts = [before, after] if moved else [max(before, after, key=size)]
        total += sum(math.ceil(size(part) / 1024) for part in parts if part)
    return total


@quick
@given(
    part=st.text(min_size=1, max_size=3),
    times=st.integers(0, 140) | st.sampled_from([300, 3_000]),
    job_id=st.none() | st.text("ab-", min_size=1, max_size=256),
)
def test_done_job_costs_four_write_units(part: str, times: int, job_id: str | None) -> None:
    """Whatever its payload and its id are: two for its item, one for each index."""
    spent: list[int] = []
    with world_of(lambda *_: None) as (world, audit):
        call = world.table.call

        def counted(operation: str, params: Params, caller: Caller) -> Answer:
            old = dict(world.table.items.get(params["Key"]["id"]["S"], {}))
            answer = call(operation, params, caller)
            spent.append(units(old, world.table.items[params["Key"]["id"]["S"]], world))
            return answer

        counting: Any = type("Counting", (), {"call": staticmethod(counted)})
        world.router.services["dynamodb"] = counting
        receipt = enqueue(Sample(name=part * times))
        if job_id:
            (message,) = world.queue(JOB).messages.values()
            message.body = message.body.replace(receipt.job_id, job_id)
        world.settle()
        if not job_id:
            audit.check()

    assert spent == [2, 2]
