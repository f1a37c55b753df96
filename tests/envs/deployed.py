"""One job of a manifest on the emulator, made by boto3 as the modules make it; no Terraform."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

from envs.desk.opening import job_of
from envs.desk.place import Place
from envs.local.engine import emulator
from envs.local.engine.clients import ACCOUNT, credentials
from generator.alarm_kinds import alarms_of
from generator.manifest.timeline import max_receives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.manifest.resolved import Worker

REPOSITORY = Path(__file__).resolve().parents[2]
ROLE = f"arn:aws:iam::{ACCOUNT}:role/any"


@contextlib.contextmanager
def emulated(directory: Path, project: str, worker: Worker) -> Iterator[Place]:
    """Start an emulator and hand over the environment in which nothing is yet."""
    venv = emulator.Places.of(REPOSITORY).venv
    places = emulator.Places(directory / "run", directory / "aws", venv)
    endpoint = emulator.start(places)
    keys = credentials(endpoint)

    def client(service: str) -> Any:  # noqa: ANN401 - the client of any service
        made: Any = boto3.client
        return made(
            service,
            endpoint_url=endpoint,
            region_name=emulator.REGION,
            aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
        )

    base = f"{project}-{worker.environment}"
    try:
        yield Place(
            root=directory,
            project=project,
            environment=worker.environment,
            region=emulator.REGION,
            account_id=ACCOUNT,
            queue_base_url=f"{endpoint}/{ACCOUNT}/{base}-",
            jobs={worker.job.name: job_of(worker)},
            client=client,
            operator=lambda: "anna",
        )
    finally:
        emulator.stop(places)


def deploy(place: Place, worker: Worker) -> str:
    """Make everything of a job; return the SHA-256 of its code, as Lambda writes it."""
    _queues(place, worker)
    sha = _function(place, worker)
    scheduler, base = place.client("scheduler"), place.base
    scheduler.create_schedule_group(Name=base)
    for schedule in worker.schedules:
        scheduler.create_schedule(
            Name=f"{worker.job.name}-{schedule.name}",
            GroupName=base,
            ScheduleExpression=schedule.expression,
            ScheduleExpressionTimezone=schedule.timezone,
            FlexibleTimeWindow={"Mode": "OFF"},
            State="ENABLED",
            Target={
                "Arn": f"arn:aws:lambda:{place.region}:{ACCOUNT}:function:{worker.base}:live",
                "RoleArn": ROLE,
                "Input": json.dumps({"schedule": schedule.name, "payload": schedule.payload}),
            },
        )
    topic = place.client("sns").create_topic(Name=f"{base}-on-call")["TopicArn"]
    for kind in alarms_of(worker):
        alarm(place, worker, kind.name, [topic])
    return sha


def alarm(place: Place, worker: Worker, kind: str, actions: list[str]) -> None:
    """Make an alarm, or make it anew."""
    place.client("cloudwatch").put_metric_alarm(
        AlarmName=f"{worker.base}-{kind}",
        AlarmActions=actions,
        Namespace="AWS/SQS",
        MetricName="ApproximateNumberOfMessagesVisible",
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
    )


def code(text: str) -> bytes:
    """Return a zip with one module, the same bytes for the same text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("handler.py", (1980, 1, 1, 0, 0, 0)), text)
    return buffer.getvalue()


def _queues(place: Place, worker: Worker) -> None:
    sqs = place.client("sqs")
    retention = str(worker.dead_letter_retention)
    sqs.create_queue(
        QueueName=f"{worker.base}-dlq", Attributes={"MessageRetentionPeriod": retention}
    )
    target = f"arn:aws:sqs:{place.region}:{ACCOUNT}:{worker.base}-dlq"
    redrive = {"deadLetterTargetArn": target, "maxReceiveCount": max_receives(worker)}
    sqs.create_queue(
        QueueName=worker.base,
        Attributes={
            "VisibilityTimeout": str(worker.visibility_timeout),
            "MessageRetentionPeriod": str(worker.message_retention),
            "DelaySeconds": str(worker.delay),
            "RedrivePolicy": json.dumps(redrive),
        },
    )


def _function(place: Place, worker: Worker) -> str:
    functions = place.client("lambda")
    made = functions.create_function(
        FunctionName=worker.base,
        Runtime=worker.runtime,
        Role=ROLE,
        Handler="handler.handle",
        Code={"ZipFile": code("def handle(event, context): return {}\n")},
        Timeout=worker.timeout,
        MemorySize=worker.memory_size,
        Publish=True,
    )
    functions.create_alias(FunctionName=worker.base, Name="live", FunctionVersion=made["Version"])
    functions.create_event_source_mapping(
        EventSourceArn=f"arn:aws:sqs:{place.region}:{ACCOUNT}:{worker.base}",
        FunctionName=f"{worker.base}:live",
        BatchSize=worker.batch_size,
        MaximumBatchingWindowInSeconds=worker.batch_window,
        FunctionResponseTypes=["ReportBatchItemFailures"],
        ScalingConfig={"MaximumConcurrency": worker.concurrency},
    )
    return str(made["CodeSha256"])
