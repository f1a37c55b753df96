"""Delays of any length, many messages at a time, and taking things back."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarivum_jobs import EnqueueError, cancel, enqueue, enqueue_many
from clarivum_jobs.core.errors import MessageTooLargeError, SettingsError
from clarivum_jobs.producer.batching import MAX_MESSAGE_BYTES
from clarivum_jobs.testing import Faults
from clarivum_jobs.testing.aws.names import BASE
from tests.simulator.sample import JOB, Sample, sample

DAY = dt.timedelta(days=1)


def test_long_delay_is_one_schedule_that_runs_once_and_goes() -> None:
    """A day's delay is kept by one schedule, not by hops; it is gone after it ran."""
    with sample() as (world, audit):
        receipt = enqueue(Sample(name="a"), delay=DAY)
        (name,) = world.scheduler.schedules
        begin = world.loop.now
        world.run(2 * 86_400)
        audit.check()

        assert name == f"{BASE}-delayed/{receipt.schedule}"
        assert [run.started for run in world.runs] == [begin + 86_400_000]
        assert not world.scheduler.schedules
        assert audit.completed(JOB, receipt.idempotency_key)


def test_equal_work_is_scheduled_once() -> None:
    """The second ask for equal work is answered with the receipt of the first."""
    with sample() as (world, _):
        first, second = (enqueue(Sample(name="a"), delay=DAY) for _ in range(2))

        assert first == second
        assert len(world.scheduler.schedules) == 1


def test_what_waits_in_a_schedule_can_be_cancelled() -> None:
    """Cancelled in time it never runs; there is nothing to cancel afterwards or elsewhere."""
    with sample() as (world, _):
        enqueue(Sample(name="a"), delay=DAY)
        enqueue(Sample(name="b"))

        answers = [cancel(Sample(name=name)) for name in ("a", "a", "b")]
        world.run(2 * 86_400)

        assert answers == [True, False, False]
        assert len(world.runs) == 1


def test_schedule_that_fires_twice_runs_once() -> None:
    """The scheduler delivers at least once; the key makes it once."""
    with sample(faults=Faults(late_timer=1)) as (world, audit):
        enqueue(Sample(name="a"), delay=DAY)
        world.run(2 * 86_400)
        audit.check()

        assert len(world.runs) == 2
        assert list(world.effects.asked.values()) == [1]


def test_payload_cannot_ask_the_scheduler_for_its_words() -> None:
    """A text that looks like a context attribute arrives as it was written."""
    with sample() as (world, _):
        enqueue(Sample(name="<aws.scheduler.scheduled-time>"), delay=DAY)
        world.run(2 * 86_400)

        assert "2026-01-02T" not in world.runs[0].event["Records"][0]["body"].split('"data"')[1]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["<", "<td>", "<aws.", "<aws.scheduler.x>", "\n", "é"]), st.integers(1, 240_000)
)
def test_what_is_taken_for_later_fits_as_it_is_sent(text: str, size: int) -> None:
    """The limit is measured after every escape: a schedule's input always fits its queue."""
    name = (text * size)[:size]
    with sample() as (world, _):
        try:
            enqueue(Sample(name=name), delay=DAY)
        except MessageTooLargeError:
            assert not world.scheduler.schedules
        else:
            (schedule,) = world.scheduler.schedules.values()
            sent = schedule.params["Target"]["Input"]
            assert len(sent.encode()) <= MAX_MESSAGE_BYTES
            assert json.loads(sent)["data"]["name"] == name
            assert "<aws." not in sent


def test_markup_of_a_long_message_is_not_inflated() -> None:
    """A page that can be sent now can be sent for later too; one too large is a failure alone."""
    page, marks = "<td>x</td>" * 20_000, "<aws." * 40_000
    with sample() as (world, _):
        sent = enqueue_many([Sample(name=page), Sample(name=marks)], delay=DAY)

        assert [failure.code for failure in sent.failed] == ["message_too_large"]
        assert len(world.scheduler.schedules) == 1


def test_long_delay_without_a_scheduler_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that cannot schedule says which variable it lacks."""
    with sample():
        monkeypatch.delenv("JOBS_SCHEDULE_GROUP")
        with pytest.raises(SettingsError, match="JOBS_SCHEDULE_GROUP"):
            enqueue(Sample(name="a"), delay=DAY)


@pytest.mark.parametrize("delay", [dt.timedelta(), DAY])
def test_many_messages_have_a_result_each_in_order(delay: dt.timedelta) -> None:
    """What fails does not keep the others back; the rest arrives, by batch or by schedule."""
    with sample() as (world, audit):
        payloads = [Sample(name=str(number)) for number in range(57)]
        payloads[20] = Sample.model_construct(name=20)  # type: ignore[arg-type]
        result = enqueue_many(payloads, delay=delay)
        world.run(3 * 86_400)
        audit.check()

        assert [failure.index for failure in result.failed] == [20]
        assert len(result.accepted) == len(world.effects.done) == 56


def test_entries_that_fail_are_sent_again() -> None:
    """With every third entry refused at first, all are taken in the end."""
    with sample(seed=3, faults=Faults(error=0.3)) as (world, audit):
        result = enqueue_many([Sample(name=str(number)) for number in range(100)])
        world.settle()

        assert len(result.accepted) == len(audit.accepted) > 90
        assert len(result.accepted) + len(result.failed) == 100


def test_refusal_of_the_scheduler_is_told() -> None:
    """An error of the scheduler is an `EnqueueError`: asking again is safe."""
    with sample() as (world, _):
        del world.router.services["scheduler"]
        world.router.other = None
        with pytest.raises(EnqueueError, match="UnknownService"):
            enqueue(Sample(name="a"), delay=DAY)
