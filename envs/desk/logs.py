"""One log of all jobs: what workers said of each attempt, in order of time."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from envs.desk.place import Place

_OVERLAP = 15_000  # milliseconds: CloudWatch takes lines in out of order, and late
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a worker.

    Attributes:
        at: When, in milliseconds since the epoch.
        job: The job.
        job_id: Id of the enqueue; empty where the line is of none.
        attempt: Number of the attempt; 0 where there is none.
        outcome: What became of it; empty for what a handler logged.
        message: What was said.
        reason: Why, if it failed.
    """

    at: int
    job: str
    job_id: str
    attempt: int
    outcome: str
    message: str
    reason: str


def lines(place: Place, jobs: Sequence[str], since: int, *, job_id: str = "") -> list[Line]:
    """Return what was said since a moment, in milliseconds since the epoch, in order of time."""
    found = [line for _, line in _events(place, jobs, since)]
    return sorted((line for line in found if job_id in {"", line.job_id}), key=lambda line: line.at)


def follow(
    place: Place, jobs: Sequence[str], since: int, *, every: float = 1.0
) -> Iterator[list[Line]]:
    """Yield what is said from a moment on, again and again; empty lists while nobody speaks."""
    seen: dict[str, None] = {}
    while True:
        new = [(name, line) for name, line in _events(place, jobs, since) if name not in seen]
        seen.update(dict.fromkeys(name for name, _ in new))
        for name in list(seen)[: max(0, len(seen) - _MOST_REMEMBERED)]:
            del seen[name]
        ordered = sorted((line for _, line in new), key=lambda line: line.at)
        if ordered:
            since = max(since, ordered[-1].at - _OVERLAP)
        yield ordered
        time.sleep(every)


def _events(place: Place, jobs: Sequence[str], since: int) -> Iterator[tuple[str, Line]]:
    client = place.client("logs")
    for job in jobs:
        pages = client.get_paginator("filter_log_events").paginate(
            logGroupName=place.log_group(job), startTime=since
        )
        try:
            for page in pages:
                for event in page["events"]:
                    line = read(job, event)
                    if line is not None:
                        name = event.get("eventId") or f"{event['logStreamName']}{event['message']}"
                        yield name, line
        except ClientError as error:
            # The group is made with the function; before, nothing was said.
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise


def read(job: str, event: dict[str, Any]) -> Line | None:
    """Read one event; none if no worker wrote it, such as Lambda's own START and END."""
    try:
        told = json.loads(event["message"])
    except ValueError:
        return None
    if not isinstance(told, dict) or "level" not in told:
        return None
    return Line(
        at=int(event["timestamp"]),
        job=job,
        job_id=str(told.get("job_id", "")),
        attempt=int(told.get("attempt", 0)),
        outcome=str(told.get("outcome", "")),
        message=str(told.get("message", "")),
        reason=" ".join(filter(None, (told.get("error_code"), told.get("reason")))),
    )
