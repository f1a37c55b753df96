"""Parking: a message that cannot succeed goes to the dead-letter queue, with the reason on it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarivum_jobs.worker.verdict import Dead

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef

    from clarivum_jobs.contract.envelope import Envelope
    from clarivum_jobs.core.delivery import Delivery
    from clarivum_jobs.core.settings import WorkerSettings

# Bytes that a dead-letter queue takes, attributes included, as `modules/queue` sets it.
_LARGEST = 262_144

# What SQS refuses in a text.
_UNSENDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message on its way to the dead-letter queue.

    Attributes:
        settings: The worker's.
        delivery: The message.
        envelope: What it says, if that could be read.
        attempt: Number of the last attempt at the work; 0 if it was never begun.
        verdict: Why it cannot succeed.
    """

    settings: "WorkerSettings"
    delivery: "Delivery"
    envelope: "Envelope | None"
    attempt: int
    verdict: Dead


def park(sqs: "SQSClient", letter: DeadLetter) -> bool:
    """Send the message as it came, with its reason, to the dead-letter queue.

    The caller acknowledges it only after this returned: a message parked twice is a nuisance, one
    acknowledged and not parked is lost.

    Returns:
        Whether the reason stands on it: a body that fills the queue's limit leaves no room.

    Raises:
        ClientError: SQS did not take it.
        BotoCoreError: SQS could not be reached.
    """
    texts = {
        "error_code": letter.verdict.code,
        "reason": letter.verdict.reason,
        "job": letter.settings.job,
        "message_id": letter.delivery.message_id,
    }
    numbers = {"attempt": letter.attempt, "receives": letter.delivery.receives}
    if letter.envelope is not None:
        texts["job_id"] = letter.envelope.id
        texts["idempotency_key"] = letter.envelope.idempotencykey
        numbers["contract_version"] = letter.envelope.contractversion
    wanted = {
        **{name: _text(value) for name, value in texts.items()},
        **{name: _number(value) for name, value in numbers.items()},
    }
    told = _fitting(wanted, _LARGEST - len(letter.delivery.body.encode()))
    sqs.send_message(
        QueueUrl=letter.settings.dead_letter_queue_url,
        MessageBody=letter.delivery.body,
        MessageAttributes=told,
    )
    return "reason" in told


def _fitting(
    wanted: "dict[str, MessageAttributeValueTypeDef]", room: int
) -> "dict[str, MessageAttributeValueTypeDef]":
    """Return the attributes that there is room for, in bytes; the first matter most."""
    told: dict[str, MessageAttributeValueTypeDef] = {}
    for name, value in wanted.items():
        room -= len((name + value["DataType"] + value.get("StringValue", "")).encode())
        if room >= 0:
            told[name] = value
    return told


def _text(value: str) -> "MessageAttributeValueTypeDef":
    # An attribute must not be empty.
    return {"DataType": "String", "StringValue": _UNSENDABLE.sub("?", value) or "-"}


def _number(value: int) -> "MessageAttributeValueTypeDef":
    return {"DataType": "Number", "StringValue": str(value)}
