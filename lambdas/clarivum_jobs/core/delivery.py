"""One receive of one message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in this worker's hands.

    Attributes:
        message_id: Id that SQS gave to the message.
        receipt_handle: What SQS wants to hear to change this receive's visibility.
        body: The message.
        receives: How often the message has been received, this time included.
        sent: When it was sent, in milliseconds since the epoch; 0 if that is unknown.
        replayed: Whether it was a dead letter that a worker parked, and was moved back.
    """

    message_id: str
    receipt_handle: str
    body: str
    receives: int
    sent: int = 0
    replayed: bool = False

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Read a record of the function's event."""
        attributes = record.get("attributes", {})
        return cls(
            message_id=record["messageId"],
            receipt_handle=record["receiptHandle"],
            body=record["body"],
            receives=int(attributes.get("ApproximateReceiveCount", 1)),
            sent=int(attributes.get("SentTimestamp", 0)),
            replayed=_is_letter(record.get("messageAttributes") or {}),
        )


def _is_letter(attributes: Mapping[str, object]) -> bool:
    """Whether a message carries what a worker writes on a dead letter."""
    return attributes.keys() >= {"error_code", "job", "message_id"}
