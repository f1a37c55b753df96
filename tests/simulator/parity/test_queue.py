"""A simulated queue behaves as a standard queue of SQS."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from clarivum_jobs.testing import Faults
from tests.simulator.aws import sqs
from tests.simulator.parity.probe import DEAD_URL, JOB, URL, everything_fails, probe, starts


def test_failed_message_comes_back_after_its_visibility() -> None:
    """What a run names as failed is delivered again when the visibility timeout is over."""
    with probe(everything_fails, visibility_timeout=60, max_attempts=4) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert starts(world) == pytest.approx([0, 60, 120, 180], abs=1)


def test_changed_visibility_decides_the_next_delivery() -> None:
    """A run that changes a message's visibility moves its next delivery."""

    def answer(event: dict[str, Any], context: object) -> dict[str, Any]:
        handle = event["Records"][0]["receiptHandle"]
        sqs().change_message_visibility(QueueUrl=URL, ReceiptHandle=handle, VisibilityTimeout=7)
        return everything_fails(event, context)

    with probe(answer, visibility_timeout=180, max_attempts=3) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert starts(world) == pytest.approx([0, 7, 14], abs=0.2)


def test_message_moves_on_after_its_last_receive() -> None:
    """After max_attempts receives a message goes to the dead-letter queue, exactly once."""
    with probe(everything_fails, max_attempts=5) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        assert len(world.runs) == 5
        assert len(world.dead_letters(JOB).messages) == 1
        assert not world.queue(JOB).messages


def test_dead_letter_keeps_the_age_of_its_message() -> None:
    """A message that SQS itself moves expires counted from when it was first sent."""
    with probe(everything_fails, max_attempts=1, visibility_timeout=100) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        sent = world.loop.now
        world.settle()

        (dead,) = world.dead_letters(JOB).messages.values()
        assert dead.expires == sent + 1_209_600 * 1000


def test_message_expires_at_the_end_of_its_retention() -> None:
    """What nobody takes in time is gone, dead-letter queue or not."""
    with probe(message_retention=60) as world:
        world.mappings[JOB].enabled = False
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.run(61)

        assert "Messages" not in sqs().receive_message(QueueUrl=URL)
        assert len(world.queue(JOB).expired) == 1


def test_delay_hides_a_new_message() -> None:
    """A message timer delays the first delivery, up to 900 seconds and no longer."""
    with probe() as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x", DelaySeconds=900)
        begin = world.loop.now
        world.settle()

        assert world.runs[0].started == begin + 900_000
        with pytest.raises(ClientError, match="901"):
            sqs().send_message(QueueUrl=URL, MessageBody="x", DelaySeconds=901)


def test_duplicates_are_delivered_while_the_first_runs() -> None:
    """With the duplicate fault one message is in two runs at a time."""
    with probe(faults=Faults(duplicate=1, latency=(1, 1)), seed=1) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.run(1)

        assert len(world.runs) >= 2


def test_order_is_not_promised() -> None:
    """With the reorder fault a younger message may be delivered before an older one."""
    seen: list[str] = []

    def answer(event: dict[str, Any], _context: object) -> None:
        seen.extend(record["body"] for record in event["Records"])

    with probe(answer, seed=3, faults=Faults(reorder=1), concurrency=1) as world:
        for number in range(8):
            sqs().send_message(QueueUrl=URL, MessageBody=str(number))
        world.settle()

    assert sorted(seen) == [str(number) for number in range(8)] != seen


def test_batch_of_more_than_ten_is_refused() -> None:
    """A batch takes ten entries with distinct ids and 1 MiB together."""
    entry: list[Any] = [{"Id": str(number), "MessageBody": "x"} for number in range(11)]
    large: list[Any] = [{"Id": str(n), "MessageBody": "x" * 600_000} for n in range(2)]
    with probe():
        for entries, code in (
            (entry, "TooManyEntriesInBatchRequest"),
            ([entry[0], entry[0]], "BatchEntryIdsNotDistinct"),
            (large, "BatchRequestTooLong"),
        ):
            with pytest.raises(ClientError, match=code):
                sqs().send_message_batch(QueueUrl=URL, Entries=entries)


@pytest.mark.parametrize("name", ["", "a b", "a.b", "é", "x" * 81])
def test_batch_entry_with_an_odd_id_is_refused(name: str) -> None:
    """An id has letters, digits, hyphens and underscores, 80 at most; nothing of the batch is sent.

    An empty batch is refused as well.
    """
    entries: list[Any] = [{"Id": i, "MessageBody": "x"} for i in ("a-_9" * 20, name)]
    with probe() as world:
        with pytest.raises(ClientError, match="InvalidBatchEntryId"):
            sqs().send_message_batch(QueueUrl=URL, Entries=entries)
        with pytest.raises(ClientError, match="EmptyBatchRequest"):
            sqs().send_message_batch(QueueUrl=URL, Entries=[])
        assert not world.queue(JOB).messages

        assert sqs().send_message_batch(QueueUrl=URL, Entries=entries[:1])["Successful"]


def test_message_larger_than_its_queue_takes_is_refused() -> None:
    """Body and attributes together are at most the 258,048 bytes that `modules/queue` sets."""
    most = 258_048
    attributes: Any = {"ab": {"DataType": "String", "StringValue": "é"}}
    with probe() as world:
        sqs().send_message(
            QueueUrl=URL, MessageBody="x" * (most - 10), MessageAttributes=attributes
        )
        with pytest.raises(ClientError, match="258049 bytes"):
            sqs().send_message(
                QueueUrl=URL, MessageBody="x" * (most - 9), MessageAttributes=attributes
            )
        assert len(world.queue(JOB).messages) == 1


@pytest.mark.parametrize(
    ("body", "attributes"),
    [
        ("a\x00b", {}),
        ("a\ufffe", {}),
        ("x", {f"n{number}": {"DataType": "String", "StringValue": "v"} for number in range(11)}),
        ("x", {"n": {"DataType": "Number", "StringValue": "no number"}}),
        ("x", {"n": {"DataType": "Number", "StringValue": "1_000"}}),
        ("x", {"n": {"DataType": "Number", "StringValue": "1" * 39}}),
        ("x", {"n": {"DataType": "Number", "StringValue": "1e126"}}),
        ("x", {"n": {"DataType": "Text", "StringValue": "v"}}),
        ("x", {"n": {"DataType": "Binary", "BinaryValue": b""}}),
        ("x", {"": {"DataType": "String", "StringValue": "v"}}),
        ("", {}),
        ("x", {"n": {"DataType": "String", "StringValue": ""}}),
        ("x", {"n": {"DataType": "String", "StringValue": "\x1b"}}),
        ("x", {"AWS.n": {"DataType": "String", "StringValue": "v"}}),
        ("x", {"n!": {"DataType": "String", "StringValue": "v"}}),
    ],
)
def test_message_that_sqs_does_not_spell_is_refused(body: str, attributes: Any) -> None:  # noqa: ANN401
    """Ten attributes with allowed names, types and values; characters that XML knows."""
    with probe() as world:
        with pytest.raises(ClientError):
            sqs().send_message(QueueUrl=URL, MessageBody=body, MessageAttributes=attributes)
        assert not world.queue(JOB).messages


def test_visibility_of_a_message_not_in_flight_cannot_change() -> None:
    """After its visibility timeout a receipt changes nothing any more."""
    with probe(visibility_timeout=30) as world:
        world.mappings[JOB].enabled = False
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        handle = sqs().receive_message(QueueUrl=URL)["Messages"][0]["ReceiptHandle"]
        world.run(31)

        with pytest.raises(sqs().exceptions.MessageNotInflight):
            sqs().change_message_visibility(QueueUrl=URL, ReceiptHandle=handle, VisibilityTimeout=1)


def test_redriven_message_is_a_new_one() -> None:
    """A redrive gives a new message id and starts the receive count anew."""
    with probe(everything_fails, max_attempts=2) as world:
        first = sqs().send_message(QueueUrl=URL, MessageBody="x")["MessageId"]
        world.settle()

        assert world.redrive(JOB) == 1
        (again,) = world.queue(JOB).messages.values()
        assert (again.id != first, again.receives) == (True, 0)
        assert "Messages" not in sqs().receive_message(QueueUrl=DEAD_URL)


def test_receive_may_take_a_part_of_what_is_there() -> None:
    """Pollers ask some servers each: batches are smaller than they could be, and lose nothing."""
    sizes: list[int] = []

    def answer(event: dict[str, Any], _context: object) -> None:
        sizes.append(len(event["Records"]))

    with probe(answer, seed=1, faults=Faults(part=1), batch_size=10, concurrency=5) as world:
        world.mappings[JOB].enabled = False
        for number in range(20):
            sqs().send_message(QueueUrl=URL, MessageBody=str(number))
        world.mappings[JOB].enabled = True
        world.mappings[JOB].wake()
        world.settle()

    assert sum(sizes) == 20
    assert len(sizes) > 2
    assert min(sizes) < 10


def test_message_may_come_twice_in_one_batch() -> None:
    """Each copy is a receive; only the receipt of the later one deletes."""
    seen: list[list[tuple[str, int]]] = []

    def answer(event: dict[str, Any], _context: object) -> None:
        seen.append(
            [
                (r["messageId"], int(r["attributes"]["ApproximateReceiveCount"]))
                for r in event["Records"]
            ]
        )
        assert len({r["receiptHandle"] for r in event["Records"]}) == len(event["Records"])

    with probe(answer, faults=Faults(twin=1), batch_size=10) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

        ((first, second),) = seen
        assert first[0] == second[0]
        assert (first[1], second[1]) == (1, 2)
        assert not world.queue(JOB).messages
