"""How queues move, as CloudWatch tells it: asked in few calls, and judged series by series."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import boto3
from botocore.stub import ANY, Stubber
from hypothesis import given
from hypothesis import strategies as st

from envs.desk.flow import Flow, flows
from tests.desk import worlds
from tests.simulator.sample import JOB

NOW = dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.UTC)
_MINUTES = st.lists(st.integers(0, 100_000).map(float), max_size=12)


@given(st.lists(st.tuples(_MINUTES, _MINUTES), min_size=1, max_size=4), st.integers(1, 3))
def test_each_job_is_told_by_its_own_series(
    series: list[tuple[list[float], list[float]]], pages: int
) -> None:
    """The newest age and five minutes of what left; series may come in parts, in any order."""
    base = worlds.place()
    jobs = [replace(base.jobs[JOB], name=f"job-{number}") for number in range(len(series))]
    session = boto3.Session("none", "none", region_name="eu-west-1")
    cloudwatch: Any = session.client("cloudwatch")
    place = replace(base, environment="dev", client=lambda _service: cloudwatch)
    with Stubber(cloudwatch) as stub:
        for page in range(pages):
            answer = _answer(series, page, pages)
            stub.add_response("get_metric_data", answer, _asked(len(jobs), page))
        found = flows(place, jobs)
        stub.assert_no_pending_responses()

    for job, (oldest, left) in zip(jobs, series, strict=True):
        age = int(oldest[0]) if oldest and oldest[0] else None
        assert found[job.name] == Flow(age, sum(left[:5]) / 5)


def _answer(series: list[tuple[list[float], list[float]]], page: int, pages: int) -> dict[str, Any]:
    """Return one part of the series, which is what CloudWatch's pages are."""
    results = []
    for number, both in enumerate(series):
        for name, values in zip(("oldest", "left"), both, strict=True):
            step = -(-len(values) // pages)
            part = values[page * step : (page + 1) * step]
            times = [NOW - dt.timedelta(minutes=page * step + at) for at in range(len(part))]
            results.append({"Id": f"{name}{number}", "Timestamps": times, "Values": part})
    more = {"NextToken": f"page-{page + 1}"} if page + 1 < pages else {}
    return {"MetricDataResults": results[::-1], **more}


def _asked(jobs: int, page: int) -> dict[str, Any]:
    def query(name: str, metric: str, statistic: str, number: int) -> dict[str, Any]:
        queue = {"Name": "QueueName", "Value": f"{worlds.place().project}-dev-job-{number}"}
        measured = {"Namespace": "AWS/SQS", "MetricName": metric, "Dimensions": [queue]}
        stat = {"Metric": measured, "Period": 60, "Stat": statistic}
        return {"Id": f"{name}{number}", "MetricStat": stat}

    queries = [
        query(*one, number)
        for number in range(jobs)
        for one in (
            ("oldest", "ApproximateAgeOfOldestMessage", "Maximum"),
            ("left", "NumberOfMessagesDeleted", "Sum"),
        )
    ]
    return {
        "MetricDataQueries": queries,
        "StartTime": ANY,
        "EndTime": ANY,
        "ScanBy": "TimestampDescending",
        **({"NextToken": f"page-{page}"} if page else {}),
    }
