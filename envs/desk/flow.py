"""How a queue moves: the age of its oldest message, and how many a minute are done with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarivum_jobs.records.lookup import by_status
from clarivum_jobs.records.work_item import iso
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clarivum_jobs.records.lookup import Listed
    from envs.desk.place import Job, Place

WINDOW = dt.timedelta(minutes=5)
"""Over how long a rate is taken."""

_LATE = dt.timedelta(minutes=5)  # within which CloudWatch has the metrics of SQS
_PERIOD = 60
_MOST = 250  # jobs a call: it takes 500 queries
_LEFT: tuple[Listed, ...] = ("done", "duplicate", "stale", "dead")


@dataclass(frozen=True, slots=True)
class Flow:
    """How one queue moves.

    Attributes:
        oldest: Seconds since the oldest message in it was sent; None where nothing waits, or
            nobody knows.
        rate: Messages a minute that left it, done or dead, over the last minutes; None where
            nobody knows.
    """

    oldest: int | None = None
    rate: float | None = None


def flows(place: Place, jobs: Sequence[Job]) -> dict[str, Flow]:
    """Return how the queues of jobs move, by job.

    On AWS it is what SQS tells CloudWatch, some minutes late. The emulator has no such metrics:
    there its messages and the records are asked.

    Raises:
        ClientError: CloudWatch may not be asked.
        DeskError: The emulator does not answer.
    """
    now = dt.datetime.now(dt.UTC)
    if place.local:
        return {job.name: _of_emulator(place, job, now) for job in jobs}
    found: dict[str, Flow] = {}
    for first in range(0, len(jobs), _MOST):
        found |= _of_metrics(place, jobs[first : first + _MOST], now)
    return found


def _of_emulator(place: Place, job: Job, now: dt.datetime) -> Flow:
    from envs.local.engine.peeking import peek  # noqa: PLC0415 - not needed on AWS

    endpoint = place.client("sqs").meta.endpoint_url
    try:
        sent = [one["SentTimestamp"] for one in peek(endpoint, place.queue_url(job.name))]
    except OSError as error:
        message = "the local AWS does not answer"
        raise DeskError(message, rule="not-running", hint="`make dev` starts it") from error
    since = iso(round((now - WINDOW).timestamp() * 1000))
    dynamodb = place.client("dynamodb")
    ended = sum(
        1
        for status in _LEFT
        for _ in by_status(dynamodb, place.table, job.on_record, status, since=since)
    )
    oldest = max(0, round(now.timestamp() - min(sent))) if sent else None
    return Flow(oldest, ended / (WINDOW.total_seconds() / 60))


def _of_metrics(place: Place, jobs: Sequence[Job], now: dt.datetime) -> dict[str, Flow]:
    names = [place.function(job.name) for job in jobs]  # a queue and its function share a name
    queries = [query for number, name in enumerate(names) for query in _queries(number, name)]
    values: dict[str, list[float]] = {}
    pages = (
        place.client("cloudwatch")
        .get_paginator("get_metric_data")
        .paginate(
            MetricDataQueries=queries,
            StartTime=now - WINDOW - _LATE,
            EndTime=now,
            ScanBy="TimestampDescending",
        )
    )
    for page in pages:
        for series in page["MetricDataResults"]:
            values.setdefault(series["Id"], []).extend(series["Values"])
    return {
        job.name: _flow(values.get(f"oldest{n}", []), values.get(f"left{n}", []))
        for n, job in enumerate(jobs)
    }


def _flow(oldest: Sequence[float], left: Sequence[float]) -> Flow:
    """Judge two series, the latest first: a queue that is idle for hours has neither."""
    age = round(oldest[0]) if oldest else 0
    minutes = int(WINDOW.total_seconds() / _PERIOD)
    return Flow(age or None, sum(left[:minutes]) / minutes)


def _queries(number: int, queue: str) -> Iterator[dict[str, Any]]:
    for name, metric, statistic in (
        ("oldest", "ApproximateAgeOfOldestMessage", "Maximum"),
        ("left", "NumberOfMessagesDeleted", "Sum"),
    ):
        dimensions = [{"Name": "QueueName", "Value": queue}]
        measured = {"Namespace": "AWS/SQS", "MetricName": metric, "Dimensions": dimensions}
        stat = {"Metric": measured, "Period": _PERIOD, "Stat": statistic}
        yield {"Id": f"{name}{number}", "MetricStat": stat}
