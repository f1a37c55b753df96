"""A worker does each thing once and acknowledges only what is done, done before, or parked."""

import json
import time
from dataclasses import replace

import pytest

from clarivum_jobs import JobContext, enqueue
from clarivum_jobs.core.errors import SandboxEndedError
from clarivum_jobs.worker import UnknownEventError
from tests.runtime.bench import SENDING, SETTINGS, Bench, body, changed, log_lines, metrics, record
from tests.runtime.bench import with_data as message_with
from tests.runtime.fakes import refusal
from tests.runtime.samples import ADDRESS, JOB, Sample, sample


def test_good_message_is_done_recorded_and_acknowledged(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """The handler gets the payload, the record is completed, the log line says `done`."""
    text = body()

    unacknowledged = bench.run(record(text))

    envelope = json.loads(text)
    assert unacknowledged == []
    assert [payload for payload, _ in bench.handler.seen] == [sample()]
    (record_id, item), *others = bench.table.items.items()
    assert (record_id, others) == (f"{JOB}#{envelope['idempotencykey']}", [])
    assert item["status"] == {"S": "done"}
    assert bench.table.calls == ["update_item", "update_item"]
    line = log_lines(capsys.readouterr().out)[-1]
    assert line["message"] == "job done"
    assert (line["job"], line["job_id"], line["attempt"], line["outcome"]) == (
        JOB,
        envelope["id"],
        1,
        "done",
    )


def test_return_value_of_a_handler_is_ignored(bench: Bench) -> None:
    """A handler that returns something odd is done, and nothing of it is stored."""
    bench.handler.acts = lambda payload, _context: {"batchItemFailures": [], "p": payload.email}

    assert bench.run(record(body())) == []
    assert ADDRESS not in json.dumps(bench.table.items)


def test_second_delivery_of_a_done_message_is_acknowledged_without_effect(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """The record of the first delivery turns the second into a duplicate."""
    text = body()
    bench.run(record(text))
    capsys.readouterr()

    assert bench.run(record(text, attempt=2)) == []
    assert len(bench.handler.seen) == 1
    assert log_lines(capsys.readouterr().out)[-1]["outcome"] == "duplicate"


def test_two_sends_of_one_payload_have_one_effect(bench: Bench) -> None:
    """Job ids differ between sends, the key does not; the copy in the same batch is a duplicate."""
    assert bench.run(record(body(), "a"), record(body(), "b")) == []
    assert len(bench.handler.seen) == 1


def test_record_outlives_the_retention_of_the_settings(bench: Bench) -> None:
    """The record's expiry is the retention from now on."""
    bench.run(record(body()))

    (item,) = bench.table.items.values()
    left = int(item["expiration"]["N"]) - time.time()
    assert left == pytest.approx(SETTINGS.record_retention, rel=0.001)


def test_message_in_progress_elsewhere_waits_for_the_claim_to_end(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """The claim lasts to the deadline and a little more; the copy comes back some time after it."""
    text = body()
    held: list[list[str]] = []
    ends: list[float] = []

    def act(*_: object) -> None:
        (item,) = bench.table.items.values()
        ends.append(int(item["in_progress_expiration"]["N"]) / 1000)
        held.append(Bench.run(bench_of_another_sandbox(bench), record(text, "b")))

    bench.handler.acts = act

    assert bench.run(record(text, "a")) == []
    assert held == [["b"]]
    (change,) = bench.sqs.visibility
    assert change["ReceiptHandle"] == "receipt-b"
    left = ends[0] - time.time()
    assert 33 <= left <= 35
    assert left <= change["VisibilityTimeout"] <= 37 + SETTINGS.backoff_base
    retries = [
        line for line in log_lines(capsys.readouterr().out) if line.get("outcome") == "retry"
    ]
    assert [line["error_code"] for line in retries] == ["in_progress"]


def bench_of_another_sandbox(bench: Bench) -> Bench:
    """Return a second worker on the same queue and table."""
    other = Bench()
    other.sqs, other.table = bench.sqs, bench.table
    other.services = other.services.of(SETTINGS, SENDING, bench.sqs, bench.table)  # type: ignore[arg-type]
    other.worker = type(bench.worker)(Sample, other.handler, other.services)
    return other


def test_claim_of_a_dead_sandbox_is_taken_over_after_its_deadline(bench: Bench) -> None:
    """A record left in progress does not block once its invocation must be over."""
    text = body()
    bench.context.left = [-6.0]
    bench.handler.acts = lambda *_: (_ for _ in ()).throw(SandboxEndedError)
    with pytest.raises(SandboxEndedError):
        bench.run(record(text))
    bench.context.left, bench.handler.acts = [30.0], lambda *_: None

    assert bench.run(record(text, attempt=2)) == []
    assert len(bench.handler.seen) == 2


def test_table_that_does_not_answer_keeps_the_work_from_running(bench: Bench) -> None:
    """Without a claim nothing runs: the message comes back."""
    bench.table.fail["update_item"] = refusal("InternalServerError")

    assert bench.run(record(body())) == ["m-1"]
    assert bench.handler.seen == []


def test_work_whose_record_cannot_be_completed_is_not_acknowledged(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is acknowledged before its record; the log says that the work was done."""
    bench.table.fail, bench.table.fail_from = {"update_item": refusal("Throttling")}, 2
    bench.context.left = [30.0, 30.0, 2.5]

    assert bench.run(record(body())) == ["m-1"]
    assert log_lines(capsys.readouterr().out)[-1]["error_code"] == "record_not_saved"


def test_handler_sees_its_attempt_and_its_time(bench: Bench) -> None:
    """The context carries ids, the attempt's number, the trace and the remaining time."""
    text = body()
    left: list[float] = []
    bench.handler.acts = lambda _payload, context: left.append(context.remaining_time())

    bench.run(record(text, attempt=3))

    envelope, (_, context) = json.loads(text), bench.handler.seen[0]
    assert (context.job_id, context.idempotency_key) == (
        envelope["id"],
        envelope["idempotencykey"],
    )
    assert (context.attempt, context.max_attempts, left) == (3, 5, [30.0])
    assert context.traceparent.split("-")[1] == envelope["traceparent"].split("-")[1]
    assert context.traceparent != envelope["traceparent"]


def test_what_a_handler_enqueues_continues_the_trace(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job enqueued by a job belongs to the same trace, under the attempt's span."""
    monkeypatch.setenv("JOBS_QUEUE_BASE_URL", SENDING.queue_base_url)
    monkeypatch.setenv("JOBS_SOURCE", "clarivum/test/sample-job")
    monkeypatch.setattr("clarivum_jobs.core.clients.sqs", lambda: bench.sqs)

    def chain(_payload: Sample, _context: JobContext) -> None:
        enqueue(sample(copy_no=2))

    bench.handler.acts = chain
    text = body()
    bench.run(record(text))

    child = json.loads(bench.sqs.sent[0]["MessageBody"])
    assert child["traceparent"].split("-")[1] == json.loads(text)["traceparent"].split("-")[1]


def test_old_message_with_a_field_that_is_gone_is_still_done(bench: Bench) -> None:
    """What is strict at the producer is tolerant here."""
    old = changed(message_with(gone=1), contractversion=1)

    assert bench.run(record(old)) == []
    assert len(bench.handler.seen) == 1
    assert bench.dead == []


def test_unknown_event_is_refused(bench: Bench) -> None:
    """An event of another kind is not taken for an empty batch."""
    with pytest.raises(UnknownEventError, match="Records"):
        bench.start({"detail": {}})


def test_metrics_count_done_jobs_under_environment_and_job(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other dimension, whatever Powertools would add; two environments are two metrics."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", JOB)
    bench = Bench(replace(SETTINGS, metrics_namespace="Counted"))
    bench.run(record(body(), "a"), record(body(copy_no=2), "b"))

    counted = metrics(capsys.readouterr().out)
    (directive,) = counted["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Counted"
    assert directive["Dimensions"] == [["environment", "job"]]
    assert counted["environment"] == "test"
    assert (counted["job"], counted["job_processed_total"]) == (JOB, [1, 1])
    assert len(counted["job_duration_seconds"]) == 2
