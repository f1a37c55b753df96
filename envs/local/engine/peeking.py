"""What lies in a queue of the emulator, seen without receiving it, which would count and hide."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def peek(endpoint: str, queue_url: str) -> Iterator[dict[str, Any]]:
    """Yield a queue's messages as the emulator keeps them.

    Raises:
        OSError: The emulator does not answer.
    """
    query = urllib.parse.urlencode({"QueueUrl": queue_url})
    address = f"{endpoint}/_ministack/sqs/messages?{query}"
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - our own loopback address
        found = json.load(answer)
    for regions in found["messages"].values():
        for queues in regions.values():
            for messages in queues.values():
                yield from messages
