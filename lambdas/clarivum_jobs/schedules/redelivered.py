"""A schedule's event in a queue's message: its delivery failed, and somebody moved it back.

EventBridge Scheduler writes its dead letters as the bare event, or as the request that it made of
it; Lambda writes those of a failed asynchronous run as a destination's envelope around the event.
All are the run, and are enqueued as such.
"""

import json
from collections.abc import Mapping
from typing import Any

_MARKS = ("schedule", "scheduled_time", "schedule_arn")


def schedule_event(body: str) -> Mapping[str, Any] | None:
    """Return the schedule's event that a message's body holds, or none."""
    read = _object(body)
    if "requestPayload" in read:
        read = _object(read["requestPayload"])
    elif "FunctionName" in read and "Payload" in read:
        read = _object(read["Payload"])
    return read if all(isinstance(read.get(mark), str) for mark in _MARKS) else None


def _object(written: object) -> Mapping[str, Any]:
    """Return an object of JSON, given as it is or as text; an empty one if it is none."""
    if isinstance(written, str):
        try:
            written = json.loads(written)
        except (ValueError, RecursionError):
            return {}
    return written if isinstance(written, Mapping) else {}
