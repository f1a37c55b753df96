"""The jobs that one job was split into: kept on its record, and counted by how they fare."""

from collections import Counter
from typing import TYPE_CHECKING

from clarivum_jobs.records.lookup import JobRecord, by_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ENQUEUED = "enqueued"
"""How a child fares that no worker has seen yet."""


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
