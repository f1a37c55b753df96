"""What the jobs did, as seen from outside: logs, queues, mails, objects, hits, alarms."""

from __future__ import annotations

import gzip
import json
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarivum_jobs.records.children import fare
from clarivum_jobs.records.lookup import by_id
from envs.local.engine.peeking import peek

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from envs.local.demo.scenario import Sent
    from envs.local.demo.stack import Stack
    from envs.local.engine.clients import Aws

_BASE = "clarivum-local"
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Run:
    """One attempt at one message, as its worker logged it."""

    job: str
    job_id: str
    attempt: int
    outcome: str


@dataclass(frozen=True)
class DeadLetter:
    """A message in a dead-letter queue."""

    job: str
    job_id: str
    attempt: int
    reason: str


@dataclass(frozen=True)
class Observation:
    """Everything there was to see at one moment.

    Attributes:
        runs: What the workers logged.
        dead: What lies in the dead-letter queues.
        waiting: Messages that are still in a queue or being worked on.
        mails: Recipient of each mail that was sent.
        objects: Key of each object in the site bucket -> its text.
        data: Key of each object in the data bucket -> its text.
        children: How the children of the range fare: status -> how many.
        behind: Recipient of each mail that leads to a document -> what a reader gets there.
        parties: What the third parties were told.
        hits: Address on the site -> how often it was asked for.
        alarms: Names of the alarms that ring.
        notified: Names of the alarms on-call was told of.
    """

    runs: tuple[Run, ...]
    dead: tuple[DeadLetter, ...]
    waiting: int
    mails: tuple[str, ...]
    objects: Mapping[str, str]
    data: Mapping[str, str]
    children: Mapping[str, int]
    behind: Mapping[str, bytes]
    parties: Mapping[str, Any]
    hits: Mapping[str, int]
    alarms: frozenset[str]
    notified: frozenset[str]

    def runs_of(self, *job_ids: str) -> tuple[Run, ...]:
        """Return the attempts at these jobs, by attempt."""
        return tuple(sorted((run for run in self.runs if run.job_id in job_ids), key=_attempt))

    def dead_of(self, job_id: str) -> tuple[DeadLetter, ...]:
        """Return the dead letters of one job."""
        return tuple(letter for letter in self.dead if letter.job_id == job_id)


def observe(stack: Stack, jobs: tuple[str, ...], sent: Sent) -> Observation:
    """Look at everything once."""
    aws = stack.aws
    mails = list(_mails(aws))
    return Observation(
        runs=tuple(run for job in jobs for run in _runs(aws, job)),
        dead=tuple(letter for job in jobs for letter in _dead_letters(aws, job)),
        waiting=sum(_waiting(aws, job) for job in jobs),
        mails=tuple(to for mail in mails for to in mail["To"]),
        objects=dict(_objects(aws, stack.outputs["site_bucket"])),
        data=dict(_objects(aws, stack.outputs["data_bucket"])),
        children=_children(aws, stack.outputs["table_name"], sent.backfill),
        behind=dict(_behind(mails)),
        parties=_get(f"{stack.site}/_parties"),
        hits=_get(f"{stack.site}/_hits"),
        alarms=frozenset(_ringing(aws)),
        notified=frozenset(_notified(aws, stack.outputs["on_call_queue_url"])),
    )


def _runs(aws: Aws, job: str) -> Iterator[Run]:
    pages = aws.logs.get_paginator("filter_log_events")
    for page in pages.paginate(logGroupName=f"/aws/lambda/{_BASE}-{job}"):
        for event in page["events"]:
            line = _json(event["message"])
            if line.get("outcome") and line.get("job_id"):
                yield Run(job, line["job_id"], int(line.get("attempt", 0)), line["outcome"])


def _dead_letters(aws: Aws, job: str) -> Iterator[DeadLetter]:
    for message in peek(aws.endpoint, _url(aws, f"{_BASE}-{job}-dlq")):
        found = message["MessageAttributes"]
        values = {name: value.get("StringValue", "") for name, value in found.items()}
        body = _json(message["Body"])
        yield DeadLetter(
            job,
            values.get("job_id") or str(body.get("id", "")),
            int(values.get("attempt", 0)),
            values.get("reason", ""),
        )


def _waiting(aws: Aws, job: str) -> int:
    answer = aws.sqs.get_queue_attributes(
        QueueUrl=_url(aws, f"{_BASE}-{job}"),
        AttributeNames=[
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ],
    )
    return sum(int(number) for number in answer["Attributes"].values())


def _mails(aws: Aws) -> Iterator[dict[str, Any]]:
    for mails in _get(f"{aws.endpoint}/_ministack/ses/messages")["messages"].values():
        yield from mails


def _behind(mails: Iterable[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    """Follow each link to a document as its reader would, with nothing but the mail."""
    for mail in mails:
        for line in mail["BodyText"].splitlines():
            if "/documents/" in line:
                with urllib.request.urlopen(line, timeout=120) as answer:  # noqa: S310 - our own mail
                    yield mail["To"][0], answer.read()


def _children(aws: Aws, table: str, job_id: str) -> Mapping[str, int]:
    record = by_id(aws.dynamodb, table, "analytics-backfill", job_id)
    return fare(aws.dynamodb, table, record) if record else {}


def _objects(aws: Aws, bucket: str) -> Iterator[tuple[str, str]]:
    """Yield what a bucket holds; a job that works meanwhile may take away what was listed."""
    for page in aws.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for entry in page.get("Contents", ()):
            try:
                found = aws.s3.get_object(Bucket=bucket, Key=entry["Key"])
            except aws.s3.exceptions.NoSuchKey:
                continue
            yield entry["Key"], _text(found["Body"].read())


def _text(body: bytes) -> str:
    content = gzip.decompress(body) if body.startswith(_GZIP) else body
    return content.decode("utf-8", "replace")


def _ringing(aws: Aws) -> Iterator[str]:
    for page in aws.cloudwatch.get_paginator("describe_alarms").paginate(StateValue="ALARM"):
        yield from (alarm["AlarmName"] for alarm in page["MetricAlarms"])


def _notified(aws: Aws, queue_url: str) -> Iterator[str]:
    for message in peek(aws.endpoint, queue_url):
        notification = _json(_json(message["Body"]).get("Message", ""))
        if notification.get("NewStateValue") == "ALARM":
            yield notification["AlarmName"]


def _url(aws: Aws, queue: str) -> str:
    return aws.sqs.get_queue_url(QueueName=queue)["QueueUrl"]


def _get(url: str) -> Any:  # noqa: ANN401 - whatever JSON is there
    with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310 - our own loopback address
        return json.load(answer)


def _json(text: str) -> dict[str, Any]:
    """Return the object a text holds, or an empty one."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _attempt(run: Run) -> int:
    return run.attempt
