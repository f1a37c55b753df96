"""A redrive is a task of SQS, which moves at a rate and knows what it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from clarivum_jobs.testing.aws.queue import ARN
from tests.simulator.aws import sqs
from tests.simulator.parity.probe import DEAD_URL, JOB, URL, everything_fails, nothing_fails, probe

if TYPE_CHECKING:
    from clarivum_jobs.testing import World


def _arn(world: World, *, dead: bool) -> str:
    return ARN + (world.dead_letters(JOB) if dead else world.queue(JOB)).name


def _tasks(world: World) -> list[dict[str, Any]]:
    found: Any = sqs().list_message_move_tasks(SourceArn=_arn(world, dead=True), MaxResults=10)
    return list(found["Results"])


def _fails_then_works(world: World, count: int) -> None:
    for number in range(count):
        sqs().send_message(QueueUrl=URL, MessageBody=str(number))
    world.settle()
    assert len(world.dead_letters(JOB).messages) == count
    world.mappings[JOB].enabled = False


def test_redrive_moves_at_its_rate_back_to_the_source() -> None:
    """Two a second, to the queue they came from, with new ids and no receives."""
    with probe(everything_fails, max_attempts=1, concurrency=9) as world:
        _fails_then_works(world, 5)
        ids = set(world.dead_letters(JOB).messages)
        started = sqs().start_message_move_task(
            SourceArn=_arn(world, dead=True), MaxNumberOfMessagesPerSecond=2
        )
        world.run(0.5)
        assert len(world.queue(JOB).messages) == 2
        assert _tasks(world)[0]["TaskHandle"] == started["TaskHandle"]
        world.run(10)

        moved = world.queue(JOB).messages.values()
        assert {message.body for message in moved} == set("01234")
        assert all(m.receives == 0 and m.id not in ids for m in moved)
        (task,) = _tasks(world)
        assert (task["Status"], task["ApproximateNumberOfMessagesMoved"]) == ("COMPLETED", 5)


def test_letter_sent_by_a_worker_needs_a_destination() -> None:
    """SQS does not know where a message came from that it did not move itself."""
    with probe(nothing_fails) as world:
        world.mappings[JOB].enabled = False
        sqs().send_message(QueueUrl=DEAD_URL, MessageBody="parked")
        sqs().start_message_move_task(SourceArn=_arn(world, dead=True))
        world.run(5)
        assert _tasks(world)[0]["FailureReason"] == "CouldNotDetermineMessageSource"
        assert len(world.dead_letters(JOB).messages) == 1

        sqs().start_message_move_task(
            SourceArn=_arn(world, dead=True), DestinationArn=_arn(world, dead=False)
        )
        world.run(5)
        assert [m.body for m in world.queue(JOB).messages.values()] == ["parked"]
        assert [task["Status"] for task in _tasks(world)] == ["COMPLETED", "FAILED"]


def test_redrive_is_one_at_a_time_and_from_a_dead_letter_queue() -> None:
    """A second task, another source, an unknown queue and a rate beyond 500 are refused."""
    with probe(everything_fails, max_attempts=1, concurrency=9) as world:
        _fails_then_works(world, 3)
        dead = _arn(world, dead=True)
        asks: list[Any] = [
            {"SourceArn": _arn(world, dead=False)},
            {"SourceArn": f"{ARN}nowhere"},
            {"SourceArn": dead, "DestinationArn": f"{ARN}nowhere"},
            {"SourceArn": dead, "MaxNumberOfMessagesPerSecond": 501},
        ]
        for asked in asks:
            with pytest.raises(ClientError):
                sqs().start_message_move_task(**asked)
        handle = sqs().start_message_move_task(SourceArn=dead, MaxNumberOfMessagesPerSecond=1)
        with pytest.raises(sqs().exceptions.UnsupportedOperation):
            sqs().start_message_move_task(SourceArn=dead)
        world.run(0.5)
        sqs().cancel_message_move_task(TaskHandle=handle["TaskHandle"])
        world.run(60)

        assert len(world.queue(JOB).messages) == 1
        assert _tasks(world)[0]["Status"] == "CANCELLED"
