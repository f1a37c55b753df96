"""A worker on a bench: fakes around it, messages into it, log lines out of it."""

import json
import logging
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from clarivum_jobs import JobContext, Producer
from clarivum_jobs.core.settings import ProducerSettings, WorkerSettings
from clarivum_jobs.worker import Worker
from clarivum_jobs.worker.services import Services
from tests.runtime.fakes import FakeSqs, FakeTable
from tests.runtime.samples import JOB, Sample, document, sample

QUEUE = f"https://sqs.test/1/base-{JOB}"
SENDING = ProducerSettings(queue_base_url="https://sqs.test/1/base-", source="clarivum/test")
SETTINGS = WorkerSettings(
    job=JOB,
    environment="test",
    queue_url=QUEUE,
    dead_letter_queue_url=f"{QUEUE}-dlq",
    max_attempts=5,
    max_receives=66,
    message_retention=345_600,
    backoff_base=10,
    backoff_cap=900,
    visibility_timeout=60,
    record_retention=1_000_000,
    table="jobs",
    secrets={},
    metrics_namespace="TestJobs",
)


@dataclass
class LambdaContext:
    """What Lambda tells a function; `left` is in seconds and may be a series."""

    left: list[float] = field(default_factory=lambda: [30.0])

    def get_remaining_time_in_millis(self) -> int:
        """Return the next time of the series, the last one for ever."""
        left = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        return round(left * 1000)


@dataclass
class Handler:
    """Counts its calls and does what the test says."""

    acts: Callable[[Sample, JobContext], object] = lambda _payload, _context: None
    seen: list[tuple[Sample, JobContext]] = field(default_factory=list)

    def __call__(self, payload: Sample, context: JobContext) -> object:
        """Handle a payload."""
        self.seen.append((payload, context))
        return self.acts(payload, context)


class Bench:
    """A worker with fakes around it."""

    def __init__(self, settings: WorkerSettings = SETTINGS) -> None:
        """Set everything up."""
        self.sqs, self.table, self.handler = FakeSqs(), FakeTable(), Handler()
        self.services = Services.of(
            settings, SENDING, cast("Any", self.sqs), cast("Any", self.table)
        )
        self.worker = Worker(Sample, self.handler, self.services)
        self.context = LambdaContext()

    @property
    def dead(self) -> list[dict[str, Any]]:
        """What lies in the dead-letter queue."""
        return [
            message
            for message in self.sqs.sent
            if message["QueueUrl"] == self.services.settings.dead_letter_queue_url
        ]

    def run(self, *messages: Mapping[str, Any]) -> list[str]:
        """Hand a batch to the worker; return the ids that are not acknowledged."""
        for message in messages:
            receives = int(message["attributes"]["ApproximateReceiveCount"])
            self.table.pretend(message["body"], receives - 1)
        answer = self.start({"Records": list(messages)})
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def start(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Start the worker with an event; what it logs goes where output goes at this moment."""
        for handler in logging.getLogger(self.services.settings.job).handlers:
            if isinstance(handler, logging.StreamHandler):
                handler.stream = sys.stdout
        return self.worker(event, cast("Any", self.context))


def body(**changes: object) -> str:
    """Return the message of a valid payload, with changes to the payload."""
    sqs = FakeSqs()
    Producer(SENDING, cast("Any", sqs)).enqueue(sample(**changes))
    return str(sqs.sent[0]["MessageBody"])


def changed(message: str, **changes: object) -> str:
    """Return a message with other attributes; None takes one away."""
    envelope = {**json.loads(message), **changes}
    return json.dumps({name: value for name, value in envelope.items() if value is not None})


def with_data(**changes: object) -> str:
    """Return a message whose payload was never validated."""
    return changed(body(), data=document(**changes))


def record(text: str, name: str = "m-1", attempt: int = 1) -> dict[str, Any]:
    """Return a message as Lambda hands it over."""
    return {
        "messageId": name,
        "receiptHandle": f"receipt-{name}",
        "body": text,
        "attributes": {
            "ApproximateReceiveCount": str(attempt),
            "SentTimestamp": str(round(time.time() * 1000)),
        },
        "messageAttributes": {},
        "eventSource": "aws:sqs",
    }


def log_lines(output: str) -> list[dict[str, Any]]:
    """Return the log lines of captured output, without the metrics."""
    lines = [json.loads(line) for line in output.splitlines()]
    return [line for line in lines if "_aws" not in line]


def metrics(output: str) -> dict[str, Any]:
    """Return the metrics of captured output, as written by one invocation."""
    lines = [json.loads(line) for line in output.splitlines()]
    found = [line for line in lines if "_aws" in line]
    assert len(found) <= 1
    return found[0] if found else {}
