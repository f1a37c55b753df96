"""The same with boto3 by hand: `... sending_by_hand MESSAGES one|many`.

A pydantic model, a key, an envelope and `send_message`, or `send_message_batch` of ten with as
many calls at a time as ours.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import boto3
from pydantic import UUID4, BaseModel, Field

from clarivum_jobs.producer.batching import PARALLEL
from tests.bench.sides.job import JOB, QUEUE, order_ids
from tests.bench.sides.network import Network
from tests.bench.sides.timed import WARM, sent


class Order(BaseModel):
    """The payload."""

    order_id: UUID4
    amount: int = Field(ge=0)
    currency: Literal["EUR", "USD"] = "EUR"
    note: str | None = None


def message(payload: Order) -> str:
    """Return the message of a payload."""
    data = payload.model_dump(mode="json", exclude_none=True)
    key = json.dumps([data["order_id"]], separators=(",", ":"))
    return json.dumps(
        {
            "specversion": "1.0",
            "id": str(uuid.uuid4()),
            "source": "bench",
            "type": f"jobs.{JOB}",
            "time": dt.datetime.now(dt.UTC).isoformat(),
            "datacontenttype": "application/json",
            "idempotencykey": hashlib.sha256(key.encode()).hexdigest(),
            "traceparent": f"00-{uuid.uuid4().hex}-{os.urandom(8).hex()}-01",
            "contractversion": 1,
            "data": data,
        },
        separators=(",", ":"),
    )


def main(count: int, kind: str) -> None:
    """Make so many payloads and send them."""
    network = Network()
    network.install()
    sqs: Any = boto3.client("sqs")

    def send_ten(bodies: list[str]) -> None:
        entries = [{"Id": str(n), "MessageBody": body} for n, body in enumerate(bodies)]
        answer = sqs.send_message_batch(QueueUrl=QUEUE, Entries=entries)
        assert not answer.get("Failed")

    def send(numbers: range) -> None:
        bodies = [message(Order(order_id=ids[n], amount=100 + n)) for n in numbers]
        if kind == "many":
            tens = [bodies[n : n + 10] for n in range(0, len(bodies), 10)]
            with ThreadPoolExecutor(PARALLEL) as threads:
                list(threads.map(send_ten, tens))
            return
        for body in bodies:
            sqs.send_message(QueueUrl=QUEUE, MessageBody=body)

    ids = order_ids(WARM + count)
    sent(send, count, network)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
