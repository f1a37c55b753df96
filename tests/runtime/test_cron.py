"""A schedule's run is enqueued like everything else, once for each time it was due."""

import json
from typing import Any

import pytest

from clarivum_jobs import InvalidPayloadError
from clarivum_jobs.schedules.cron import ScheduleEventError
from tests.runtime.bench import QUEUE, Bench, log_lines, record
from tests.runtime.samples import document

ARN = "arn:aws:scheduler:eu-west-1:1:schedule/clarivum-test/sample-job-hourly"


def event(at: str = "2026-01-01T04:00:00Z", **changes: object) -> dict[str, Any]:
    """Return what a schedule sends."""
    return {
        "schedule": "hourly",
        "scheduled_time": at,
        "schedule_arn": ARN,
        "payload": document(),
        **changes,
    }


def test_schedule_is_enqueued_on_the_jobs_own_queue(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """The run becomes a message; the handler does not run yet."""
    answer = bench.start(event())

    (sent,) = bench.sqs.sent
    envelope = json.loads(sent["MessageBody"])
    assert sent["QueueUrl"] == QUEUE
    assert answer == {"job_id": envelope["id"], "message_id": "sqs-1"}
    assert bench.handler.seen == []
    line = log_lines(capsys.readouterr().out)[-1]
    assert (line["message"], line["schedule"]) == ("schedule enqueued", "hourly")


def test_event_delivered_twice_runs_once(bench: Bench) -> None:
    """Both copies have one key, so the second is a duplicate."""
    bench.start(event())
    bench.start(event())

    texts = [message["MessageBody"] for message in bench.sqs.sent]
    assert len({json.loads(text)["idempotencykey"] for text in texts}) == 1
    assert bench.run(*(record(text, f"m-{place}") for place, text in enumerate(texts))) == []
    assert len(bench.handler.seen) == 1


def test_each_time_and_each_schedule_has_its_own_key(bench: Bench) -> None:
    """The next hour is other work, and so is another schedule at the same time."""
    bench.start(event())
    bench.start(event("2026-01-01T05:00:00Z"))
    bench.start(event(schedule="nightly"))

    keys = {json.loads(message["MessageBody"])["idempotencykey"] for message in bench.sqs.sent}
    assert len(keys) == 3


def test_schedule_payload_is_validated(bench: Bench) -> None:
    """A schedule gets past the contract as little as anybody."""
    with pytest.raises(InvalidPayloadError, match="copy_no"):
        bench.start(event(payload=document(copy_no=0)))
    assert bench.sqs.sent == []


def test_event_without_its_time_is_refused(bench: Bench) -> None:
    """Without the time there is no key that tells one run from the next."""
    lame = event()
    del lame["scheduled_time"]

    with pytest.raises(ScheduleEventError, match="scheduled_time"):
        bench.start(lame)
