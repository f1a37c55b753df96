"""Many messages in few calls, within what one call to SQS may hold."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from clarivum_jobs.core import clients

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

MAX_ENTRIES = 10

# The queues take 256 KiB a message; a dead letter is the message plus its attributes, so those
# must still fit when it is parked.
ATTRIBUTE_ROOM = 4 * 1024
MAX_MESSAGE_BYTES = 256 * 1024 - ATTRIBUTE_ROOM

# One call may hold 1 MiB where the limits of 2025 apply, 256 KiB where the older ones do. The
# older bound costs a few more calls for large messages and is right everywhere.
MAX_BATCH_BYTES = 256 * 1024

PARALLEL = 4
"""Calls at a time: enough for a thousand messages in a second, few enough for a small function."""

_TRIES = 3

InputT = TypeVar("InputT")
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Entry:
    """One message to send.

    Attributes:
        index: Place in the caller's list.
        body: The message, in ASCII.
        delay: Seconds until it may be received; 0 for the queue's own delay.
    """

    index: int
    body: str
    delay: int


@dataclass(frozen=True, slots=True)
class Sent:
    """SQS took the message and named it."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """SQS did not take the message; `code` says why."""

    code: str


def batches(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Yield the entries in their order, as many together as one call may hold."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        if batch and (len(batch) == MAX_ENTRIES or size + len(entry.body) > MAX_BATCH_BYTES):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(entry)
        size += len(entry.body)
    if batch:
        yield tuple(batch)


def send(sqs: "SQSClient", queue_url: str, entries: Iterable[Entry]) -> dict[int, Sent | Refused]:
    """Send messages to one queue; return what became of each, by its index.

    Entries that SQS failed to take through no fault of ours are sent again, a few times.
    """
    results: dict[int, Sent | Refused] = {}

    def one(batch: tuple[Entry, ...]) -> dict[int, Sent | Refused]:
        return _send_batch(sqs, queue_url, batch)

    for settled in side_by_side(one, list(batches(entries))):
        results |= settled
    return results


def side_by_side(work: Callable[[InputT], ResultT], inputs: Sequence[InputT]) -> list[ResultT]:
    """Do work for each input, a few at a time; the results are in the order of the inputs."""
    if len(inputs) <= 1:
        return [work(each) for each in inputs]
    with ThreadPoolExecutor(min(PARALLEL, len(inputs))) as threads:
        return list(threads.map(work, inputs))


def _send_batch(
    sqs: "SQSClient", queue_url: str, batch: Iterable[Entry]
) -> dict[int, Sent | Refused]:
    results: dict[int, Sent | Refused] = {}
    pending = {str(entry.index): entry for entry in batch}
    for attempt in range(1, _TRIES + 1):
        final, again = _send_once(sqs, queue_url, pending)
        results |= final | again
        pending = {str(index): pending[str(index)] for index in again}
        if not pending or attempt == _TRIES:
            break
        time.sleep(random.uniform(0, 0.1 * 2**attempt))  # noqa: S311 - jitter, no secret
    return results


def _send_once(
    sqs: "SQSClient",
    queue_url: str,
    pending: dict[str, Entry],
) -> tuple[dict[int, Sent | Refused], dict[int, Refused]]:
    """Return what is settled, and what is worth another try."""
    try:
        answer = sqs.send_message_batch(
            QueueUrl=queue_url,
            Entries=[_request(entry) for entry in pending.values()],
        )
    except clients.aws_errors() as error:
        # The client has tried again by itself already.
        refused = Refused(clients.error_code(error))
        return {entry.index: refused for entry in pending.values()}, {}
    final: dict[int, Sent | Refused] = {}
    # Silence about an entry is not success.
    again = {entry.index: Refused("NoAnswer") for entry in pending.values()}
    for sent in answer.get("Successful", []):
        final[int(sent["Id"])] = Sent(sent["MessageId"])
        again.pop(int(sent["Id"]), None)
    for failed in answer.get("Failed", []):
        index = int(failed["Id"])
        if failed["SenderFault"]:
            final[index] = Refused(failed["Code"])
            again.pop(index, None)
        else:
            again[index] = Refused(failed["Code"])
    return final, again


def _request(entry: Entry) -> "SendMessageBatchRequestEntryTypeDef":
    request: SendMessageBatchRequestEntryTypeDef = {
        "Id": str(entry.index),
        "MessageBody": entry.body,
    }
    if entry.delay:
        # Left out otherwise: zero would overrule the queue's own delay.
        request["DelaySeconds"] = entry.delay
    return request
