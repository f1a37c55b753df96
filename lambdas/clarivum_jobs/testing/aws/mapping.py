"""An event source mapping: takes batches from a queue to a function and acts on its answer."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from clarivum_jobs.testing.aws.queue import ARN, Message, Queue
from clarivum_jobs.testing.aws.sqs import describe
from clarivum_jobs.testing.machine import lineage
from clarivum_jobs.testing.machine.function import Function, Run
from clarivum_jobs.testing.machine.loop import Event

_POLL_AGAIN = 1000
"""Milliseconds until a mapping polls again after SQS refused."""


@dataclass(slots=True)
class SourceMapping:
    """The mapping between one queue and one function.

    Attributes:
        batch_size: Most messages a run gets.
        concurrency: Most runs at a time.
        enabled: Whether it polls.
        away: Whether SQS does not carry out an operation at this moment.
        recursive_invocations_dropped: Lambda's metric of this name: deliveries that it refused
            because their messages go round in a loop.
    """

    queue: Queue
    function: Function
    batch_size: int = 1
    concurrency: int = 2
    enabled: bool = True
    recursive_invocations_dropped: int = 0
    _running: int = 0
    _planned: int = 0
    away: Callable[[str], bool] = lambda _operation: False
    _poll: Event | None = None

    def wake(self) -> None:
        """Plan the next poll for when there will be something to take."""
        visible = self.queue.next_visible()
        if not self.enabled or visible is None or self._running >= self.concurrency:
            return
        when = max(visible, self.queue.loop.now)
        if self._poll is not None:
            if self._planned <= when:
                return
            self._poll.cancel()
        self._planned = when
        self._poll = self.queue.loop.at(when, self._take)

    def _take(self) -> None:
        self._poll = None
        if self.away("ReceiveMessage"):
            self._planned = self.queue.loop.now + _POLL_AGAIN
            self._poll = self.queue.loop.at(self._planned, self._take)
            return
        while self.enabled and self._running < self.concurrency:
            batch = self.queue.receive(self.batch_size)
            if not batch:
                break
            if self.queue.dice.happens(self.queue.faults.throttle):
                ids = [message.id for message in batch]
                self.queue.trace.add(self.queue.loop.now, self.function.name, "throttled", ids=ids)
                continue
            headers = [message.trace_header for message in batch]
            if lineage.turns(self.function.name, headers) >= lineage.MOST_TURNS:
                self._stop_loop(batch)
                continue
            self._running += 1
            ended = functools.partial(self._ended, batch)
            self.function.invoke(_event(batch, self.queue), ended, headers)
        self.wake()

    def _stop_loop(self, batch: list[Message]) -> None:
        """Let messages of a loop wait for the dead-letter queue, which is what Lambda does."""
        self.recursive_invocations_dropped += 1
        ids = [message.id for message in batch]
        now, name = self.queue.loop.now, self.function.name
        self.queue.trace.add(now, name, "RecursiveInvocationsDropped", ids=ids)

    def _ended(self, batch: list[Message], run: Run) -> None:
        self._running -= 1
        if run.state == "ok":
            lost = self.queue.dice.happens(self.queue.faults.lost_answer)
            if lost or self.away("DeleteMessageBatch"):
                self.queue.trace.add(run.ended, self.function.name, "answer lost", run=run.number)
            else:
                failed = failures(run.response, {message.id for message in batch})
                for message in batch:
                    if message.id not in failed:
                        self.queue.delete(message.handle)
        self.wake()


def failures(response: Any, ids: set[str]) -> set[str]:  # noqa: ANN401 - whatever was returned
    """Which messages stay, given the answer of a run.

    Nothing named means that all succeeded: that is how a forgotten `return` loses messages. An
    answer in another form, or one that names what was not delivered, means that all failed.
    """
    if response is None or response == {}:
        return set()
    if not isinstance(response, dict) or not isinstance(
        response.get("batchItemFailures", []) or [], list
    ):
        return ids
    named = response.get("batchItemFailures") or []
    found = {str(entry.get("itemIdentifier")) if isinstance(entry, dict) else "" for entry in named}
    return ids if found - ids else found


def _event(batch: list[Message], queue: Queue) -> dict[str, Any]:
    return {"Records": [_record(message, queue) for message in batch]}


def _record(message: Message, queue: Queue) -> dict[str, Any]:
    """The same facts as `ReceiveMessage` gives, in the spelling of an event."""
    described = describe(message)
    attributes = {
        name: {
            "dataType": value["DataType"],
            "stringValue": value.get("StringValue"),
            "stringListValues": [],
            "binaryListValues": [],
        }
        for name, value in described["MessageAttributes"].items()
    }
    return {
        "messageId": described["MessageId"],
        "receiptHandle": described["ReceiptHandle"],
        "body": described["Body"],
        "md5OfBody": described["MD5OfBody"],
        "attributes": described["Attributes"],
        "messageAttributes": attributes,
        "eventSource": "aws:sqs",
        "eventSourceARN": ARN + queue.name,
        "awsRegion": "eu-west-1",
    }
