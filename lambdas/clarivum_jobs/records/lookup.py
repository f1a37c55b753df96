"""Reading records, for people's tools: by a job's id, by a key, or all of a job in one status.

The two indices lag behind the table by a moment, as every index of DynamoDB does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from clarivum_jobs.records.work_item import enqueue_id, text, work_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BY_STATUS = "by-status"
"""Index that lists a job's work in one status, by the time it got there."""

BY_JOB_ID = "by-job-id"
"""Index that finds a piece of work by the id of the first enqueue that asked for it."""

Listed = Literal["waiting", "done", "duplicate", "stale", "dead", "discarded"]
"""What can be listed; work at its first attempt is found by its id or key alone."""

_DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One attempt on record.

    Attributes:
        message_id: Id of the SQS message it was an attempt at.
        started: When it began.
        ended: When it ended, or when somebody noticed that it had; empty while it runs.
        code: `done`, `killed` or the error's stable name; empty while it runs.
    """

    message_id: str
    started: str
    ended: str
    code: str


@dataclass(frozen=True, slots=True)
class Child:
    """A job that another was split into, by the name of its job and its id."""

    job: str
    job_id: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A line of a list; times are ISO 8601 in UTC.

    Attributes:
        job: Name of the job.
        job_id: Id of the enqueue.
        status: What became of it so far.
        changed: When it became that.
        code: Stable name of what ended the last attempt, if one failed.
        reason: The reason in words, if it is dead.
    """

    job: str
    job_id: str
    status: str
    changed: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class JobRecord:
    """What is known of one enqueue; times are ISO 8601 in UTC, texts are empty if unknown.

    Attributes:
        job: Name of the job.
        job_id: Id of the enqueue.
        status: What became of it so far.
        changed: When an attempt at it last ended.
        enqueued: When it was enqueued.
        key: Its idempotency key.
        payload: Its payload as JSON, sensitive fields hidden; empty if it is a large one.
        attempts: The last attempts at the work, the oldest first.
        number: Attempts at the work since it was last enqueued anew or replayed.
        round: How often it was, from 1.
        code: Stable name of what ended the last attempt, if one failed.
        reason: The reason in words, if it is dead.
        first_job_id: Id of the enqueue under which the work is on record.
        children: The jobs that it was split into.
    """

    job: str
    job_id: str
    status: str
    changed: str
    enqueued: str
    key: str
    payload: str
    attempts: tuple[PastAttempt, ...]
    number: int
    round: int
    code: str
    reason: str
    first_job_id: str
    children: tuple[Child, ...]


def by_id(dynamodb: "DynamoDBClient", table: str, job: str, job_id: str) -> JobRecord | None:
    """Return the record of one enqueue, or none if no worker has ended anything of it yet.

    An enqueue of work that another had asked for before is found once it is settled.
    """
    note = _item(dynamodb, table, enqueue_id(job, job_id))
    key = text(note, "work_key") if note else _key_of(dynamodb, table, job, job_id)
    work = _item(dynamodb, table, work_id(job, key)) if key else None
    if note is None:
        return _read(work, job, job_id) if work else None
    own = text(note, "job_status").rpartition("#")[2]
    moved_on = work is not None and text(work, "job_id") == job_id and not _older(work, note)
    if work is not None and (not own or moved_on):
        return _read(work, job, job_id)
    return _of_note(note, job, job_id, text(work, "job_id") if work else "")


def by_key(dynamodb: "DynamoDBClient", table: str, job: str, key: str) -> JobRecord | None:
    """Return the record of a piece of work as it is at this moment, by its idempotency key."""
    item = _item(dynamodb, table, work_id(job, key))
    return _read(item, job, text(item, "job_id")) if item else None


def by_status(  # noqa: PLR0913 - one way to list, and how
    dynamodb: "DynamoDBClient",
    table: str,
    job: str,
    status: Listed,
    *,
    since: str = "",
    newest_first: bool = False,
) -> Iterator[Summary]:
    """Yield a job's work in one status, the longest unchanged first.

    Args:
        dynamodb: Client for the table.
        table: The record table.
        job: The job.
        status: The status; `discarded` is what people decided that nobody needs.
        since: Only what changed since then, ISO 8601 in UTC.
        newest_first: The other way round.
    """
    request: dict[str, Any] = {
        "TableName": table,
        "IndexName": BY_STATUS,
        "KeyConditionExpression": "job_status = :status",
        "ExpressionAttributeValues": {":status": {"S": f"{job}#{status}"}},
        "ScanIndexForward": not newest_first,
    }
    if since:
        request["KeyConditionExpression"] += " AND changed >= :since"
        request["ExpressionAttributeValues"][":since"] = {"S": since}
    while True:
        page = dynamodb.query(**request)
        for item in page["Items"]:
            of_note = item["id"]["S"].removeprefix(enqueue_id(job, ""))
            yield Summary(
                job=job,
                job_id=text(item, "job_id") or of_note,
                status=status,
                changed=text(item, "changed"),
                code=text(item, "code"),
                reason=text(item, "reason"),
            )
        if "LastEvaluatedKey" not in page:
            return
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _key_of(dynamodb: "DynamoDBClient", table: str, job: str, job_id: str) -> str:
    found = dynamodb.query(
        TableName=table,
        IndexName=BY_JOB_ID,
        KeyConditionExpression="job_id = :job_id",
        ExpressionAttributeValues={":job_id": {"S": job_id}},
    )["Items"]
    start = work_id(job, "")
    ids = (item["id"]["S"] for item in found)
    return next((each.removeprefix(start) for each in ids if each.startswith(start)), "")


def _item(dynamodb: "DynamoDBClient", table: str, item_id: str) -> dict[str, Any] | None:
    key: Any = {"id": {"S": item_id}}
    item = dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item")
    return dict(item) if item else None


def _older(work: dict[str, Any], note: dict[str, Any]) -> bool:
    """Whether a note says more of an enqueue than the work does; what is done stays done."""
    return text(work, "status") != "done" and text(work, "changed") < text(note, "changed")


def _read(item: dict[str, Any], job: str, job_id: str) -> JobRecord:
    return JobRecord(
        job=job,
        job_id=job_id,
        status=_status(item),
        changed=text(item, "changed"),
        enqueued=text(item, "enqueued"),
        key=item["id"]["S"].removeprefix(work_id(job, "")),
        payload=text(item, "payload"),
        attempts=tuple(
            PastAttempt(
                *(text(entry["M"], name) for name in ("message", "started", "ended", "code"))
            )
            for entry in item.get("attempts", {"L": []})["L"]
        ),
        number=int(item.get("number", {}).get("N", 0)),
        round=int(item.get("round", {}).get("N", 1)),
        code=text(item, "code"),
        reason=text(item, "reason"),
        first_job_id=text(item, "job_id"),
        children=tuple(
            Child(text(entry["M"], "job"), text(entry["M"], "id"))
            for entry in item.get("children", {"L": []})["L"]
        ),
    )


def _status(item: dict[str, Any]) -> str:
    """Return what became of work; to a worker what was discarded is as dead as before."""
    listed = text(item, "job_status").rpartition("#")[2]
    return _DISCARDED if listed == _DISCARDED else text(item, "status")


def _of_note(note: dict[str, Any], job: str, job_id: str, first: str) -> JobRecord:
    return JobRecord(
        job=job,
        job_id=job_id,
        status=text(note, "job_status").rpartition("#")[2],
        changed=text(note, "changed"),
        enqueued=text(note, "enqueued"),
        key=text(note, "work_key"),
        payload="",
        attempts=(),
        number=0,
        round=1,
        code=text(note, "code"),
        reason=text(note, "reason"),
        children=(),
        first_job_id=first or job_id,
    )
