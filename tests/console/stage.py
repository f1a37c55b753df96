"""An emulator with one job's queues and records, and letters in them; no Terraform, no worker."""

from __future__ import annotations

import contextlib
import json
import threading
import time
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import uvicorn

from clarivum_jobs.records.work_item import iso
from envs.console.api import Api
from envs.console.guards import Guard
from envs.console.server import application
from envs.local.engine import emulator
from envs.local.engine.clients import ACCOUNT, credentials
from tests.desk import worlds
from tests.simulator.sample import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from envs.desk.place import Place

REPOSITORY = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def environment(directory: Path) -> Iterator[Place]:
    """Start an emulator with the queues and the table of one job."""
    places = emulator.Places(
        directory / "run", directory / "aws", emulator.Places.of(REPOSITORY).venv
    )
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

    try:
        base = "clarivum-local"
        for name in (JOB, f"{JOB}-dlq"):
            client("sqs").create_queue(QueueName=f"{base}-{name}")
        _table(client("dynamodb"), f"{base}-jobs")
        yield replace(
            worlds.place(),
            environment="local",
            queue_base_url=f"{endpoint}/{ACCOUNT}/{base}-",
            client=client,
        )
    finally:
        emulator.stop(places)


def letters(place: Place, reason: str, count: int) -> None:
    """Let so many messages have died of something, as a worker parks and records them."""
    for number in range(count):
        job_id, key = str(uuid.uuid4()), uuid.uuid4().hex * 2
        body = {
            "specversion": "1.0",
            "id": job_id,
            "source": "clarivum/local",
            "type": f"jobs.{JOB}",
            "time": "2026-01-01T00:00:00Z",
            "datacontenttype": "application/json",
            "idempotencykey": key,
            "traceparent": f"00-{uuid.uuid4().hex}-{uuid.uuid4().hex[:16]}-01",
            "contractversion": 1,
            "data": {"name": f"{reason} {number}", "secret": worlds.SECRET},
        }
        code = reason.split(maxsplit=1)[0]
        texts = {"reason": reason, "error_code": code, "job": JOB, "message_id": job_id}
        texts |= {"job_id": job_id, "idempotency_key": key}
        place.client("sqs").send_message(
            QueueUrl=place.letters_url(JOB),
            MessageBody=json.dumps(body),
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value} for name, value in texts.items()
            },
        )
        item = {
            "id": f"{JOB}#{key}",
            "status": "dead",
            "job_status": f"{JOB}#dead",
            "job_id": job_id,
            "changed": iso(round(time.time() * 1000)),
            "code": code,
            "reason": reason,
        }
        more = {"expiration": {"N": str(int(time.time()) + 99_999)}}
        place.client("dynamodb").put_item(
            TableName=place.table, Item={n: {"S": v} for n, v in item.items()} | more
        )


@dataclass(frozen=True)
class Running:
    """A console that runs.

    Attributes:
        origin: Its address, without a path.
        guard: What it lets in.
    """

    origin: str
    guard: Guard

    @property
    def address(self) -> str:
        """What a person opens."""
        return f"{self.origin}/#{self.guard.token}"


@contextlib.contextmanager
def console(place: Place, *, act: bool) -> Iterator[Running]:
    """Run the console in a thread of its own."""
    guard = Guard(emulator.free_port(), uuid.uuid4().hex, act)
    config = uvicorn.Config(
        application(Api(place, act), guard), port=guard.port, log_level="warning", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield Running(f"http://127.0.0.1:{guard.port}", guard)
    finally:
        server.should_exit = True
        thread.join(timeout=30)


def _table(dynamodb: Any, name: str) -> None:  # noqa: ANN401 - the client
    text = [{"AttributeName": n, "AttributeType": "S"} for n in ("id", "job_status", "changed")]
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=text,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-status",
                "KeySchema": [
                    {"AttributeName": "job_status", "KeyType": "HASH"},
                    {"AttributeName": "changed", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
