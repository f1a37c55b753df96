"""A claim that stands in the table, and whose owner was never told so, is no attempt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs import JobContext, enqueue
from clarivum_jobs.testing import Failure, Faults
from tests.simulator.sample import JOB, Sample, sample

if TYPE_CHECKING:
    from clarivum_jobs.testing import World
    from clarivum_jobs.testing.checks.audit import Audit
    from tests.simulator.sample import Handler

ATTEMPTS = 5
ALL = 99
TIMEOUT = 30


@pytest.mark.parametrize("call", range(1, 2 * ATTEMPTS + 3))
@pytest.mark.parametrize(
    ("fails", "takes", "begun"), [(ALL, 0, 5), (ALL, 2 * TIMEOUT, 5), (3, 0, 4), (0, 0, 1)]
)
def test_an_attempt_that_a_sandbox_never_heard_of_is_made_there(
    fails: int, takes: int, begun: int, call: int
) -> None:
    """A call takes effect and its answer is lost, with those to all its retries."""
    numbers: list[int] = []

    def handler(world: World, _audit: Audit) -> Handler:
        def handle(payload: Sample, context: JobContext) -> None:
            current = world.loop.current
            if current is not None and not current.dead:
                numbers.append(context.attempt)
            time.sleep(payload.takes)
            if context.attempt <= payload.fails:
                raise LookupError

        return handle

    lost = Faults(failures=(Failure("dynamodb", call, "after", whole=True),))
    with sample(0, lost, handler, concurrency=1, max_attempts=ATTEMPTS, timeout=TIMEOUT) as (
        world,
        audit,
    ):
        enqueue(Sample(name="x", fails=fails, takes=takes))
        world.settle(days=2)
        audit.check()
        letters = list(world.dead_letters(JOB).messages.values())

    assert numbers == list(range(1, begun + 1))
    told = {
        tuple(letter.attributes[name]["StringValue"] for name in ("attempt", "error_code"))
        for letter in letters
    }
    assert told == ({("5", "killed" if takes else "LookupError")} if fails == ALL else set())


def test_what_was_heard_of_is_forgotten() -> None:
    """Once the work is settled, a copy costs its sandbox no look before its claim."""
    lost = Faults(failures=(Failure("dynamodb", 1, "after", whole=True),))
    with sample(0, lost, concurrency=1) as (world, audit):
        for _ in range(2):
            enqueue(Sample(name="x"))
            world.settle()
        audit.check()
        looks = ["dynamodb.GetItem" in run.done for run in world.runs]

    assert looks == [False, True, False]
