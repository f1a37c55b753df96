"""A producer sends: `python -m tests.bench.sides.sending MESSAGES one|many`."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from clarivum_jobs.core import clients
from clarivum_jobs.core.settings import ProducerSettings
from clarivum_jobs.producer import Producer
from tests.bench.sides.job import JOB, QUEUE, Order, digest, order_ids, say
from tests.bench.sides.network import Network

WARM = 30


def told(seconds: float, network: Network, count: int) -> None:
    """Say what was sent: payloads and keys, whatever else is in the messages."""
    sent = [json.loads(body) for body in network.bodies[-count:]]
    # Calls run side by side: their order is nobody's.
    payloads = sorted(json.dumps([m["data"], m["idempotencykey"]], sort_keys=True) for m in sent)
    work = {"messages": len(sent), "payloads": digest(payloads)}
    say(seconds / count, {**work, "calls": sum(network.calls.values())})


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
    send(range(WARM))
    network.calls.clear()
    began = time.process_time()
    send(range(WARM, WARM + count))
    told(time.process_time() - began, network, count)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
