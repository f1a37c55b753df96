"""Two calls to the table an attempt, and no single call that fails repeats an effect."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import JobContext, enqueue
from clarivum_jobs.testing import Faults, World
from clarivum_jobs.testing.machine.faults import Kill
from clarivum_jobs.testing.machine.router import RefusedError
from tests.simulator.one_item import letters, mail, quick, send_again, world_of
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from clarivum_jobs.testing.aws.dynamodb import Dynamodb
    from clarivum_jobs.testing.machine.router import Answer, Caller, Params

TRIES = 4
"""How often the client of the table asks before it gives up."""


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


def test_record_of_done_work_is_tried_while_there_is_time() -> None:
    """A table that is away for a moment, just then, costs no second delivery."""
    with world_of(mail) as (world, audit):
        world.router.services["dynamodb"] = Flaky(world.table, 2, 2 * TRIES, "before")
        enqueue(Sample(name="x"))
        world.settle()
        audit.check()

        assert len(world.runs) == 1


def test_other_content_under_one_key_is_parked_where_the_job_asks() -> None:
    """A key that leaves out a field loses no work: the second message is a dead letter."""
    with world_of(mail, on_conflict="park") as (world, audit):
        enqueue(Sample(name="x"))
        other = enqueue(Sample(name="x", takes=1))
        enqueue(Sample(name="x"))
        world.settle()
        audit.check()

        assert list(world.effects.done.values()) == [1]
        found = [(letter["job_id"], letter["error_code"]) for letter in letters(world)]
        assert found == [(other.job_id, "conflicting_duplicate")]
