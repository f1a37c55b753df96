"""What a producer gets back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message the queue took.

    Attributes:
        job_id: Id of this enqueue, found again in logs, records and dead letters.
        message_id: Id that SQS gave to the message; empty while it waits in a schedule.
        idempotency_key: Equal for equal work.
        schedule: Name of the one-time schedule it waits in; empty if it is in the queue.
    """

    job_id: str
    message_id: str
    idempotency_key: str
    schedule: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that was not sent.

    Attributes:
        index: Place of its payload in the call, from 0.
        job: Name of the job.
        code: Stable name of the reason: `invalid_payload`, `message_too_large` or SQS's own.
        reason: The reason in words, free of payload values.
    """

    index: int
    job: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of many payloads; each is in one of the two, in the order of the call.

    Attributes:
        accepted: Receipts of what the queues took.
        failed: What was not sent.
    """

    accepted: tuple[Receipt, ...]
    failed: tuple[Failure, ...]
