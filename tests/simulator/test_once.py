"""Nothing is lost and effects happen once, one fault at a time."""

from __future__ import annotations

import pytest

from clarivum_jobs import enqueue
from clarivum_jobs.testing import Faults, Kill
from tests.simulator.sample import JOB, Sample, sample

EXACT = (10, 10)


def test_good_message_is_done_once() -> None:
    """Without faults a message is done at its first delivery."""
    with sample() as (world, audit):
        receipt = enqueue(Sample(name="a"))
        world.settle()
        audit.check()

        assert audit.completed(JOB, receipt.idempotency_key)
        assert list(world.effects.done.values()) == [1]
        assert len(world.runs) == 1


def test_copies_delivered_while_one_runs_have_one_effect() -> None:
    """Two deliveries at a time, of one message and of two with one key, have one effect."""
    with sample(seed=2, faults=Faults(duplicate=0.6)) as (world, audit):
        for _ in range(3):
            enqueue(Sample(name="a", takes=5))
        world.settle()
        audit.check()

        assert len(world.runs) > 3
        assert list(world.effects.asked.values()) == [1]


@pytest.mark.parametrize("call", range(1, 7))
@pytest.mark.parametrize("moment", ["before", "after"])
def test_work_of_a_killed_run_is_taken_up_again(call: int, moment: str) -> None:
    """Wherever the first run is killed, a later one finishes the work."""
    kill = Kill(1, call, "before" if moment == "before" else "after")
    with sample(faults=Faults(latency=EXACT, kills=(kill,))) as (world, audit):
        receipt = enqueue(Sample(name="a"))
        world.settle()
        audit.check()

        assert audit.completed(JOB, receipt.idempotency_key)
        assert list(world.effects.done.values()) == [1]
        assert not world.dead_letters(JOB).messages


def test_failed_message_is_not_acknowledged() -> None:
    """A message whose handler raised comes back until it is done."""
    with sample() as (world, audit):
        receipt = enqueue(Sample(name="a", fails=2))
        world.settle()
        audit.check()

        assert audit.completed(JOB, receipt.idempotency_key)
        assert len(world.runs) == 3


def test_message_is_parked_before_it_is_acknowledged() -> None:
    """Killed or refused at any call, a hopeless message is never in neither of its queues."""
    for call in range(1, 9):
        for moment in ("before", "after"):
            kill = Kill(1, call, "before" if moment == "before" else "after")
            with sample(faults=Faults(latency=EXACT, kills=(kill,))) as (world, audit):
                enqueue(Sample(name="a", hopeless=True))
                world.settle()
                audit.check()
                (letter, *_) = world.dead_letters(JOB).messages.values()
                assert letter.attributes["error_code"]["StringValue"] == "hopeless"
    for seed in range(20):
        with sample(seed, faults=Faults(error=0.4)) as (world, audit):
            enqueue(Sample(name="a", hopeless=True))
            world.settle()
            audit.check()
            assert world.dead_letters(JOB).messages
