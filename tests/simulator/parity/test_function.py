"""A simulated function and its event source mapping behave as Lambda's."""

from __future__ import annotations

import time
from typing import Any

import pytest

from clarivum_jobs.testing import Faults, Kill
from clarivum_jobs.testing.mapping import failures
from tests.simulator.aws import sqs
from tests.simulator.parity.probe import JOB, URL, everything_fails, probe, starts


def _sleep(seconds: float) -> Any:  # noqa: ANN401 - an entry point
    def answer(_event: dict[str, Any], _context: object) -> None:
        time.sleep(seconds)

    return answer


def test_only_named_failures_come_back() -> None:
    """Of a batch, what the answer names stays and the rest is deleted."""

    def answer(event: dict[str, Any], _context: object) -> dict[str, Any]:
        bad = [r["messageId"] for r in event["Records"] if r["body"] == "bad"]
        return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in bad]}

    with probe(answer, batch_size=10, max_attempts=3) as world:
        entries: Any = [{"Id": b, "MessageBody": b} for b in ("good", "bad", "fine")]
        sqs().send_message_batch(QueueUrl=URL, Entries=entries)
        world.settle()

        assert [len(run.event["Records"]) for run in world.runs] == [3, 1, 1]


@pytest.mark.parametrize(
    ("answer", "stay"),
    [
        (None, 0),
        ({}, 0),
        ({"batchItemFailures": []}, 0),
        ({"batchItemFailures": None}, 0),
        ({"batchItemFailures": [{"itemIdentifier": "a"}]}, 1),
        ({"batchItemFailures": [{"itemIdentifier": ""}]}, 2),
        ({"batchItemFailures": [{"itemIdentifier": None}]}, 2),
        ({"batchItemFailures": [{"item": "a"}]}, 2),
        ({"batchItemFailures": [{"itemIdentifier": "unknown"}]}, 2),
        ({"batchItemFailures": "a"}, 2),
        ("fine", 2),
    ],
)
def test_every_form_of_answer_means_what_lambda_documents(answer: object, stay: int) -> None:
    """Nothing named deletes all; what cannot be read, or was not delivered, keeps all."""
    assert len(failures(answer, {"a", "b"})) == stay


def test_exception_brings_the_whole_batch_back() -> None:
    """When the entry point raises, every message of its batch is delivered again."""

    def answer(_event: dict[str, Any], _context: object) -> None:
        message = "no"
        raise ValueError(message)

    with probe(answer, batch_size=10, max_attempts=2) as world:
        entries: Any = [{"Id": b, "MessageBody": b} for b in ("a", "b")]
        sqs().send_message_batch(QueueUrl=URL, Entries=entries)
        world.settle()

        assert [len(run.event["Records"]) for run in world.runs] == [2, 2]
        assert len(world.dead_letters(JOB).messages) == 2


def test_run_ends_at_its_timeout() -> None:
    """A run that reaches the timeout ends there, and its messages come back."""
    with probe(_sleep(100), timeout=10, visibility_timeout=60, max_attempts=2) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert [run.state for run in world.runs] == ["timeout", "timeout"]
        assert [run.ended - run.started for run in world.runs] == [10_000, 10_000]


def test_concurrency_is_a_limit() -> None:
    """No more runs at a time than the mapping's maximum concurrency."""
    with probe(_sleep(10), concurrency=2) as world:
        for _ in range(6):
            sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert starts(world) == pytest.approx([0, 0, 10, 10, 20, 20], abs=0.1)


def test_throttle_burns_a_receive() -> None:
    """A delivery that is refused counts as a receive, though nothing ran."""
    with probe(faults=Faults(throttle=1), max_attempts=3) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert not world.runs
        assert len(world.dead_letters(JOB).messages) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_sandbox_is_not_observed_any_more(moment: Any) -> None:  # noqa: ANN401
    """After a kill no cleanup of the code has an effect, not even one that catches everything."""

    def answer(event: dict[str, Any], context: object) -> dict[str, Any]:
        handle = event["Records"][0]["receiptHandle"]
        try:
            sqs().change_message_visibility(QueueUrl=URL, ReceiptHandle=handle, VisibilityTimeout=5)
        finally:
            sqs().send_message(QueueUrl=URL, MessageBody="from beyond")
        return everything_fails(event, context)

    faults = Faults(kills=(Kill(1, 1, moment),))
    with probe(answer, faults=faults, max_attempts=1, visibility_timeout=60) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.run(70)

        assert world.runs[0].state == "killed"
        assert len(world.runs[0].done) == (moment == "after")
        assert "from beyond" not in str(world.queue(JOB).messages)


def test_sandbox_is_reused_until_it_breaks() -> None:
    """A sandbox serves the next run; after a failure a new one is made."""
    built: list[int] = []
    with probe(max_attempts=2) as world:

        def build() -> Any:  # noqa: ANN401
            built.append(1)
            return everything_fails if len(built) == 1 else _sleep(100)

        world.functions[JOB].build = build
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()
        assert (len(world.runs), len(built)) == (2, 1)


def test_remaining_time_is_counted_down() -> None:
    """The context tells the time left until the timeout."""
    seen: list[int] = []

    def answer(_event: object, context: Any) -> None:  # noqa: ANN401
        time.sleep(4)
        seen.append(context.get_remaining_time_in_millis())

    with probe(answer, timeout=30) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

    assert seen == [26_000]


def test_event_has_the_form_lambda_gives_it() -> None:
    """A record carries the fields, and the spelling, that SQS events have on Lambda."""
    with probe() as world:
        sqs().send_message(
            QueueUrl=URL,
            MessageBody="x",
            MessageAttributes={"a": {"DataType": "String", "StringValue": "b"}},
        )
        world.settle()
        (record,) = world.runs[0].event["Records"]

    assert record.keys() == {
        *("messageId", "receiptHandle", "body", "md5OfBody", "attributes", "messageAttributes"),
        *("eventSource", "eventSourceARN", "awsRegion"),
    }
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert record["messageAttributes"]["a"]["stringValue"] == "b"
