"""Celery sends: `... sending_celery MESSAGES celery|kombu`, in the peers' environment."""

from __future__ import annotations

import base64
import json
import sys
import time
from typing import Any

from celery import Celery  # type: ignore[import-not-found] # it is in the peers' environment
from kombu import Connection, Queue  # type: ignore[import-not-found] # likewise

from tests.bench.sides.network import Network

WARM = 30
QUEUES = {"bench-job": {"url": "https://sqs.eu-central-1.amazonaws.com/1/bench-job"}}
BROKER = "sqs://bench:bench@"
OPTIONS = {"region": "eu-central-1", "predefined_queues": QUEUES, "is_secure": True}


def payload(number: int) -> dict[str, object]:
    """Return what is sent."""
    order = f"00000000-0000-4000-8000-{number:012x}"
    return {"order_id": order, "amount": 100 + number, "currency": "EUR"}


def main(count: int, kind: str) -> None:
    """Send so many messages."""
    network = Network()
    network.install()
    if kind == "celery":
        app = Celery("bench", broker=BROKER)
        app.conf.update(broker_transport_options=OPTIONS, task_default_queue="bench-job")

        @app.task(name="bench-job")  # type: ignore[untyped-decorator] # as the import
        def task(**_: object) -> None:
            """Do nothing: only its sending counts."""

        def send(number: int) -> None:
            task.apply_async(kwargs=payload(number), queue="bench-job")
    else:
        connection = Connection(BROKER, transport_options=OPTIONS)
        producer, queue = connection.Producer(serializer="json"), Queue("bench-job")

        def send(number: int) -> None:
            producer.publish(payload(number), routing_key=queue.name)

    for number in range(WARM):
        send(number)
    network.calls.clear()
    began = time.process_time()
    for number in range(WARM, WARM + count):
        send(number)
    seconds = time.process_time() - began
    orders = {_order(body) for body in network.bodies[-count:]}
    line: dict[str, Any] = {
        "seconds": seconds / count,
        "work": {"messages": len(orders)},
        "told": {"calls": sum(network.calls.values())},
    }
    sys.stdout.write(f"{json.dumps(line)}\n")


def _order(body: str) -> str:
    """Return the order that a message names, somewhere in its base64."""
    inner = json.loads(base64.b64decode(body))["body"]
    text = base64.b64decode(inner).decode()
    at = text.index("order_id")
    return text[at : at + 60]


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
