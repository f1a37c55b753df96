"""What fails comes back in time or is parked with its reason; nothing is lost on the way."""

import json
from collections.abc import Callable
from typing import NoReturn

import pytest

from clarivum_jobs import JobContext, PermanentError, RetryAfter
from clarivum_jobs.core.clients import error_code
from tests.runtime.bench import (
    SETTINGS,
    Bench,
    body,
    changed,
    log_lines,
    metrics,
    record,
    with_data,
)
from tests.runtime.fakes import no_connection, refusal
from tests.runtime.samples import ADDRESS, JOB, Sample


def raising(error: BaseException) -> Callable[[Sample, JobContext], NoReturn]:
    """Return a handler that fails."""

    def handle(_payload: Sample, _context: JobContext) -> NoReturn:
        raise error

    return handle


def attributes(message: dict[str, dict[str, dict[str, str]]]) -> dict[str, str]:
    """Return the attributes of a message as plain text."""
    return {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}


def test_failed_attempt_comes_back_and_leaves_no_claim(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message waits within the backoff, and its record is free for the next attempt."""
    bench.handler.acts = raising(ConnectionError("refused"))

    assert bench.run(record(body(), attempt=3)) == ["m-1"]
    (item,) = bench.table.items.values()
    assert (item["status"], item["in_progress_expiration"]) == ({"S": "waiting"}, {"N": "0"})
    (change,) = bench.sqs.visibility
    assert 1 <= change["VisibilityTimeout"] <= 40
    output = capsys.readouterr().out
    line = log_lines(output)[-1]
    assert (line["message"], line["outcome"], line["attempt"]) == ("job retry", "retry", 3)
    assert (line["error_code"], line["reason"]) == ("ConnectionError", "ConnectionError: refused")
    assert line["at"][-1].startswith("test_failures.py:")
    assert metrics(output)["job_failed_total"] == [1]


def test_batch_reports_exactly_the_messages_that_failed(bench: Bench) -> None:
    """The good ones of a batch are acknowledged, the bad one is not."""

    def handle(payload: Sample, _context: JobContext) -> None:
        if payload.copy_no == 2:
            raise ConnectionError

    bench.handler.acts = handle
    batch = [record(body(copy_no=number), f"m-{number}") for number in (1, 2, 3)]

    assert bench.run(*batch) == ["m-2"]


def test_batch_that_fails_altogether_is_reported_not_raised(bench: Bench) -> None:
    """An exception would end the warm sandbox."""
    bench.handler.acts = raising(ConnectionError())

    assert bench.run(record(body(copy_no=1), "a"), record(body(copy_no=2), "b")) == ["a", "b"]


def test_last_attempt_is_parked_with_its_reason_and_acknowledged(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fifth failure ends in the dead-letter queue, by the worker's own hand."""
    bench.handler.acts = raising(ConnectionError("refused"))
    text = body()

    assert bench.run(record(text, attempt=5)) == []
    (parked,) = bench.dead
    envelope = json.loads(text)
    assert parked["MessageBody"] == text
    assert attributes(parked) == {
        "reason": "ConnectionError: refused",
        "error_code": "ConnectionError",
        "attempt": "5",
        "receives": "5",
        "job": JOB,
        "job_id": envelope["id"],
        "idempotency_key": envelope["idempotencykey"],
        "message_id": "m-1",
        "contract_version": "2",
    }
    output = capsys.readouterr().out
    assert log_lines(output)[-1]["outcome"] == "dead"
    assert metrics(output)["dlq_messages_total"] == [1]


def test_permanent_error_is_parked_at_once(bench: Bench) -> None:
    """What cannot succeed does not use up attempts, and keeps its code."""
    bench.handler.acts = raising(PermanentError("the account is closed", code="closed"))

    assert bench.run(record(body())) == []
    (parked,) = bench.dead
    assert attributes(parked)["error_code"] == "closed"
    assert attributes(parked)["reason"] == "the account is closed"
    assert bench.sqs.visibility == []


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("{", "invalid_envelope", "not a job's message"),
        ("[]", "invalid_envelope", "not a job's message"),
        (changed(body(), specversion="0.3"), "invalid_envelope", "specversion"),
        (changed(body(), idempotencykey=None), "invalid_envelope", "idempotencykey"),
        (changed(body(), type="jobs.other"), "wrong_job", "another job"),
        (changed(body(), contractversion=10**42), "invalid_envelope", "contractversion"),
        (with_data(copy_no=0), "invalid_payload", "copy_no"),
        (with_data(email="not an address"), "invalid_payload", "email"),
    ],
)
def test_message_nobody_can_read_is_parked_at_once(
    bench: Bench, text: str, code: str, reason: str
) -> None:
    """It is acknowledged after its first receive, with a reason a person understands."""
    assert bench.run(record(text)) == []
    (parked,) = bench.dead
    assert attributes(parked)["error_code"] == code
    assert (attributes(parked)["attempt"], attributes(parked)["receives"]) == ("0", "1")
    assert reason in attributes(parked)["reason"]
    assert bench.handler.seen == []
    assert all("#enqueue#" in name for name in bench.table.items)


def test_message_of_newer_code_waits_for_its_worker(bench: Bench) -> None:
    """While code is rolled out that soon ends; parked it is only before SQS would move it."""
    text = changed(body(), contractversion=3)

    assert bench.run(record(text)) == ["m-1"]
    assert bench.dead == []
    assert bench.run(record(text, attempt=SETTINGS.max_receives)) == []
    (parked,) = bench.dead
    assert attributes(parked)["error_code"] == "unknown_contract_version"
    assert "deploy the worker" in attributes(parked)["reason"]
    assert bench.handler.seen == []


def test_parking_comes_before_acknowledging(bench: Bench) -> None:
    """If the dead-letter queue does not take the message, it stays where it is."""
    bench.handler.acts = raising(PermanentError("no"))
    bench.sqs.fail["send_message"] = refusal("ServiceUnavailable")

    assert bench.run(record(body())) == ["m-1"]
    assert bench.sqs.calls == ["send_message", "change_message_visibility"]


def test_message_stays_when_sqs_cannot_be_reached_at_all(bench: Bench) -> None:
    """Neither a lost connection while parking nor one while setting the wait loses a message."""
    bench.handler.acts = raising(PermanentError("no"))
    bench.sqs.fail = dict.fromkeys(("send_message", "change_message_visibility"), no_connection())

    assert bench.run(record(body())) == ["m-1"]


def test_wait_that_cannot_be_set_does_not_lose_the_message(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """The queue's own visibility timeout brings it back; the log tells."""
    bench.handler.acts = raising(ConnectionError())
    bench.sqs.fail["change_message_visibility"] = refusal("ReceiptHandleIsInvalid")

    assert bench.run(record(body())) == ["m-1"]
    warning = log_lines(capsys.readouterr().out)[0]
    assert (warning["level"], warning["error_code"]) == ("WARNING", "ReceiptHandleIsInvalid")


def test_retry_after_waits_as_long_as_asked_within_the_cap(bench: Bench) -> None:
    """What the other side asks for is granted up to 15 minutes."""
    for seconds in (42.2, 100_000):
        bench.handler.acts = raising(RetryAfter(seconds))
        bench.run(record(body()))

    assert [change["VisibilityTimeout"] for change in bench.sqs.visibility] == [43, 900]


def test_claim_that_cannot_be_given_up_keeps_the_handlers_verdict(bench: Bench) -> None:
    """A permanent error is parked although the table fails afterwards."""
    bench.handler.acts = raising(PermanentError("no", code="closed"))
    bench.table.fail, bench.table.fail_from = {"update_item": refusal("InternalServerError")}, 2

    assert bench.run(record(body())) == []
    assert attributes(bench.dead[0])["error_code"] == "closed"


def test_handler_that_ends_the_process_fails_its_own_message_only(bench: Bench) -> None:
    """`sys.exit` in a handler is a failed attempt like another."""

    def handle(payload: Sample, _context: JobContext) -> None:
        if payload.copy_no == 1:
            raise SystemExit

    bench.handler.acts = handle

    assert bench.run(record(body(), "a"), record(body(copy_no=2), "b")) == ["a"]
    statuses = [item["status"]["S"] for item in bench.table.items.values()]
    assert statuses == ["waiting", "done"]


def test_record_with_too_little_time_left_is_put_back(bench: Bench) -> None:
    """The first is always begun; the next not in the last seconds, and it may come back at once."""
    bench.context.left = [30.0, 30.0, 1.5]

    assert bench.run(record(body(), "a"), record(body(copy_no=2), "b")) == ["b"]
    assert len(bench.handler.seen) == 1
    assert [change["VisibilityTimeout"] for change in bench.sqs.visibility] == [0]


def test_lone_record_is_begun_however_little_time_is_left(bench: Bench) -> None:
    """Otherwise it would never be."""
    bench.context.left = [0.5]

    assert bench.run(record(body())) == []


def test_failures_never_show_a_sensitive_value(
    bench: Bench, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither a log line, nor a metric, nor a reason holds it, whichever way an attempt ends."""

    def handle(payload: Sample, context: JobContext) -> None:
        context.logger.info("about %s", payload.email, extra={"to": [payload.email.upper()]})
        message = f"no mailbox {payload.email} at mail?to={payload.email.replace('@', '%40')}"
        raise ConnectionError(message)

    for attempt in (1, 5):
        bench.handler.acts = handle
        bench.run(record(body(home={"street": "Long Lane 7"}), attempt=attempt))
    bench.handler.acts = raising(PermanentError(f"{ADDRESS} is on the list; so is LONG LANE 7"))
    bench.run(record(body(home={"street": "Long Lane 7"})))
    bench.run(record(with_data(email=f"{ADDRESS} and more")))
    bench.run(record(with_data(copy_no=ADDRESS)))
    bench.run(record(f"{{{ADDRESS}"))

    reasons = [attributes(message) for message in bench.dead]
    told = capsys.readouterr().out + caplog.text + json.dumps(reasons)
    assert len(bench.dead) == 5
    assert told.count("[hidden]") >= 8
    for value in (ADDRESS, "ada.lovelace", "long lane"):
        assert value not in told.lower()


def test_code_of_an_aws_error_is_the_services_own() -> None:
    """A refusal is named as AWS names it, a lost connection by its kind."""
    assert error_code(refusal("Throttled")) == "Throttled"
    assert error_code(no_connection()) == "EndpointConnectionError"
