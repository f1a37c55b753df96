"""One item holds a piece of work: two calls a success, and no single call that fails repeats it."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clarivum_jobs import JobContext, PermanentError, enqueue
from clarivum_jobs.records.lookup import by_id, by_key, by_status
from clarivum_jobs.records.work_item import MOST_ATTEMPTS
from clarivum_jobs.testing import Deployment, Faults, World
from clarivum_jobs.testing.aws.sizes import size
from clarivum_jobs.testing.checks.audit import Audit
from clarivum_jobs.testing.deployment import TABLE
from clarivum_jobs.testing.machine.faults import Kill
from clarivum_jobs.testing.machine.router import RefusedError
from clarivum_jobs.worker import Worker
from tests.simulator.aws import dynamodb
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clarivum_jobs.testing.aws.dynamodb import Dynamodb
    from clarivum_jobs.testing.machine.router import Answer, Caller, Params

TRIES = 4
"""How often the client of the table asks before it gives up."""

Handle = "Callable[[World, Sample, JobContext], object]"
quick = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@contextlib.contextmanager
def world_of(
    handle: Callable[[World, Sample, JobContext], object],
    faults: Faults | None = None,
    **numbers: Any,  # noqa: ANN401 - those of a deployment
) -> Iterator[tuple[World, Audit]]:
    """Open a world with one job, whose handler is told its world."""
    with World(1, faults or Faults()) as world:
        world.deploy(
            Deployment(JOB, lambda: Worker(Sample, lambda p, c: handle(world, p, c)), **numbers)
        )
        yield world, Audit(world)


def mail(world: World, _payload: Sample, context: JobContext) -> None:
    """Have an effect that nobody recognises."""
    world.effect("mail", context.idempotency_key, recognised=False)


def send_again(world: World, times: int = 1) -> None:
    """Put copies of the queue's first message beside it, as a client does that got no answer."""
    (message, *_) = world.queue(JOB).messages.values()
    for _ in range(times):
        world.queue(JOB).send(message.body, {})


def letters(world: World) -> list[dict[str, str]]:
    """Return what stands on each dead letter."""
    found = world.dead_letters(JOB).messages.values()
    return [
        {name: str(value.get("StringValue")) for name, value in message.attributes.items()}
        for message in found
    ]


def table_calls(world: World) -> list[list[str]]:
    """Return the calls to the table of each run."""
    return [[call for call in run.done if call.startswith("dynamodb")] for run in world.runs]


@pytest.mark.parametrize("failures", [0, 1, 4])
def test_every_attempt_costs_two_calls(failures: int) -> None:
    """Claim and begin is one write, and so is the end: of a success, and of a failure as well."""

    def handle(_world: World, _payload: Sample, context: JobContext) -> None:
        if context.attempt <= failures:
            raise RuntimeError

    with world_of(handle) as (world, audit):
        enqueue(Sample(name="x"))
        world.settle()
        audit.check()

        assert table_calls(world) == [["dynamodb.UpdateItem"] * 2] * (failures + 1)


@dataclass
class Flaky:
    """A table whose requests fail from one of them on, so many in a row.

    Attributes:
        table: The table.
        first: Which request is the first to fail, counted from 1.
        length: How many fail.
        kind: Refused before or after it was carried out, or throttled.
    """

    table: Dynamodb
    first: int
    length: int
    kind: Literal["before", "after", "throttled"]
    seen: int = 0

    def call(self, operation: str, params: Params, caller: Caller) -> Answer:
        """Carry out a request, or not."""
        self.seen += 1
        if not self.first <= self.seen < self.first + self.length:
            return self.table.call(operation, params, caller)
        if self.kind == "throttled":
            raise RefusedError(code="ThrottlingException", why="Slow down.")
        if self.kind == "after":
            with contextlib.suppress(RefusedError):
                self.table.call(operation, params, caller)
        raise RefusedError(code="InternalServerError", why="Away.", status=500)


@quick
@given(
    first=st.integers(1, 12),
    length=st.sampled_from([1, 2, TRIES, TRIES + 1, 2 * TRIES]),
    kind=st.sampled_from(["before", "after", "throttled"]),
    fails=st.integers(0, 2),
    copies=st.integers(0, 2),
)
def test_no_call_that_fails_repeats_the_effect(
    first: int,
    length: int,
    kind: Literal["before", "after", "throttled"],
    fails: int,
    copies: int,
) -> None:
    """Whichever call fails, one try of it or all: one effect, and it is on record in the end."""

    def handle(world: World, payload: Sample, context: JobContext) -> None:
        if context.attempt <= fails:
            raise RuntimeError
        mail(world, payload, context)

    with world_of(handle) as (world, audit):
        world.router.services["dynamodb"] = Flaky(world.table, first, length, kind)
        receipt = enqueue(Sample(name="x"))
        send_again(world, copies)
        world.settle()
        audit.check()

        assert list(world.effects.done.values()) == [1]
        assert audit.completed(JOB, receipt.idempotency_key)
        assert letters(world) == []


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("call", range(1, 5))
def test_only_a_death_between_effect_and_record_repeats_it(
    call: int, moment: Literal["before", "after"]
) -> None:
    """The one window that no record can close; a third party that knows the key closes it."""
    with world_of(mail, Faults(latency=(5, 5), kills=(Kill(1, call, moment),))) as (world, audit):
        enqueue(Sample(name="x"))
        world.settle()
        audit.check()
        in_between = world.runs[0].done[-1:] == ["effects.Perform"]

        assert list(world.effects.done.values()) == [2 if in_between else 1]
        assert in_between == ((call, moment) in {(2, "after"), (3, "before")})


def test_work_that_a_sandbox_did_and_could_not_record_is_not_done_there_again() -> None:
    """The table is away until the run ends: the same sandbox knows, and records it next time."""
    with world_of(mail, timeout=3) as (world, audit):
        flaky = Flaky(world.table, 2, 10_000, "before")
        world.router.services["dynamodb"] = flaky
        receipt = enqueue(Sample(name="x"))
        world.run(10)
        flaky.length = 0
        world.settle()
        audit.check()

        assert audit.completed(JOB, receipt.idempotency_key)
        assert list(world.effects.done.values()) == [1]


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
@given(name=st.text(max_size=3_000), job_id=st.none() | st.text("ab-", min_size=1, max_size=256))
def test_done_job_costs_four_write_units(name: str, job_id: str | None) -> None:
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
        receipt = enqueue(Sample(name=name))
        if job_id:
            (message,) = world.queue(JOB).messages.values()
            message.body = message.body.replace(receipt.job_id, job_id)
        world.settle()
        if not job_id:
            audit.check()

    assert spent == [2, 2]
