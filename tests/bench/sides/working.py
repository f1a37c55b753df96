"""A worker works: `python -m tests.bench.sides.working MESSAGES aws|memory [addressed]`."""

from __future__ import annotations

import sys
from typing import Any

from clarivum_jobs.core import clients
from clarivum_jobs.core.settings import ProducerSettings, WorkerSettings
from clarivum_jobs.worker import Worker
from clarivum_jobs.worker.services import Services
from tests.bench.sides.job import JOB, QUEUE, Addressed, Order
from tests.bench.sides.lines import heard
from tests.bench.sides.network import Items, Network
from tests.bench.sides.timed import worked

SETTINGS = WorkerSettings(
    job=JOB,
    environment="bench",
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
    metrics_namespace="Bench",
)


class Table:
    """A table in memory: it answers what was written, without a client between."""

    def __init__(self) -> None:
        """Hold nothing."""
        self._items = Items()

    def update_item(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - as boto3 has it
        """Write an item."""
        return {"Attributes": self._items.update(request)}


def main(count: int, kind: str, model: type[Order]) -> None:
    """Work on so many messages, each the only one of its run."""
    network, lines = Network(), heard()
    network.install()
    sqs: Any = clients.sqs()
    dynamodb: Any = clients.dynamodb() if kind == "aws" else Table()
    services = Services.of(SETTINGS, ProducerSettings("https://sqs/", "bench"), sqs, dynamodb)
    seen: list[Order] = []
    worker = Worker(model, lambda payload, _: seen.append(payload), services)
    worked(worker, count, seen, network, lines)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Addressed if "addressed" in sys.argv else Order)
