"""Every job leaves an account of itself, killed workers included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hcl2
import pytest

from clarivum_jobs import enqueue
from clarivum_jobs.records.lookup import BY_JOB_ID, BY_STATUS, JobRecord, by_id, by_status
from clarivum_jobs.testing import Faults, Kill, World
from clarivum_jobs.testing.aws.dynamodb import Index
from clarivum_jobs.testing.deployment import TABLE
from clarivum_jobs.testing.installation import indices
from clarivum_jobs.testing.terraform.collection import platform
from tests.simulator.aws import dynamodb
from tests.simulator.sample import JOB, Sample, sample

SECRET = "ann@example.org"  # noqa: S105 - an address


def _record(job_id: str) -> JobRecord:
    record = by_id(dynamodb(), TABLE, JOB, job_id)
    assert record is not None
    return record


def _codes(job_id: str) -> list[str]:
    return [attempt.code for attempt in _record(job_id).attempts]


def test_finished_job_tells_its_attempts() -> None:
    """The record holds what was enqueued, each attempt with its error, and the end."""
    with sample() as (world, _):
        receipt = enqueue(Sample(name="a", fails=2, secret=SECRET))
        assert by_id(dynamodb(), TABLE, JOB, receipt.job_id) is None
        world.settle()
        record = _record(receipt.job_id)

    assert (record.status, record.key) == ("done", receipt.idempotency_key)
    assert (record.code, record.number, record.round) == ("", 3, 1)
    assert [attempt.code for attempt in record.attempts] == ["RuntimeError", "RuntimeError", "done"]
    assert all(attempt.started <= attempt.ended for attempt in record.attempts)
    assert '"name":"a"' in record.payload
    assert SECRET not in str(world.table.items)


def test_dead_job_tells_its_reason() -> None:
    """The record of a parked message holds the reason that the dead letter has."""
    with sample() as (world, _):
        receipt = enqueue(Sample(name="a", fails=9, secret=SECRET))
        world.settle()
        record = _record(receipt.job_id)
        (letter,) = world.dead_letters(JOB).messages.values()

    assert (record.status, record.code, len(record.attempts)) == ("dead", "RuntimeError", 5)
    assert letter.attributes["reason"]["StringValue"] == record.reason
    assert SECRET not in record.reason


def test_equal_work_is_a_duplicate() -> None:
    """A second send of one key is on record as such, with no attempt."""
    with sample() as (world, _):
        first, second = (enqueue(Sample(name="a")) for _ in range(2))
        world.settle()
        records = sorted(
            (_record(receipt.job_id) for receipt in (first, second)), key=lambda r: r.status
        )

    assert [(r.status, len(r.attempts)) for r in records] == [("done", 1), ("duplicate", 0)]


@pytest.mark.parametrize("call", [2, 3])
def test_killed_attempt_is_completed_by_the_next_delivery(call: int) -> None:
    """What the killed worker could not write, the next one does."""
    with sample(faults=Faults(latency=(9, 9), kills=(Kill(1, call),))) as (world, _):
        receipt = enqueue(Sample(name="a"))
        world.settle()

        assert _codes(receipt.job_id) == ["killed", "done"]
        assert _record(receipt.job_id).status == "done"


def test_job_that_kills_every_worker_is_parked_with_a_reason() -> None:
    """Five killed attempts are five; the sixth delivery runs nothing and says what happened."""
    kills = tuple(Kill(run, 2) for run in range(1, 6))
    with sample(faults=Faults(latency=(9, 9), kills=kills)) as (world, audit):
        receipt = enqueue(Sample(name="a"))
        world.settle()
        audit.check()

        assert _codes(receipt.job_id) == ["killed"] * 5
        assert list(audit.starts.values()) == [5]
        (letter,) = world.dead_letters(JOB).messages.values()
        assert letter.attributes["error_code"]["StringValue"] == "killed"
        assert _record(receipt.job_id).status == "dead"


def test_replayed_message_has_its_attempts_again() -> None:
    """A dead letter that is sent back is a new message: it may be attempted five times."""
    with sample() as (world, audit):
        receipt = enqueue(Sample(name="a", fails=9))
        world.settle()
        world.redrive(JOB)
        world.settle()
        audit.check()

        assert len(_record(receipt.job_id).attempts) == 10
        assert sorted(audit.starts.values()) == [5, 5]


def test_waiting_for_equal_work_uses_up_no_attempt() -> None:
    """Copies that meet a long run wait for its end, and none of them becomes a dead letter."""
    for seed in range(20):
        with sample(seed, faults=Faults(duplicate=0.1), timeout=60) as (world, audit):
            for _ in range(6):
                enqueue(Sample(name="a", takes=55, fails=2))
            world.settle()
            audit.check()

            assert not world.dead_letters(JOB).messages, seed
            assert list(world.effects.asked.values()) == [1]


def test_throttled_deliveries_use_up_no_attempt() -> None:
    """A message that was refused four times still has its five attempts."""
    with sample(faults=Faults(throttle=1)) as (world, audit):
        enqueue(Sample(name="a", fails=4))
        world.run(4 * 180 - 1)
        world.faults = Faults()
        world.settle()
        audit.check()

        assert list(audit.starts.values()) == [5]
        assert not world.dead_letters(JOB).messages


def test_records_are_found_by_status() -> None:
    """The index lists a job's records in one status, the longest unchanged first."""
    with sample() as (world, _):
        receipts = []
        for name in "abc":
            receipts.append(enqueue(Sample(name=name, hopeless=name == "b")))
            world.run(5)
        world.settle()

        def listed(status: str) -> list[str]:
            found = by_status(dynamodb(), TABLE, JOB, status)  # type: ignore[arg-type]
            return [record.job_id for record in found]

        assert listed("done") == [receipts[0].job_id, receipts[2].job_id]
        assert listed("dead") == [receipts[1].job_id]


def test_record_that_cannot_be_written_keeps_the_message() -> None:
    """With the table out of order now and then, what is acknowledged is on record in the end."""
    for seed in range(25):
        with sample(seed, Faults(error=0.25)) as (world, audit):
            receipt = enqueue(Sample(name="a"))
            world.settle()
            audit.check()
            _assert_told(world, receipt.job_id)


def test_infrastructure_and_library_agree() -> None:
    """The modules make the indices that are read."""
    modules = Path(__file__).parents[2] / "modules"
    parsed = hcl2.loads((modules / "platform" / "main.tf").read_text(encoding="utf-8"))
    (table,) = [
        each['"aws_dynamodb_table"']['"jobs"']
        for each in parsed["resource"]
        if '"aws_dynamodb_table"' in each
    ]

    def plain(block: Any, name: str) -> str:  # noqa: ANN401 - as hcl2 gives it
        return str(block.get(name, "")).strip('"')

    made = {
        plain(each, "name"): Index(
            plain(each, "hash_key"),
            plain(each, "range_key"),
            tuple(name.strip('"') for name in each.get("non_key_attributes", ())),
        )
        for each in table["global_secondary_index"]
    }

    assert made == indices(platform())
    assert set(made) == {BY_STATUS, BY_JOB_ID}


def _assert_told(world: World, job_id: str) -> None:
    record = _record(job_id)
    dead = bool(world.dead_letters(JOB).messages)
    assert record.status == "done" or dead, record
