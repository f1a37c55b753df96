"""Reading records, for people's tools: by a job's id, or all of a job in one status."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarivum_jobs.records.records import INDEX, Status, job_status, record_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


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
class JobRecord:
    """What is known of one enqueue; times are ISO 8601 in UTC, texts are empty if unknown.

    Attributes:
        job: Name of the job.
        job_id: Id of the enqueue.
        status: What became of it so far.
        changed: When the record was last written.
        enqueued: When it was enqueued.
        key: Its idempotency key.
        payload: Its payload as JSON, sensitive fields hidden.
        attempts: Every attempt, the oldest first.
        code: Stable name of the reason, if it is dead.
        reason: The reason in words, if it is dead.
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
    code: str
    reason: str
    children: tuple[Child, ...]


def by_id(dynamodb: "DynamoDBClient", table: str, job: str, job_id: str) -> JobRecord | None:
    """Return the record of one enqueue, or none if no worker has seen it yet."""
    key = {"id": {"S": record_id(job, job_id)}}
    item = dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item")
    return _read(item) if item else None


def by_status(
    dynamodb: "DynamoDBClient", table: str, job: str, status: Status
) -> Iterator[JobRecord]:
    """Yield a job's records in one status, the longest unchanged first."""
    request: dict[str, Any] = {
        "TableName": table,
        "IndexName": INDEX,
        "KeyConditionExpression": "job_status = :status",
        "ExpressionAttributeValues": {":status": {"S": job_status(job, status)}},
    }
    while True:
        page = dynamodb.query(**request)
        yield from map(_read, page["Items"])
        if "LastEvaluatedKey" not in page:
            return
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _read(item: Any) -> JobRecord:  # noqa: ANN401 - a map of whatever DynamoDB holds
    facts = item.get("facts", {"M": {}})["M"]
    job, _, job_id = item["id"]["S"].partition("#run#")
    return JobRecord(
        job=job,
        job_id=job_id,
        status=item["job_status"]["S"].rpartition("#")[2],
        changed=_text(item, "changed"),
        enqueued=_text(facts, "enqueued"),
        key=_text(facts, "key"),
        payload=_text(facts, "payload"),
        attempts=tuple(
            PastAttempt(
                *(_text(entry["M"], name) for name in ("message", "started", "ended", "code"))
            )
            for entry in item.get("attempts", {"L": []})["L"]
        ),
        code=_text(item, "code"),
        reason=_text(item, "reason"),
        children=tuple(
            Child(_text(entry["M"], "job"), _text(entry["M"], "id"))
            for entry in item.get("children", {"L": []})["L"]
        ),
    )


def _text(item: Any, name: str) -> str:  # noqa: ANN401
    return str(item.get(name, {}).get("S", ""))
