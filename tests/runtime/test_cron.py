"""A schedule's run is enqueued like everything else, once for each time it was due."""

import json
from dataclasses import replace
from typing import Any

import pytest

from clarivum_jobs import InvalidPayloadError
from clarivum_jobs.schedules.cron import ScheduleEventError
from tests.runtime.bench import QUEUE, SETTINGS, Bench, log_lines, record
from tests.runtime.samples import JOB, document

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


@pytest.mark.parametrize("changes", [{}, {"max_age": 60}], ids=["enqueued", "stale"])
def test_a_run_that_came_is_counted_for_its_schedule(
    changes: dict[str, Any], bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """Begun or not it came; the alarm for missed runs asks for exactly these dimensions."""
    bench = Bench(replace(SETTINGS, metrics_namespace="Counted"))
    bench.start(event(**changes))

    lines = capsys.readouterr().out.splitlines()
    (counted,) = [json.loads(line) for line in lines if "scheduled_runs_total" in line]
    (directive,) = counted["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Counted"
    assert directive["Dimensions"] == [["environment", "job", "schedule"]]
    assert (counted["environment"], counted["job"], counted["schedule"]) == ("test", JOB, "hourly")
    assert counted["scheduled_runs_total"] == [1]


def test_a_run_that_could_not_be_enqueued_is_not_counted(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """What fails has not come."""
    with pytest.raises(InvalidPayloadError):
        bench.start(event(payload={}))

    assert "scheduled_runs_total" not in capsys.readouterr().out


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
