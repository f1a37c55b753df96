"""What the desk does, on record before it is done: a row a plan, and a row a letter.

They stand in the record table under the job's own prefix, are listed by the index `by-status`, and
expire as records do. Nothing in them shows a sensitive value.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clarivum_jobs.core import clients
from clarivum_jobs.records.work_item import iso, now_ms, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from envs.desk.place import Job, Place
    from envs.desk.plans import Plan

_REFUSED = "ConditionalCheckFailedException"


@dataclass(frozen=True, slots=True)
class Action:
    """One plan that was carried out, or begun.

    Attributes:
        job: The job.
        plan: Id of the plan.
        action: `replay` or `discard`.
        by: Who did it.
        why: The reason.
        began: When, ISO 8601 in UTC.
        state: `begun`, `finished` or `stopped`.
        counts: How many letters had which end; empty while it lasts.
    """

    job: str
    plan: str
    action: str
    by: str
    why: str
    began: str
    state: str
    counts: str


@dataclass(frozen=True)
class Rows:
    """The rows of one plan.

    Attributes:
        place: The environment.
        job: The job.
        plan: The plan.
    """

    place: Place
    job: Job
    plan: Plan

    def begin(self, by: str) -> bool:
        """Write down that the plan is carried out; false if it was begun before."""
        item = {
            "id": f"{self._prefix}{self.plan.id}",
            "job_status": f"{self.job.name}#desk",
            "changed": iso(now_ms()),
            "code": "begun",
            "reason": self.plan.why,
            "action": self.plan.action,
            "by": by,
        }
        return self._put(item)

    def end(self, state: str, counts: Mapping[str, int]) -> None:
        """Write down how it ended."""
        told = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
        values = {":code": {"S": state}, ":counts": {"S": told or "nothing"}}
        self.place.client("dynamodb").update_item(
            TableName=self.place.table,
            Key={"id": {"S": f"{self._prefix}{self.plan.id}"}},
            UpdateExpression="SET code = :code, counts = :counts",
            ExpressionAttributeValues=values,
        )

    def intend(self, message_id: str, more: Mapping[str, str]) -> tuple[str, int]:
        """Write down what is about to become of a letter, unless that stands there.

        Returns:
            How far an earlier try got: `new`, or the row's state; and when the intent was written,
            in milliseconds since the epoch.
        """
        now = now_ms()
        item = {
            **more,
            "id": self._row(message_id),
            "job_status": f"{self.job.name}#desk#{self.plan.id}",
            "changed": iso(now),
            "code": "intent",
        }
        return ("new", now) if self._put(item, since=now) else self.state(message_id)

    def state(self, message_id: str) -> tuple[str, int]:
        """Return how far a letter got, and since when; `new` and 0 if nothing is on record."""
        answer = self.place.client("dynamodb").get_item(
            TableName=self.place.table,
            Key={"id": {"S": self._row(message_id)}},
            ConsistentRead=True,
        )
        found = answer.get("Item", {})
        return text(found, "code") or "new", int(found.get("since", {}).get("N", 0))

    def mark(self, message_id: str, state: str, told: str = "") -> None:
        """Write down how far a letter got."""
        self.place.client("dynamodb").update_item(
            TableName=self.place.table,
            Key={"id": {"S": self._row(message_id)}},
            UpdateExpression="SET code = :code, told = :told",
            ExpressionAttributeValues={":code": {"S": state}, ":told": {"S": told or "-"}},
        )

    @property
    def _prefix(self) -> str:
        return f"{self.job.name}#desk#"

    def _row(self, message_id: str) -> str:
        return f"{self._prefix}{self.plan.id}#{message_id}"

    def _put(self, texts: Mapping[str, str], since: int = 0) -> bool:
        item: dict[str, Any] = {name: {"S": value} for name, value in texts.items() if value}
        item["expiration"] = {"N": str(int(time.time()) + self.job.record_retention)}
        item["since"] = {"N": str(since or now_ms())}
        try:
            self.place.client("dynamodb").put_item(
                TableName=self.place.table,
                Item=item,
                ConditionExpression="attribute_not_exists(id)",
            )
        except clients.aws_errors() as error:
            if clients.error_code(error) == _REFUSED:
                return False
            raise
        return True


def actions(place: Place, job: str | None = None) -> Iterator[Action]:
    """Yield what was done about the dead letters of one job or of all, the latest first."""
    found = [one for each in place.some(job) for one in _of(place, each.name)]
    yield from sorted(found, key=lambda one: one.began, reverse=True)


def _of(place: Place, job: str) -> Iterator[Action]:
    dynamodb = place.client("dynamodb")
    request: dict[str, Any] = {
        "TableName": place.table,
        "IndexName": "by-status",
        "KeyConditionExpression": "job_status = :status",
        "ExpressionAttributeValues": {":status": {"S": f"{job}#desk"}},
    }
    while True:
        page = dynamodb.query(**request)
        for listed in page["Items"]:
            key = {"id": listed["id"]}
            item = dynamodb.get_item(TableName=place.table, Key=key).get("Item", listed)
            yield Action(
                job=job,
                plan=text(item, "id").rpartition("#")[2],
                action=text(item, "action"),
                by=text(item, "by"),
                why=text(item, "reason"),
                began=text(item, "changed"),
                state=text(item, "code"),
                counts=text(item, "counts"),
            )
        if "LastEvaluatedKey" not in page:
            return
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]
