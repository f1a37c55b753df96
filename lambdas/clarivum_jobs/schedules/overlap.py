"""Whether a schedule's run may be enqueued while the one before it is not finished.

A note in the table names the last run of each schedule; the record of that run tells whether it
waits or is being worked on.
"""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarivum_jobs.core import backoff, clients
from clarivum_jobs.records.work_item import WorkItem, work_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from clarivum_jobs.core.settings import WorkerSettings
    from clarivum_jobs.producer.results import Receipt

# A run that no worker has seen for so long blocks its followers no more: it may have expired.
_LONGEST_WAIT = 86_400

# So long after the last word of a run each of its receives has come and gone: see `_gone`.
_MARGIN = 3_600

_UNFINISHED = ("running", "waiting")


@dataclass(frozen=True, slots=True)
class Overlap:
    """The last runs of one job's schedules.

    Attributes:
        settings: The worker's.
        dynamodb: Client for the table.
    """

    settings: "WorkerSettings"
    dynamodb: "DynamoDBClient"

    def blocked(self, schedule: str, key: str) -> bool:
        """Whether the run before is unfinished; one of the same key is the same run.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        note = self._item(self._note(schedule))
        if not note or note["run_key"]["S"] == key:
            return False
        item = self._item(work_id(self.settings.record_name, note["run_key"]["S"]))
        enqueued = int(note["enqueued"]["N"])
        if not item:
            longest = min(_LONGEST_WAIT, self.settings.message_retention)
            return enqueued + longest > time.time()
        work = WorkItem.read(item)
        return work.status in _UNFINISHED and not self._gone(work, enqueued)

    def remember(self, schedule: str, receipt: "Receipt") -> None:
        """Note the run that was just enqueued.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        now = int(time.time())
        item = {
            "id": {"S": self._note(schedule)},
            "run_key": {"S": receipt.idempotency_key},
            "enqueued": {"N": str(now)},
            "expiration": {"N": str(now + self.settings.record_retention)},
        }
        try:
            # The event of one moment may come twice: the note names the first, which does the work.
            self.dynamodb.put_item(
                TableName=self.settings.table,
                Item=item,
                ConditionExpression="attribute_not_exists(id) OR run_key <> :key",
                ExpressionAttributeValues={":key": {"S": receipt.idempotency_key}},
            )
        except clients.aws_errors() as error:
            if clients.error_code(error) != "ConditionalCheckFailedException":
                raise

    def _gone(self, work: WorkItem, enqueued: int) -> bool:
        """Whether a run's message cannot be alive any more: purged, expired, or moved by SQS.

        Each receive hides it for the visibility timeout or for the longest wait, and of receives
        it has no more than the queue allows; and it was sent before the last word on it, so that
        its queue keeps it for the retention from there. Who works on it holds the claim.
        """
        now, settings = time.time(), self.settings
        receive = max(settings.visibility_timeout, backoff.MAX_WAIT)
        received = work.last_word / 1000 + settings.max_receives * receive + _MARGIN
        expired = max(work.last_word / 1000, enqueued) + settings.message_retention
        return now > max(min(received, expired), work.lease / 1000)

    def _note(self, schedule: str) -> str:
        return f"{self.settings.record_name}#schedule#{schedule}"

    def _item(self, key: str) -> dict[str, Any]:
        answer = self.dynamodb.get_item(
            TableName=self.settings.table, Key={"id": {"S": key}}, ConsistentRead=True
        )
        return dict(answer.get("Item", {}))
