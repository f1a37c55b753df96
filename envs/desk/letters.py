"""Dead letters in hand: received for a short while, and given back whatever happens."""

from __future__ import annotations

import contextlib
import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mypy_boto3_sqs import SQSClient

HIDDEN = 120
"""Seconds that a received letter stays hidden: below the five minutes that its alarm looks back."""

LONGEST_LOOK = 60.0
"""Seconds after which a look ends, so that the first letter is given back well before `HIDDEN`."""

UNTOLD = "untold"
"""Code of a letter without a reason: SQS moved it, or it is none of a worker's."""

_BATCH = 10
_EMPTY = 2  # receives in a row that bring nothing new: a short poll asks some servers only


@dataclass(frozen=True, slots=True)
class Letter:
    """One dead letter.

    Attributes:
        message_id: Id that it has in the dead-letter queue.
        receipt: What SQS wants to hear to hide or delete it.
        body: The message, as it came.
        attributes: What is written on it.
        sent: When it was sent here, in milliseconds since the epoch.
    """

    message_id: str
    receipt: str
    body: str
    attributes: Mapping[str, str]
    sent: int

    @property
    def code(self) -> str:
        """Stable name of what it died of."""
        return self.attributes.get("error_code", UNTOLD)

    @property
    def reason(self) -> str:
        """The same in words."""
        return self.attributes.get("reason", "")

    @property
    def hash(self) -> str:
        """What tells its body from every other."""
        return body_hash(self.body)


def body_hash(body: str) -> str:
    """Return what tells one body from every other."""
    return hashlib.sha256(body.encode()).hexdigest()


def read(message: Mapping[str, Any]) -> Letter:
    """Read a message as `ReceiveMessage` gives it."""
    told = message.get("MessageAttributes", {})
    return Letter(
        message_id=message["MessageId"],
        receipt=message["ReceiptHandle"],
        body=message["Body"],
        attributes={name: value.get("StringValue", "") for name, value in told.items()},
        sent=int(message.get("Attributes", {}).get("SentTimestamp", 0)),
    )


@dataclass
class Hand:
    """Letters that are hidden from everybody else.

    Attributes:
        sqs: Client of the queue.
        url: The dead-letter queue.
        letters: By message id.
        complete: Whether the queue had no more to show when the look ended.
    """

    sqs: SQSClient
    url: str
    letters: dict[str, Letter] = field(default_factory=dict)
    complete: bool = False
    _hidden_at: float = 0.0

    def take(self, enough: Callable[[dict[str, Letter]], bool]) -> None:
        """Receive letters until there are enough, no more, or the time of a look is over."""
        began, empty = time.monotonic(), 0
        self._hidden_at = began
        while not enough(self.letters) and empty < _EMPTY:
            if time.monotonic() - began > LONGEST_LOOK:
                return
            answer = self.sqs.receive_message(
                QueueUrl=self.url,
                MaxNumberOfMessages=_BATCH,
                VisibilityTimeout=HIDDEN,
                WaitTimeSeconds=1,
                MessageAttributeNames=["All"],
                MessageSystemAttributeNames=["SentTimestamp"],
            )
            known = len(self.letters)
            for letter in map(read, answer.get("Messages", ())):
                self.letters[letter.message_id] = letter
            empty = empty + 1 if len(self.letters) == known else 0
        self.complete = empty >= _EMPTY

    def keep_hidden(self) -> None:
        """Hide what is in hand for longer, when half of its time is over."""
        if time.monotonic() - self._hidden_at > HIDDEN / 3:
            self._hidden_at = time.monotonic()
            self._hide(list(self.letters.values()), HIDDEN)

    def give_back(self, wanted: Callable[[Letter], bool] = lambda _letter: True) -> None:
        """Let others see letters again at once; a letter that is gone by now is no mistake."""
        back = [letter for letter in self.letters.values() if wanted(letter)]
        for letter in back:
            del self.letters[letter.message_id]
        self._hide(back, 0)

    def delete(self, letter: Letter) -> None:
        """Remove one letter from its queue."""
        self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=letter.receipt)
        self.letters.pop(letter.message_id, None)

    def _hide(self, letters: list[Letter], seconds: int) -> None:
        for start in range(0, len(letters), _BATCH):
            part = letters[start : start + _BATCH]
            self.sqs.change_message_visibility_batch(
                QueueUrl=self.url,
                Entries=[
                    {
                        "Id": str(number),
                        "ReceiptHandle": letter.receipt,
                        "VisibilityTimeout": seconds,
                    }
                    for number, letter in enumerate(part)
                ],
            )


@contextlib.contextmanager
def in_hand(sqs: SQSClient, url: str) -> Iterator[Hand]:
    """Open a hand that gives everything back when it closes, also when the program is ended."""
    hand = Hand(sqs, url)
    try:
        yield hand
    finally:
        with contextlib.suppress(ClientError, BotoCoreError):
            # What cannot be given back comes back by itself after `HIDDEN` seconds.
            hand.give_back()
