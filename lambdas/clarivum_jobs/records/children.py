"""The jobs that one job was split into: kept on its record, and counted by how they fare."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from clarivum_jobs.records.lookup import JobRecord, by_id
from clarivum_jobs.records.records import record_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from clarivum_jobs.core.settings import WorkerSettings

ENQUEUED = "enqueued"
"""How a child fares that no worker has seen yet."""


def note(
    settings: "WorkerSettings",
    dynamodb: "DynamoDBClient",
    job_id: str,
    job: str,
    children: Iterable[str],
) -> None:
    """Write down which jobs a job was split into, in place of what an earlier attempt has written.

    Args:
        settings: The worker's.
        dynamodb: Client for the table.
        job_id: Id of the job under way.
        job: Name of its children's job.
        children: The ids of its children.

    Raises:
        ClientError: The table refused.
        BotoCoreError: The table could not be reached.
    """
    entries = [{"M": {"job": {"S": job}, "id": {"S": child}}} for child in children]
    dynamodb.update_item(
        TableName=settings.table,
        Key={"id": {"S": record_id(settings.job, job_id)}},
        UpdateExpression="SET children = :children",
        ExpressionAttributeValues={":children": {"L": entries}},
    )


def fare(dynamodb: "DynamoDBClient", table: str, record: JobRecord) -> Counter[str]:
    """Return how many of a job's children are in which status; their sum is how many there are.

    Work that was done under another message counts as done.

    Raises:
        ClientError: The table refused.
        BotoCoreError: The table could not be reached.
    """
    counts: Counter[str] = Counter()
    for child in record.children:
        found = by_id(dynamodb, table, child.job, child.job_id)
        status = found.status if found else ENQUEUED
        counts["done" if status == "duplicate" else status] += 1
    return counts
