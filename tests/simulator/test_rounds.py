"""Attempts belong to a piece of work, in rounds: copies share one, a replay begins another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import JobContext, PermanentError, enqueue
from clarivum_jobs.records.lookup import by_id, by_key, by_status
from clarivum_jobs.testing import Faults, World
from clarivum_jobs.testing.deployment import TABLE
from clarivum_jobs.testing.machine.faults import Kill
from tests.simulator.aws import dynamodb
from tests.simulator.one_item import letters, mail, quick, send_again, world_of
from tests.simulator.sample import JOB, Sample


@quick
@given(
    copies=st.integers(0, 3),
    later=st.sampled_from([0, 1, 45, 600]),
    most=st.integers(1, 6),
    batch=st.sampled_from([1, 3]),
    kills=st.sets(st.tuples(st.integers(1, 12), st.integers(1, 4)), max_size=6),
    throttle=st.sampled_from([0.0, 0.3]),
)
def test_copies_share_the_attempts_of_their_work(  # noqa: PLR0913, PLR0917 - hostile things
    copies: int,
    later: int,
    most: int,
    batch: int,
    kills: set[tuple[int, int]],
    throttle: float,
) -> None:
    """Sent again, killed and throttled: never more than `max_attempts`, and never acknowledged."""
    begun: list[int] = []

    def handle(_world: World, _payload: Sample, context: JobContext) -> None:
        begun.append(context.attempt)
        raise RuntimeError

    deaths = tuple(Kill(run, call) for run, call in kills)
    faults = Faults(throttle=throttle, kills=deaths)
    with world_of(handle, faults, max_attempts=most, batch_size=batch) as (world, audit):
        enqueue(Sample(name="x"))
        (message,) = world.queue(JOB).messages.values()
        world.run(later)
        for _ in range(copies):
            world.queue(JOB).send(message.body, {})
        world.settle()
        audit.check()

        assert len(begun) <= most
        assert begun == sorted(set(begun))
        assert world.dead_letters(JOB).messages
        if not deaths and not throttle:
            assert begun == list(range(1, most + 1))
            found = [(letter["attempt"], letter["error_code"]) for letter in letters(world)]
            # A copy that came after the letter could be the letter itself, moved back by hand and
            # without its attributes: that is parked again, never acknowledged.
            assert set(found) == {(str(most), "RuntimeError")}
            assert len(found) == 1 or later


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_each_replay_has_all_attempts_and_no_more(attempts: int) -> None:
    """A dead letter that is moved back begins a new round; its copies share it."""
    begun: list[int] = []

    def handle(_world: World, _payload: Sample, context: JobContext) -> None:
        begun.append(context.attempt)
        raise RuntimeError

    with world_of(handle, max_attempts=attempts) as (world, audit):
        receipt = enqueue(Sample(name="x"))
        send_again(world)
        for round_ in range(1, 4):
            world.settle()
            audit.check()
            record = by_key(dynamodb(), TABLE, JOB, receipt.idempotency_key)
            assert record is not None
            assert (record.status, record.round, record.number) == ("dead", round_, attempts)
            assert begun == list(range(1, attempts + 1)) * round_
            assert len(letters(world)) == 1
            world.redrive(JOB)


def test_replay_after_repair_leaves_no_old_reason() -> None:
    """What was done in the end is done: no code, no reason, and it stands in one list alone."""
    broken = [True]

    def handle(_world: World, _payload: Sample, _context: JobContext) -> None:
        if broken:
            reason = "closed"
            raise PermanentError(reason, code="closed")

    with world_of(handle) as (world, audit):
        receipt = enqueue(Sample(name="x"))
        world.settle()
        broken.clear()
        world.redrive(JOB)
        world.settle()
        audit.check()
        record = by_id(dynamodb(), TABLE, JOB, receipt.job_id)
        lists: Any = ("waiting", "done", "duplicate", "stale", "dead")
        listed = {each: list(by_status(dynamodb(), TABLE, JOB, each)) for each in lists}

    assert record is not None
    assert (record.status, record.code, record.reason) == ("done", "", "")
    assert [attempt.code for attempt in record.attempts] == ["closed", "done"]
    assert {name: len(found) for name, found in listed.items() if found} == {"done": 1}


def test_new_enqueue_of_work_that_was_given_up_begins_anew() -> None:
    """It is asked for again, so it is tried again; while it waits, it would share the attempts."""
    begun: list[int] = []

    def handle(_world: World, _payload: Sample, context: JobContext) -> None:
        begun.append(context.attempt)
        raise RuntimeError

    with world_of(handle, max_attempts=3) as (world, audit):
        first = [enqueue(Sample(name="x")) for _ in range(2)]
        world.settle()
        assert begun == [1, 2, 3]
        assert {letter["job_id"] for letter in letters(world)} == {each.job_id for each in first}
        second = enqueue(Sample(name="x"))
        world.settle()
        audit.check()

        assert begun == [1, 2, 3] * 2
        for receipt in (*first, second):
            record = by_id(dynamodb(), TABLE, JOB, receipt.job_id)
            assert record is not None
            assert record.status == "dead"
            assert record.first_job_id in {each.job_id for each in first}


def test_unreadable_message_says_nothing_of_the_work_of_its_key() -> None:
    """It is parked, found by its id, and neither ends the work of its key nor keeps it away."""
    with world_of(mail) as (world, audit):
        receipt = enqueue(Sample(name="x"))
        (message,) = world.queue(JOB).messages.values()
        bad = message.body.replace('"name":"x"', '"name":7').replace(receipt.job_id, "bad")
        world.queue(JOB).send(bad, {})
        world.settle()
        audit.check()
        found = by_id(dynamodb(), TABLE, JOB, "bad")

        assert audit.completed(JOB, receipt.idempotency_key)
        assert found is not None
        assert (found.status, found.code) == ("dead", "invalid_payload")
