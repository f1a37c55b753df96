"""A simulated function and its event source mapping behave as Lambda's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs.testing import Deployment, Faults, Kill, World
from clarivum_jobs.testing.aws.mapping import failures
from tests.simulator.aws import sqs
from tests.simulator.parity.probe import (
    JOB,
    URL,
    Answer,
    everything_fails,
    nothing_fails,
    probe,
    starts,
)

if TYPE_CHECKING:
    from collections.abc import Callable


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


class _MuteError(Exception):
    def __str__(self) -> str:
        raise SystemExit


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), SystemExit(0), GeneratorExit(), _MuteError(), BaseException("x")]
)
def test_run_that_raises_anything_ends_as_an_error(error: BaseException) -> None:
    """Whatever leaves the entry point, the run ends and its batch comes back."""

    def answer(_event: object, _context: object) -> None:
        raise error

    with probe(answer, max_attempts=2, concurrency=2) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert [run.state for run in world.runs] == ["error", "error"]
        assert len(world.dead_letters(JOB).messages) == 1


def _started(build: Callable[[], Answer], timeout: int = 30) -> tuple[World, list[str]]:
    with World() as world:
        world.deploy(Deployment(JOB, build, timeout, spare_receives=0, max_attempts=1))
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()
    return world, [run.state for run in world.runs]


def test_start_of_a_sandbox_counts_toward_no_timeout() -> None:
    """Importing may take longer than the timeout, as long as it takes ten seconds at most."""
    seen: list[int] = []

    def build() -> Answer:
        time.sleep(9)
        return lambda _event, context: seen.append(context.get_remaining_time_in_millis())

    _, states = _started(build, timeout=5)

    assert (seen, states) == ([5000], ["ok"])


def test_start_longer_than_ten_seconds_is_begun_again_inside_the_run() -> None:
    """A sandbox that is not ready is ended; the second start has the function's timeout."""
    begun: list[float] = []

    def build() -> Answer:
        begun.append(time.time())
        time.sleep(12)
        return nothing_fails

    _, enough = _started(build, timeout=20)
    first, second = begun
    _, short = _started(build, timeout=11)

    assert second - first == 10
    assert (enough, short) == (["ok"], ["timeout"])


def test_error_at_import_is_an_error_of_the_run() -> None:
    """Code that cannot be imported fails each run; it is tried once more inside it."""
    begun: list[int] = []

    def build() -> Answer:
        begun.append(1)
        raise ImportError

    world, states = _started(build)

    assert (len(begun), states) == (2, ["error"])
    assert world.runs[0].problem.startswith("ImportError")
