"""The producer sends what fits the contract, within what SQS takes, and tells what became of it."""

import datetime as dt
import json
import uuid
from typing import Any, cast

import pytest

from clarivum_jobs import (
    EnqueueError,
    InvalidPayloadError,
    Producer,
    enqueue,
    enqueue_json,
    enqueue_many,
)
from clarivum_jobs.core.errors import MessageTooLargeError
from clarivum_jobs.producer.batching import MAX_BATCH_BYTES, MAX_MESSAGE_BYTES, Entry, batches
from tests.runtime.bench import QUEUE, SENDING
from tests.runtime.fakes import FakeSqs, no_connection, refusal
from tests.runtime.samples import ADDRESS, Sample, document, sample

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> FakeSqs:
    """Return the queues that `enqueue` sends to."""
    fake = FakeSqs()
    monkeypatch.setenv("JOBS_QUEUE_BASE_URL", SENDING.queue_base_url)
    monkeypatch.setenv("JOBS_SOURCE", SENDING.source)
    monkeypatch.setattr("clarivum_jobs.core.clients.sqs", lambda: fake)
    return fake


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


def test_message_is_a_cloud_event_on_the_jobs_queue(sqs: FakeSqs) -> None:
    """The envelope names the job, the sender, the key, the version and the trace."""
    receipt = enqueue(sample(), trace=TRACE)

    (sent,) = sqs.sent
    assert sent["QueueUrl"] == QUEUE
    assert "DelaySeconds" not in sent
    envelope = json.loads(sent["MessageBody"])
    assert dt.datetime.fromisoformat(envelope.pop("time")).tzinfo
    assert envelope.pop("traceparent").startswith(TRACE[:36])
    assert envelope == {
        "specversion": "1.0",
        "id": receipt.job_id,
        "source": "clarivum/test",
        "type": "jobs.sample-job",
        "datacontenttype": "application/json",
        "idempotencykey": receipt.idempotency_key,
        "contractversion": 2,
        "data": {**document(), "copy_no": 1, "others": []},
    }
    assert receipt.message_id == "sqs-1"


def test_body_is_ascii_whatever_the_payload_holds(sqs: FakeSqs) -> None:
    """SQS refuses some characters that JSON allows; escaped they all pass."""
    enqueue(sample(note="Ж\u0000\uffff\U0001f600"))

    text = sqs.sent[0]["MessageBody"]
    assert text.isascii()
    assert json.loads(text)["data"]["note"] == "Ж\u0000\uffff\U0001f600"


@pytest.mark.parametrize(("delay", "seconds"), [(900, 900), (dt.timedelta(seconds=1.2), 2)])
def test_delay_is_a_message_timer(sqs: FakeSqs, delay: dt.timedelta | int, seconds: int) -> None:
    """Up to 15 minutes, in whole seconds, never sooner than asked."""
    enqueue(sample(), delay=delay)

    assert sqs.sent[0]["DelaySeconds"] == seconds


@pytest.mark.parametrize("delay", [-1, 366 * 86_400 + 1, dt.timedelta(days=400)])
def test_delay_beyond_a_year_is_refused(sqs: FakeSqs, delay: dt.timedelta | int) -> None:
    """Nothing is sent, and nothing is scheduled."""
    with pytest.raises(ValueError, match="0 to 31622400"):
        enqueue(sample(), delay=delay)
    assert sqs.calls == []


def test_plain_json_passes_the_same_contract(sqs: FakeSqs) -> None:
    """Untyped input is validated strictly; an unknown field is refused, not dropped."""
    enqueue_json(Sample, document())

    with pytest.raises(InvalidPayloadError) as caught:
        enqueue_json(Sample, document(email="nonsense", extra=1, copy_no="2"))
    assert len(sqs.sent) == 1
    assert caught.value.violations == (
        "email: Value error, not an e-mail address",
        "copy_no: Input should be a valid integer",
        "extra: Extra inputs are not permitted",
    )


@pytest.mark.parametrize(
    "unchecked",
    [
        Sample.model_construct(lead_id="x", email=ADDRESS),  # type: ignore[arg-type]
        Sample.model_construct(lead_id=uuid.UUID(int=1), email=ADDRESS, copy_no=0),
    ],
)
def test_payload_made_around_validation_is_refused(sqs: FakeSqs, unchecked: Sample) -> None:
    """There is one way in: what nobody validated is validated before it is sent."""
    with pytest.raises(InvalidPayloadError) as caught:
        enqueue(unchecked)
    assert sqs.calls == []
    assert ADDRESS not in str(caught.value)


def test_message_that_does_not_fit_is_refused_before_sending(sqs: FakeSqs) -> None:
    """There is room left for the attributes of a dead letter."""
    with pytest.raises(MessageTooLargeError, match=str(MAX_MESSAGE_BYTES)):
        enqueue(sample(note="x" * MAX_MESSAGE_BYTES))
    assert sqs.calls == []


@pytest.mark.parametrize(
    ("error", "code"),
    [(refusal("OverLimit"), "OverLimit"), (no_connection(), "EndpointConnectionError")],
)
def test_queue_that_does_not_take_a_message_is_reported(
    sqs: FakeSqs, error: Exception, code: str
) -> None:
    """The caller learns the code and may send again."""
    sqs.fail["send_message"] = error

    with pytest.raises(EnqueueError) as caught:
        enqueue(sample())
    assert caught.value.code == code


def test_named_work_has_a_key_of_its_own(sqs: FakeSqs) -> None:
    """A name stands in for the payload's key fields, and is never equal to theirs."""
    by_fields = enqueue(sample())
    named = [enqueue(sample(copy_no=number), key="spring") for number in (1, 2)]

    assert named[0].idempotency_key == named[1].idempotency_key
    assert by_fields.idempotency_key != named[0].idempotency_key
    assert len(sqs.sent) == 3


def test_many_payloads_go_ten_a_call_in_their_order(sqs: FakeSqs) -> None:
    """25 payloads are three calls; receipts come in the order of the payloads."""
    result = enqueue_many(sample(copy_no=number) for number in range(1, 26))

    assert sqs.calls == ["send_message_batch"] * 3
    numbers = [json.loads(message["MessageBody"])["data"]["copy_no"] for message in sqs.sent]
    assert numbers == list(range(1, 26))
    assert [receipt.message_id for receipt in result.accepted] == [f"sqs-{n}" for n in numbers]
    assert result.failed == ()


def test_entries_that_failed_are_sent_again_and_the_others_are_not(sqs: FakeSqs) -> None:
    """SQS's own failures are retried; ours are reported; nobody is sent twice."""
    sqs.batch_faults = [
        {
            "1": {"SenderFault": False, "Code": "InternalError"},
            "2": {"SenderFault": True, "Code": "InvalidMessageContents"},
            "3": {},
        },
    ]

    result = enqueue_many(sample(copy_no=number) for number in range(1, 5))

    assert sqs.calls == ["send_message_batch"] * 2
    assert len(sqs.sent) == len(result.accepted) == 3
    assert [(failure.index, failure.code) for failure in result.failed] == [
        (2, "InvalidMessageContents")
    ]


def test_entry_that_keeps_failing_is_reported_after_three_tries(sqs: FakeSqs) -> None:
    """The caller hears of it and decides."""
    fault = {"0": {"SenderFault": False, "Code": "InternalError"}}
    sqs.batch_faults = [fault, fault, fault]

    result = enqueue_many([sample(), sample(copy_no=2)])

    assert sqs.calls == ["send_message_batch"] * 3
    assert [failure.code for failure in result.failed] == ["InternalError"]
    assert len(result.accepted) == 1


def test_call_that_fails_altogether_fails_its_entries_only(sqs: FakeSqs) -> None:
    """No exception hides which payloads were sent."""
    sqs.fail["send_message_batch"] = no_connection()

    result = enqueue_many([sample(), sample(copy_no=2)])

    assert [failure.index for failure in result.failed] == [0, 1]
    assert result.accepted == ()


def test_invalid_payload_among_many_does_not_keep_the_others_back(sqs: FakeSqs) -> None:
    """Each payload has its own result."""
    bad = Sample.model_construct(lead_id="x", email=ADDRESS)  # type: ignore[arg-type]
    large = sample(note="x" * MAX_MESSAGE_BYTES)

    result = enqueue_many([bad, sample(), large])

    assert [(failure.index, failure.code) for failure in result.failed] == [
        (0, "invalid_payload"),
        (2, "message_too_large"),
    ]
    assert len(result.accepted) == len(sqs.sent) == 1


def test_batches_respect_the_bytes_of_a_call() -> None:
    """Large messages travel in smaller company, none is left out, the order stays."""
    entries = [Entry(number, "x" * (MAX_BATCH_BYTES // 3), 0) for number in range(8)]

    made = list(batches(entries))

    assert [entry for batch in made for entry in batch] == entries
    assert [len(batch) for batch in made] == [3, 3, 2]


def test_producer_may_be_made_by_hand() -> None:
    """A program that serves several environments makes one producer for each."""
    fake = FakeSqs()

    Producer(SENDING, cast("Any", fake)).enqueue(sample())

    assert fake.sent[0]["QueueUrl"] == QUEUE
