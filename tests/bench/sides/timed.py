"""How long a side's work took and what it was: measured alike for ours and for others."""

from __future__ import annotations

import json
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from tests.bench.sides.job import digest, events, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.sides.lines import Lines
    from tests.bench.sides.network import Network

WARM = 30
"""So many go before, and count for nothing."""

CONTEXT = cast("Any", SimpleNamespace(get_remaining_time_in_millis=lambda: 30_000))
"""What Lambda tells a handler, as far as anybody asks."""


def worked(
    handler: Callable[[dict[str, Any], Any], Any],
    count: int,
    seen: list[Any],
    network: Network,
    lines: Lines,
) -> None:
    """Let a worker take so many events, each of one message, and say what became of them."""
    all_events = events(WARM + count)
    for event in all_events[:WARM]:
        handler(event, CONTEXT)
    seen.clear()
    network.calls.clear()
    lines.logged = lines.metrics = 0
    began = time.process_time()
    failures = [handler(event, CONTEXT) for event in all_events[WARM:]]
    seconds = time.process_time() - began
    work = {
        "messages": len(seen),
        "payloads": digest([str(each.order_id), each.amount, each.currency] for each in seen),
        "failures": sum(len(each["batchItemFailures"]) for each in failures),
        "calls": sum(network.calls.values()),
        "log lines": lines.logged,
        "metrics": lines.metrics,
    }
    say(seconds / count, work)


def sent(send: Callable[[range], None], count: int, network: Network) -> None:
    """Let a producer send the payloads of so many numbers, and say what was sent.

    Payloads and keys count, whatever else is in the messages.
    """
    send(range(WARM))
    network.calls.clear()
    began = time.process_time()
    send(range(WARM, WARM + count))
    seconds = time.process_time() - began
    found = [json.loads(body) for body in network.bodies[-count:]]
    # Calls run side by side: their order is nobody's.
    payloads = sorted(json.dumps([m["data"], m["idempotencykey"]], sort_keys=True) for m in found)
    work = {"messages": len(found), "payloads": digest(payloads)}
    say(seconds / count, {**work, "calls": sum(network.calls.values())})
