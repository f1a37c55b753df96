"""The job that is sent and worked on, without and with a sensitive field, and its messages."""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from clarivum_jobs import JobContract, Payload
from clarivum_jobs.contract.formats import Email, Sensitive, Uuid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

JOB = "bench-job"
QUEUE = f"https://sqs.eu-central-1.amazonaws.com/1/{JOB}"


class Order(Payload):
    """What the job is asked to do."""

    contract: ClassVar[JobContract] = JobContract(name=JOB, version=1, key=("order_id",))

    order_id: Uuid
    amount: int = Field(ge=0)
    currency: Literal["EUR", "USD"] = "EUR"
    note: str | None = None


class Addressed(Order):
    """The same with an address that nothing may show."""

    email: Annotated[Email, Sensitive()] = Field(default="ada.lovelace@example.org", repr=False)


def order_ids(count: int) -> list[uuid.UUID]:
    """Return ids, the same in each run."""
    return [uuid.UUID(int=0x4000 << 64 | 0x8 << 60 | number, version=4) for number in range(count)]


def documents(count: int) -> list[dict[str, Any]]:
    """Return payloads as JSON."""
    return [
        {"order_id": str(order), "amount": 100 + number, "currency": "EUR"}
        for number, order in enumerate(order_ids(count))
    ]


def key_of(document: Mapping[str, Any]) -> str:
    """Return the idempotency key of a payload as a person would write it."""
    return hashlib.sha256(json.dumps([document["order_id"]]).encode()).hexdigest()


def body_of(document: Mapping[str, Any]) -> str:
    """Return the message of a payload."""
    order = document["order_id"]
    return json.dumps(
        {
            "specversion": "1.0",
            "id": order,
            "source": "bench",
            "type": f"jobs.{JOB}",
            "time": "2026-01-01T00:00:00Z",
            "datacontenttype": "application/json",
            "idempotencykey": key_of(document),
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "contractversion": 1,
            "data": document,
        },
        separators=(",", ":"),
    )


def events(count: int) -> list[dict[str, Any]]:
    """Return one event of one message for each payload, as a queue starts the function."""
    return [
        {
            "Records": [
                {
                    "messageId": f"m-{number}",
                    "receiptHandle": f"r-{number}",
                    "body": body_of(document),
                    "attributes": {
                        "ApproximateReceiveCount": "1",
                        "SentTimestamp": "1767225600000",
                    },
                    "messageAttributes": {},
                    "eventSource": "aws:sqs",
                    "eventSourceARN": f"arn:aws:sqs:eu-central-1:1:{JOB}",
                }
            ]
        }
        for number, document in enumerate(documents(count))
    ]


def digest(values: Iterable[object]) -> str:
    """Return what tells one series of JSON values from another."""
    written = json.dumps(list(values), sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def say(seconds: float, work: Mapping[str, object], **told: object) -> None:
    """Print what a turn was, as its last line."""
    line = json.dumps({"seconds": seconds, "work": work, "told": told})
    sys.__stdout__.write(f"{line}\n")  # type: ignore[union-attr] # a process has one
