"""A schedule's event in a queue's message: its delivery failed, and somebody moved it back.

EventBridge Scheduler writes its dead letters as the bare event, Lambda writes those of a failed
asynchronous run as a destination's envelope around it. Both are the run, and are enqueued as such.
"""

import json
from collections.abc import Mapping
from typing import Any

_MARKS = ("schedule", "scheduled_time", "schedule_arn")


def schedule_event(body: str) -> Mapping[str, Any] | None:
    """Return the schedule's event that a message's body holds, or none."""
    try:
        read: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(read, Mapping) and "requestPayload" in read:
        read = read["requestPayload"]
    if isinstance(read, Mapping) and all(isinstance(read.get(mark), str) for mark in _MARKS):
        return read
    return None
