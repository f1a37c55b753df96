"""What became of enqueues: lists and single records, read from the table alone."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from clarivum_jobs.records.lookup import Listed, by_id, by_status
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clarivum_jobs.records.lookup import JobRecord, Summary
    from envs.desk.place import Place

STATUSES: tuple[Listed, ...] = get_args(Listed)
"""What can be listed."""


def runs(
    place: Place,
    job: str | None,
    *,
    statuses: Sequence[Listed] = STATUSES,
    since: str = "",
    most: int = 20,
) -> list[Summary]:
    """Return what changed last, the latest first.

    Work at its first attempt is in no list: it is found by its id (`show`) alone.

    Raises:
        DeskError: There is no such job.
    """
    dynamodb = place.client("dynamodb")
    # A job and its former names are on record under one: the newest of them stands for all.
    names = {each.on_record: each.name for each in reversed(place.some(job))}
    found = (
        replace(one, job=name)
        for on_record, name in names.items()
        for status in statuses
        for one in itertools.islice(
            by_status(dynamodb, place.table, on_record, status, since=since, newest_first=True),
            most,
        )
    )
    return sorted(found, key=lambda one: (one.changed, one.job_id), reverse=True)[:most]


def show(place: Place, job_id: str, job: str | None = None) -> JobRecord:
    """Return the record of one enqueue.

    Raises:
        DeskError: No job has ended anything of it yet.
    """
    for each in place.some(job):
        found = by_id(place.client("dynamodb"), place.table, each.on_record, job_id)
        if found is not None:
            return replace(found, job=each.name)
    message = f"no record tells of `{job_id}`"
    hint = "what waits for its first attempt has no record yet; `clarivum states` counts it"
    raise DeskError(message, rule="unknown-id", hint=hint, status=1)


def log_query(place: Place, record: JobRecord) -> str:
    """Return what to ask CloudWatch Logs Insights for everything that was said of an enqueue."""
    group = place.log_group(record.job)
    return (
        f'SOURCE "{group}" | fields @timestamp, attempt, outcome, error_code, reason, message'
        f' | filter job_id = "{record.job_id}" | sort @timestamp'
    )


def payload_of(record: JobRecord) -> Any:  # noqa: ANN401 - any JSON
    """Return the payload on record, sensitive values hidden; none if it is a large one."""
    return json.loads(record.payload) if record.payload else None
