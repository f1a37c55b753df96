"""The simulator delivers: `python -m tests.bench.sides.simulating MESSAGES`."""

from __future__ import annotations

import sys
import time

from clarivum_jobs import JobContext, enqueue
from clarivum_jobs.testing import Deployment, World
from clarivum_jobs.worker import Worker
from tests.bench.sides.job import JOB, Order, digest, order_ids, say


def main(count: int) -> None:
    """Enqueue so many messages in a world, and let it deliver them."""
    seen: list[Order] = []

    def handle(payload: Order, _context: JobContext) -> None:
        seen.append(payload)

    with World(seed=1) as world:
        world.deploy(Deployment(JOB, build=lambda: Worker(Order, handle)))
        for number, order in enumerate(order_ids(count)):
            enqueue(Order(order_id=order, amount=100 + number))
        began = time.process_time()
        world.settle()
        seconds = time.process_time() - began
    work = {"messages": len(seen), "payloads": digest(sorted(str(each.order_id) for each in seen))}
    say(seconds / count, work)


if __name__ == "__main__":
    main(int(sys.argv[1]))
