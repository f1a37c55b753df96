"""Whose clock says what: services have the right time, everybody else a time of their own."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clarivum_jobs.testing import NONE, Faults
from tests.simulator.aws import sqs
from tests.simulator.parity.probe import URL, everything_fails, nothing_fails, probe

SKEW = 5000


def test_clocks_of_producer_and_sandboxes_differ() -> None:
    """Each has one offset for as long as it lives; the queue's time stamps have none."""
    read: dict[int, set[float]] = {}
    sent: list[float] = []

    def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's
        run = int(context.aws_request_id[-12:])
        own = world.runs[run - 1]
        # Time only passes in calls: what the loop says is what a service would say at this moment.
        ahead = round(time.time() * 1000) - world.loop.now
        assert round(dt.datetime.now(dt.UTC).timestamp() * 1000) == world.loop.now + ahead
        read.setdefault(own.sandbox, set()).add(ahead)
        sent.append(float(event["Records"][0]["attributes"]["SentTimestamp"]))
        time.sleep(1)
        return everything_fails(event, context)

    with probe(answer, faults=Faults(skew=SKEW), concurrency=3, max_attempts=3) as world:
        produced = round(time.time() * 1000) - world.loop.now
        moment = world.loop.now
        for number in range(6):
            sqs().send_message(QueueUrl=URL, MessageBody=str(number))
        world.settle()

    offsets = [offset for (offset,) in read.values()]
    assert len({produced, *offsets}) == 1 + len(read) > 3
    assert all(-SKEW <= offset <= SKEW for offset in (produced, *offsets))
    assert set(sent) == {moment}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), skew=st.integers(0, 60_000))
def test_time_that_passes_is_the_same_on_every_clock(seed: int, skew: int) -> None:
    """A clock that is off runs as fast as any: durations, timeouts and remaining time are true."""
    taken: list[float] = []

    def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401 - Lambda's
        before, left, began = time.time(), context.get_remaining_time_in_millis(), time.monotonic()
        time.sleep(2)
        taken.extend(
            (
                time.time() - before,
                time.monotonic() - began,
                (left - context.get_remaining_time_in_millis()) / 1000,
            )
        )
        return nothing_fails(event, context)

    with probe(answer, seed=seed, faults=Faults(skew=skew), timeout=30) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()
        assert world.runs[0].deadline - world.runs[0].started == 30_000

    assert {round(value, 3) for value in taken} == {2}


def test_work_of_the_processor_ends_at_the_timeout() -> None:
    """Who computes for longer than the timeout is ended when it is over, even if it resists."""

    def answer(event: dict[str, Any], context: object) -> dict[str, Any]:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001, S112 - the hostile handler of this test
                continue
            if event["Records"][0]["body"] == "short":
                return nothing_fails(event, context)

    with probe(answer, faults=NONE, timeout=1, max_attempts=1, visibility_timeout=60) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="endless")
        sqs().send_message(QueueUrl=URL, MessageBody="short")
        world.run(30)

        by_body = {run.event["Records"][0]["body"]: run for run in world.runs}
        assert {body: run.state for body, run in by_body.items()} == {
            "endless": "timeout",
            "short": "ok",
        }
        assert by_body["endless"].ended == by_body["endless"].deadline
        assert not world.loop.processes


def test_work_that_ends_just_after_the_timeout_was_too_long() -> None:
    """What was computed in vain is no success, however soon it came to an end."""

    def answer(event: dict[str, Any], context: object) -> dict[str, Any]:
        begin = time.thread_time()
        while time.thread_time() < begin + 1.1:
            pass
        return nothing_fails(event, context)

    with probe(answer, timeout=1, max_attempts=1) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert [run.state for run in world.runs] == ["timeout"]
