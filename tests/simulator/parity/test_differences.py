"""Where the simulation differs from AWS on purpose; kept here so that the table stays honest."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest

from clarivum_jobs.testing import Deployment, Faults, Timer
from tests.simulator.aws import s3, sqs
from tests.simulator.parity.probe import DEAD_URL, JOB, URL, nothing_fails, probe, starts


def test_batch_window_is_not_modelled() -> None:
    """A deployment has no batch window: a message is delivered at once."""
    with probe(batch_size=10) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        begin = world.loop.now
        world.settle()

        assert not hasattr(Deployment(JOB, lambda: nothing_fails), "batch_window")
        assert world.runs[0].started == begin


def test_schedule_fires_on_the_second() -> None:
    """A schedule fires at its moment exactly, where AWS promises the minute."""
    with probe(timers=(Timer("daily", "cron(0 4 * * ? *)"),)) as world:
        begin = world.loop.now
        world.run(86_400)

        assert world.runs[0].started == begin + 4 * 3_600_000


def test_old_receipt_deletes_nothing() -> None:
    """Only the receipt of the latest delivery deletes a message."""
    with probe(visibility_timeout=10) as world:
        world.mappings[JOB].enabled = False
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        old = sqs().receive_message(QueueUrl=URL)["Messages"][0]["ReceiptHandle"]
        world.run(11)
        sqs().receive_message(QueueUrl=URL)
        sqs().delete_message(QueueUrl=URL, ReceiptHandle=old)

        assert len(world.queue(JOB).messages) == 1


def test_throttled_batch_waits_out_its_visibility() -> None:
    """After a throttle the next delivery is one visibility timeout later."""
    with probe(visibility_timeout=40, faults=Faults(throttle=0.5), seed=2) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        begin = world.loop.now
        world.settle()

        throttles = sum("throttled" in line for line in world.trace.lines)
        assert throttles > 0
        assert world.runs[0].started == begin + throttles * 40_000
        assert starts(world) == pytest.approx([0])


def test_threads_of_a_run_take_turns() -> None:
    """What a run hands to threads is done at once, in the order it was handed over."""
    done: list[int] = []

    def answer(_event: object, _context: object) -> None:
        with ThreadPoolExecutor(4) as threads:
            threads.map(done.append, range(50))

    with probe(answer) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

    assert done == list(range(50))


def test_memory_is_not_limited() -> None:
    """A run may use more memory than its function is given."""

    def answer(_event: object, _context: object) -> None:
        assert len(bytearray(300 * 1024 * 1024)) > 256 * 1024 * 1024

    with probe(answer) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert [run.state for run in world.runs] == ["ok"]


def test_every_bucket_is_there() -> None:
    """What a role may reach it finds: no bucket has to be made first."""

    def answer(event: dict[str, Any], context: object) -> Any:  # noqa: ANN401 - an entry point
        s3().put_object(Bucket="never-made", Key="k", Body=b"x")
        return nothing_fails(event, context)

    may = {"actions": ["s3:PutObject"], "resources": ["arn:aws:s3:::never-made/*"]}
    with probe(answer, statements=(may,)) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert world.s3.keys("never-made") == ["k"]


def test_code_outside_a_run_may_do_everything() -> None:
    """A test is no role: what it does itself is not judged."""
    with probe() as world:
        sqs().send_message(QueueUrl=DEAD_URL, MessageBody="x")

        assert len(world.dead_letters(JOB).messages) == 1


def test_service_without_a_model_is_not_judged() -> None:
    """Which rights a call needs is known only of the services that jobs use."""

    def answer(event: dict[str, Any], context: object) -> Any:  # noqa: ANN401 - an entry point
        boto3.client("sns").publish(TopicArn="arn:aws:sns:eu-west-1:1:t", Message="x")
        return nothing_fails(event, context)

    with probe(answer) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert [run.state for run in world.runs] == ["ok"]


def test_work_of_the_processor_within_the_timeout_takes_no_time() -> None:
    """Only what computes for longer than its timeout is noticed; a seed must repeat anywhere."""

    def answer(event: dict[str, Any], context: object) -> Any:  # noqa: ANN401 - an entry point
        end = time.perf_counter() + 0.2
        while time.perf_counter() < end:
            pass
        return nothing_fails(event, context)

    with probe(answer, timeout=3) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert world.runs[0].ended == world.runs[0].started


def test_wait_for_anything_but_time_takes_real_time() -> None:
    """A lock or a process is waited for in earnest, and no virtual time passes meanwhile."""

    def answer(event: dict[str, Any], context: object) -> Any:  # noqa: ANN401 - an entry point
        assert not threading.Event().wait(0.2)
        return nothing_fails(event, context)

    with probe(answer, timeout=1) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert world.runs[0].ended == world.runs[0].started
