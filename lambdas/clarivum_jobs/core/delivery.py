"""One receive of one message."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in this worker's hands.

    Attributes:
        message_id: Id that SQS gave to the message.
        receipt_handle: What SQS wants to hear to change this receive's visibility.
        body: The message.
        receives: How often the message has been received, this time included.
    """

    message_id: str
    receipt_handle: str
    body: str
    receives: int

    @classmethod
    def of(cls, record: "SQSRecord") -> Self:
        """Read a record of the function's event."""
        attributes = record.raw_event.get("attributes", {})
        return cls(
            message_id=record.message_id,
            receipt_handle=record.receipt_handle,
            body=record.body,
            receives=int(attributes.get("ApproximateReceiveCount", 1)),
        )
