"""A producer sends: `python -m tests.bench.sides.sending MESSAGES one|many`."""

from __future__ import annotations

import sys
from typing import Any

from clarivum_jobs.core import clients
from clarivum_jobs.core.settings import ProducerSettings
from clarivum_jobs.producer import Producer
from tests.bench.sides.job import JOB, QUEUE, Order, order_ids
from tests.bench.sides.network import Network
from tests.bench.sides.timed import WARM, sent


def main(count: int, kind: str) -> None:
    """Make so many payloads and enqueue them."""
    network = Network()
    network.install()
    sqs: Any = clients.sqs()
    producer = Producer(ProducerSettings(QUEUE.removesuffix(JOB), "bench"), sqs)

    def send(numbers: range) -> None:
        payloads = (Order(order_id=ids[n], amount=100 + n) for n in numbers)
        if kind == "many":
            producer.enqueue_many(payloads)
            return
        for payload in payloads:
            producer.enqueue(payload)

    ids = order_ids(WARM + count)
    sent(send, count, network)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
