"""What boto3's SQS client sees of the queues."""

import hashlib
import re
from typing import Any

from clarivum_jobs.testing.aws.move_tasks import MoveTasks
from clarivum_jobs.testing.aws.names import BASE_URL
from clarivum_jobs.testing.aws.queue import ARN, Message, Queue
from clarivum_jobs.testing.aws.sqs_limits import LARGEST_BATCH, check_message, size
from clarivum_jobs.testing.machine.loop import Loop
from clarivum_jobs.testing.machine.router import Answer, Caller, Params, RefusedError

_BATCH = 10
_TRACE = "AWSTraceHeader"
_ENTRY_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_LONGEST_DELAY, _LONGEST_HIDE = 900, 43_200


class Sqs:
    """The operations that producers, workers and the tools of on-call use."""

    def __init__(self, loop: Loop) -> None:
        """Begin without queues."""
        self.queues: dict[str, Queue] = {}
        self.tasks = MoveTasks(loop, self.queues)

    def call(self, operation: str, params: Params, caller: Caller) -> Answer:
        """Carry out one operation."""
        moving = self.tasks.handler(operation)
        if moving is not None:
            return moving(params)
        queue = self.queues.get(str(params.get("QueueUrl", "")).removeprefix(BASE_URL))
        if queue is None:
            raise RefusedError(code="AWS.SimpleQueueService.NonExistentQueue", why="No such queue.")
        handler = _OPERATIONS.get(operation)
        if handler is None:
            raise RefusedError(code="InvalidAction", why=f"The simulation has no {operation}.")
        return handler(queue, {**params, _TRACE: caller.trace_header})


def _send(queue: Queue, params: Params) -> Answer:
    body, attributes = params["MessageBody"], params.get("MessageAttributes", {})
    check_message(body, attributes, queue.largest)
    delay = params.get("DelaySeconds")
    if delay is not None and not 0 <= delay <= _LONGEST_DELAY:
        raise RefusedError(
            code="InvalidParameterValue", why=f"A delay of {delay} s is not possible."
        )
    told = params.get("MessageSystemAttributes", {}).get(_TRACE, {}).get("StringValue")
    message = queue.send(body, attributes, delay, told or params[_TRACE])
    return {"MessageId": message.id, "MD5OfMessageBody": _md5(body)}


def _send_batch(queue: Queue, params: Params) -> Answer:
    entries = _entries(params)
    sizes = (size(e["MessageBody"], e.get("MessageAttributes", {})) for e in entries)
    if sum(sizes) > LARGEST_BATCH:
        raise RefusedError(
            code="AWS.SimpleQueueService.BatchRequestTooLong", why="The batch is too large."
        )
    header = params[_TRACE]
    return _each(queue, [{**entry, _TRACE: header} for entry in entries], _send)


def _hide(queue: Queue, params: Params) -> Answer:
    seconds = params["VisibilityTimeout"]
    if not 0 <= seconds <= _LONGEST_HIDE:
        raise RefusedError(
            code="InvalidParameterValue", why=f"{seconds} s of hiding are not possible."
        )
    if not queue.hide(params["ReceiptHandle"], seconds):
        raise RefusedError(code="MessageNotInflight", why="The message is not in flight.")
    return {}


def _delete(queue: Queue, params: Params) -> Answer:
    queue.delete(params["ReceiptHandle"])
    return {}


def _receive(queue: Queue, params: Params) -> Answer:
    messages = queue.receive(params.get("MaxNumberOfMessages", 1), params.get("VisibilityTimeout"))
    return {"Messages": list(map(describe, messages))} if messages else {}


def _attributes(queue: Queue, _params: Params) -> Answer:
    now = queue.loop.now
    visible = sum(m.visible <= now for m in queue.messages.values())
    hidden = sum(m.visible > now and m.receives > 0 for m in queue.messages.values())
    delayed = len(queue.messages) - visible - hidden
    numbers = {
        "ApproximateNumberOfMessages": visible,
        "ApproximateNumberOfMessagesNotVisible": hidden,
        "ApproximateNumberOfMessagesDelayed": delayed,
        "VisibilityTimeout": queue.visibility,
    }
    return {"Attributes": {name: str(value) for name, value in numbers.items()}}


def describe(message: Message) -> dict[str, Any]:
    """The form `ReceiveMessage` gives a message."""
    return {
        "MessageId": message.id,
        "ReceiptHandle": message.handle,
        "Body": message.body,
        "MD5OfBody": _md5(message.body),
        "MessageAttributes": dict(message.attributes),
        "Attributes": {
            "ApproximateReceiveCount": str(message.receives),
            "SentTimestamp": str(message.sent),
            "ApproximateFirstReceiveTimestamp": str(message.first_received),
            "SenderId": "simulated",
            **({_TRACE: message.trace_header} if message.trace_header else {}),
            **({"DeadLetterQueueSourceArn": ARN + message.source} if message.source else {}),
        },
    }


def _entries(params: Params) -> list[Params]:
    entries: list[Params] = params["Entries"]
    if not entries:
        raise RefusedError(
            code="AWS.SimpleQueueService.EmptyBatchRequest", why="The batch is empty."
        )
    if len(entries) > _BATCH:
        raise RefusedError(
            code="AWS.SimpleQueueService.TooManyEntriesInBatchRequest", why="Ten at most."
        )
    for entry in entries:
        if not _ENTRY_ID.fullmatch(entry["Id"]):
            raise RefusedError(
                code="AWS.SimpleQueueService.InvalidBatchEntryId",
                why="An id has 80 letters, digits, hyphens and underscores at most.",
            )
    if len({entry["Id"] for entry in entries}) < len(entries):
        raise RefusedError(
            code="AWS.SimpleQueueService.BatchEntryIdsNotDistinct", why="Ids must differ."
        )
    return entries


def _each(queue: Queue, entries: list[Params], single: Any) -> Answer:  # noqa: ANN401
    answer: Answer = {"Successful": [], "Failed": []}
    for entry in entries:
        if queue.dice.happens(queue.faults.error):
            failure = {"Id": entry["Id"], "Code": "InternalError", "SenderFault": False}
            answer["Failed"].append(failure)
            continue
        try:
            answer["Successful"].append({"Id": entry["Id"], **single(queue, entry)})
        except RefusedError as refused:
            failure = {"Id": entry["Id"], "Code": refused.code, "SenderFault": True}
            answer["Failed"].append({**failure, "Message": str(refused)})
    return {name: value for name, value in answer.items() if value}


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


_OPERATIONS = {
    "SendMessage": _send,
    "SendMessageBatch": _send_batch,
    "ChangeMessageVisibility": _hide,
    "ChangeMessageVisibilityBatch": lambda queue, params: _each(queue, _entries(params), _hide),
    "DeleteMessage": _delete,
    "DeleteMessageBatch": lambda queue, params: _each(queue, _entries(params), _delete),
    "ReceiveMessage": _receive,
    "GetQueueAttributes": _attributes,
}
