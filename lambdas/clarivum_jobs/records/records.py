"""Where a job's work is on record: one item for each piece of work, in the table of all jobs."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clarivum_jobs.records.unheld import Unheld
from clarivum_jobs.records.work_item import (
    Status,
    WorkItem,
    enqueue_id,
    iso,
    job_status,
    letter_id,
    now_ms,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    from clarivum_jobs.contract.envelope import Envelope
    from clarivum_jobs.core.settings import WorkerSettings


@dataclass(frozen=True)
class Records:
    """The records of one job.

    Attributes:
        settings: The worker's.
        dynamodb: Client for the table.
        unsaved: Items of work that this sandbox did and could not record: it does none of it again.
        unheld: Claims of this sandbox without an answer.
    """

    settings: "WorkerSettings"
    dynamodb: "DynamoDBClient"
    unsaved: set[str] = field(default_factory=set)
    unheld: Unheld = field(default_factory=Unheld)

    @property
    def expiration(self) -> int:
        """When an item written now counts no more, in seconds since the epoch."""
        return int(time.time()) + self.settings.record_retention

    def read(self, item_id: str) -> WorkItem | None:
        """Return a piece of work's item as it is at this moment.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        answer = self.dynamodb.get_item(
            TableName=self.settings.table, Key={"id": {"S": item_id}}, ConsistentRead=True
        )
        return WorkItem.read(answer["Item"]) if "Item" in answer else None

    def note(
        self, envelope: "Envelope", status: Status | None, code: str = "", reason: str = ""
    ) -> None:
        """Write down what is true of one enqueue alone, beside the item of its work.

        Args:
            envelope: The enqueue.
            status: What became of it; none if that is what became of the work.
            code: Stable name of the reason, if it is dead.
            reason: The reason in words, if it is dead.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        job = self.settings.record_name
        texts = {
            "id": enqueue_id(job, envelope.id),
            "work_key": envelope.idempotencykey,
            "enqueued": envelope.time.isoformat(),
            "changed": iso(now_ms()),
            "code": code,
            "reason": reason,
            "job_status": job_status(job, status) if status else "",
        }
        item: dict[str, AttributeValueTypeDef] = {
            name: {"S": value} for name, value in texts.items() if value
        }
        item["expiration"] = {"N": str(self.expiration)}
        self.dynamodb.put_item(TableName=self.settings.table, Item=item)

    def note_letter(self, body: str, message_id: str, code: str, reason: str) -> None:
        """Write down why a message is given up where its letter cannot say it.

        It is found by the body, which every letter keeps, whoever moved it.

        Args:
            body: The message.
            message_id: Its id in the job's own queue.
            code: Stable name of the reason.
            reason: The reason in words.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        texts = {
            "id": letter_id(self.settings.record_name, body),
            "message_id": message_id,
            "changed": iso(now_ms()),
            "code": code,
            "reason": reason,
        }
        item: dict[str, AttributeValueTypeDef] = {name: {"S": text} for name, text in texts.items()}
        item["expiration"] = {"N": str(self.expiration)}
        self.dynamodb.put_item(TableName=self.settings.table, Item=item)

    def forget(self, envelope: "Envelope") -> None:
        """Take back what was written of one enqueue alone.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        self.dynamodb.delete_item(
            TableName=self.settings.table,
            Key={"id": {"S": enqueue_id(self.settings.record_name, envelope.id)}},
        )
