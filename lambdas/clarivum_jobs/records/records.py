"""The record of each job: what was enqueued, every attempt at it, and what became of it.

Records are for people and tools; whether work may run is decided by the idempotency record alone.
An attempt is written down before the handler begins, while the claim is held, so no two write at
a time. What a killed worker could not write is completed by whoever sees the message next.
"""

import datetime as dt
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from clarivum_jobs.core import clients
from clarivum_jobs.core.errors import JobsError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from clarivum_jobs.contract.envelope import Envelope
    from clarivum_jobs.core.delivery import Delivery
    from clarivum_jobs.core.settings import WorkerSettings

Status = Literal["running", "waiting", "done", "duplicate", "stale", "dead"]

INDEX = "by-status"
"""Index that finds the records of a job in one status, by the time of the last change."""

DONE = "done"
"""Code of an attempt that did the work."""

KILLED = "killed"
"""Code of an attempt that ended without a word."""

# A larger payload would make each of the few writes expensive; it is in the message itself.
_LARGEST_PAYLOAD = 4096
_MOST_ATTEMPTS = 50

_ALWAYS = "job_status = :status, changed = :now, expiration = :end"


class AttemptsSpentError(JobsError):
    """The message has had all its attempts, or its receives; nobody could say what became of them.

    Attributes:
        code: Stable name of the reason, kept on the dead letter.
    """

    code = KILLED

    def __init__(self, attempts: int, receives: int) -> None:
        """Say how many there were."""
        super().__init__(
            f"{attempts} attempts and {receives} receives are used up, and the last attempt was"
            " ended before it could say why"
        )


def record_id(job: str, job_id: str) -> str:
    """Return the key of a job's record in the table."""
    return f"{job}#run#{job_id}"


def job_status(job: str, status: Status) -> str:
    """Return the partition of the index that holds a job's records in one status."""
    return f"{job}#{status}"


@dataclass
class Attempt:
    """One attempt under way.

    Attributes:
        number: Which attempt at this message, from 1.
        earlier: What is on record of the attempts before it.
        entry: What is on record of this one.
        saved: Whether its end is on record.
    """

    number: int
    earlier: list[dict[str, Any]]
    entry: dict[str, Any]
    saved: bool = field(default=False)


class DoneBeforeError(JobsError):
    """The work is on record as done; only its claim could not be completed then."""


@dataclass(frozen=True)
class Records:
    """The records of one job.

    Attributes:
        settings: The worker's.
        dynamodb: Client for the table.
    """

    settings: "WorkerSettings"
    dynamodb: "DynamoDBClient"

    def begin(self, delivery: "Delivery", envelope: "Envelope", payload: object) -> Attempt:
        """Write down that an attempt begins; call it while the claim is held.

        Args:
            delivery: The message.
            envelope: What it says.
            payload: Its payload without sensitive values.

        Raises:
            AttemptsSpentError: The message has had all its attempts.
            DoneBeforeError: An attempt before this one did the work; it must not be done again.
            ClientError: The table refused; nothing was begun.
            BotoCoreError: The table could not be reached.
        """
        entry = {"message": {"S": delivery.message_id}, "started": {"S": _now()}}
        answer = self._write(
            envelope.id,
            "running",
            "attempts = list_append(if_not_exists(attempts, :none), :one),"
            " facts = if_not_exists(facts, :facts)",
            {
                ":none": {"L": []},
                ":one": {"L": [{"M": entry}]},
                ":facts": {"M": _facts(envelope, payload)},
            },
        )
        earlier = [kept["M"] for kept in answer["Attributes"]["attempts"]["L"][:-1]]
        for before in earlier:
            if "ended" not in before:
                before.update(ended={"S": _now()}, code={"S": KILLED})
        if any(before.get("code") == {"S": DONE} for before in earlier):
            self._save(envelope.id, "done", earlier)
            raise DoneBeforeError
        number = 1 + _made(earlier, delivery.message_id)
        entry["number"] = {"N": str(number)}
        # On the last receive nothing is begun: were it killed, nobody would see the message next.
        if number > self.settings.max_attempts or delivery.receives >= self.settings.max_receives:
            self._save(envelope.id, "waiting", earlier)
            raise AttemptsSpentError(number - 1, delivery.receives)
        return Attempt(number, earlier, entry)

    def end(self, attempt: Attempt, envelope: "Envelope", code: str | None) -> None:
        """Write down how an attempt ended; call it while the claim is held.

        Args:
            attempt: The attempt.
            envelope: What its message says.
            code: Stable name of the error; none means it succeeded.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        if "ended" not in attempt.entry:
            attempt.entry["ended"] = {"S": _now()}
        attempt.entry["code"] = {"S": code or DONE}
        status: Status = "waiting" if code else "done"
        self._save(envelope.id, status, [*attempt.earlier, attempt.entry])
        attempt.saved = True

    def repeated(self, envelope: "Envelope", payload: object) -> None:
        """Write down that a message asked for what was done before, by itself or by another.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        key = {"id": {"S": record_id(self.settings.job, envelope.id)}}
        answer = self.dynamodb.get_item(TableName=self.settings.table, Key=key, ConsistentRead=True)
        item: dict[str, Any] = dict(answer.get("Item", {}))
        known = [kept["M"] for kept in item.get("attempts", {"L": []})["L"]]
        if item.get("job_status", {}).get("S") == job_status(self.settings.job, "done"):
            return
        for before in known:
            if "ended" not in before:
                before.update(ended={"S": _now()}, code={"S": KILLED})
        if known:
            self._save(envelope.id, "done", known)
            return
        facts: dict[str, Any] = {":facts": {"M": _facts(envelope, payload)}}
        self._write(envelope.id, "duplicate", "facts = if_not_exists(facts, :facts)", facts)

    def was_begun(self, envelope: "Envelope") -> bool:
        """Whether an attempt at this job is on record.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        key = {"id": {"S": record_id(self.settings.job, envelope.id)}}
        answer = self.dynamodb.get_item(TableName=self.settings.table, Key=key, ConsistentRead=True)
        return bool(answer.get("Item", {}).get("attempts", {}).get("L"))

    def stale(self, envelope: "Envelope") -> None:
        """Write down that it was too late to begin.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        facts: dict[str, Any] = {":facts": {"M": _facts(envelope, None)}}
        self._write(envelope.id, "stale", "facts = if_not_exists(facts, :facts)", facts)

    def dead(self, envelope: "Envelope", code: str, reason: str) -> None:
        """Write down that a message lies in the dead-letter queue, and why.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        values = {
            ":code": {"S": code},
            ":reason": {"S": reason},
            # What could not be read cannot be cleaned either: such a payload is not kept.
            ":facts": {"M": _facts(envelope, None)},
        }
        change = "code = :code, reason = :reason, facts = if_not_exists(facts, :facts)"
        self._write(envelope.id, "dead", change, values)

    def _save(self, job_id: str, status: Status, attempts: list[dict[str, Any]]) -> None:
        values: dict[str, Any] = {
            ":attempts": {"L": [{"M": entry} for entry in attempts[-_MOST_ATTEMPTS:]]}
        }
        change = "attempts = :attempts"
        if status != "waiting":
            self._write(job_id, status, change, values)
            return
        # A copy of this very message may have been parked while the attempt ran: nobody waits then.
        values[":dead"] = {"S": job_status(self.settings.job, "dead")}
        try:
            self._write(job_id, status, change, values, ConditionExpression="job_status <> :dead")
        except clients.aws_errors() as error:
            if clients.error_code(error) != "ConditionalCheckFailedException":
                raise
            del values[":dead"]
            self._write(job_id, "dead", change, values)

    def _write(
        self, job_id: str, status: Status, change: str, values: dict[str, Any], **more: str
    ) -> dict[str, Any]:
        job, expiration = self.settings.job, int(time.time()) + self.settings.record_retention
        request: dict[str, Any] = {
            "TableName": self.settings.table,
            "Key": {"id": {"S": record_id(job, job_id)}},
            "UpdateExpression": f"SET {_ALWAYS}, {change}",
            "ExpressionAttributeValues": {
                ":status": {"S": job_status(job, status)},
                ":now": {"S": _now()},
                ":end": {"N": str(expiration)},
                **values,
            },
            "ReturnValues": "ALL_NEW",
            **more,
        }
        return dict(self.dynamodb.update_item(**request))


def _made(earlier: list[dict[str, Any]], message_id: str) -> int:
    """Return how many attempts a message has had: the list is cut, so each entry has its number."""
    made = 0
    for before in earlier:
        if before["message"]["S"] == message_id:
            # A killed attempt left no number: it followed the one before it.
            made = int(before["number"]["N"]) if "number" in before else made + 1
    return made


def _facts(envelope: "Envelope", payload: object) -> dict[str, Any]:
    text = json.dumps(payload, separators=(",", ":"), default=str)
    facts = {
        "key": {"S": envelope.idempotencykey},
        "enqueued": {"S": envelope.time.isoformat()},
        "source": {"S": envelope.source},
        "traceparent": {"S": envelope.traceparent},
        "contract_version": {"N": str(envelope.contractversion)},
    }
    if payload is not None and len(text) <= _LARGEST_PAYLOAD:
        facts["payload"] = {"S": text}
    return facts


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
