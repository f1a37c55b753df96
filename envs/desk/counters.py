"""What a queue counts; asking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from envs.desk.place import Place

_NAMES = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


@dataclass(frozen=True, slots=True)
class Counters:
    """Messages of one queue, as SQS counts them: approximately, and a minute late.

    Attributes:
        visible: What can be received.
        hidden: What somebody has in hand.
        delayed: What waits for its time.
    """

    visible: int
    hidden: int
    delayed: int

    @property
    def all(self) -> int:
        """All of them."""
        return self.visible + self.hidden + self.delayed


def counters(place: Place, url: str) -> Counters:
    """Return what a queue counts."""
    answer = place.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=list(_NAMES))
    return Counters(*(int(answer["Attributes"][name]) for name in _NAMES))
