"""AWS without a network: boto3 makes, signs and reads its calls, and this answers them.

It replaces the one place where botocore meets the wire, so that every library on top of it does
all of its own work. Its answers hold no more than clients read.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, cast

import botocore.httpsession
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": "eu-central-1",
}

_SET = re.compile(r"#(\w+) = (?:list_append\([^)]*\), |if_not_exists\(#\w+, )?:(\w+)")


class _Raw:
    """A body that was read already."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> list[bytes]:
        """Return all of it."""
        return [self._content]


@functools.cache
def _given(expression: str) -> list[tuple[str, str]]:
    """Return which attribute is set to which value; expressions are few."""
    return _SET.findall(expression)


class Items:
    """What was written, as far as a claim that nobody contests and its end need it."""

    def __init__(self) -> None:
        """Hold nothing."""
        self._items: dict[str, dict[str, Any]] = {}

    def update(self, request: dict[str, Any]) -> dict[str, Any]:
        """Set what an `UpdateItem` sets, and return the item."""
        values = request["ExpressionAttributeValues"]
        given = _given(request["UpdateExpression"])
        item = self._items.setdefault(request["Key"]["id"]["S"], dict(request["Key"]))
        item |= {name: values[f":{value}"] for name, value in given}
        return {**item, "number": {"N": "1"}, "version": {"N": "1"}}


class Network:
    """Answers every call, and keeps what was said.

    Attributes:
        calls: How often each operation was called.
        bodies: Messages that queues were given, in order.
    """

    def __init__(self) -> None:
        """Have heard nothing."""
        self.calls: Counter[str] = Counter()
        self.bodies: list[str] = []
        self._items = Items()

    def install(self) -> None:
        """Stand where the network was, for the rest of the process."""
        os.environ.update(ENVIRONMENT)
        network = self

        def send(_session: object, request: AWSPreparedRequest) -> AWSResponse:
            content = json.dumps(network.answer(request)).encode()
            headers = HTTPHeaders.from_dict({"content-type": "application/x-amz-json-1.0"})
            return AWSResponse(request.url, 200, headers, _Raw(content))

        botocore.httpsession.URLLib3Session.send = send  # type: ignore[method-assign, assignment] # the wire

    def answer(self, request: AWSPreparedRequest) -> dict[str, Any]:
        """Return what AWS would say to a request."""
        target = request.headers["X-Amz-Target"]
        name = (target.decode() if isinstance(target, bytes) else target).rpartition(".")[2]
        body: dict[str, Any] = json.loads(cast("bytes", request.body))
        self.calls[name] += 1
        if name == "SendMessage":
            return self._take("", body["MessageBody"])
        if name == "SendMessageBatch":
            taken = [self._take(each["Id"], each["MessageBody"]) for each in body["Entries"]]
            return {"Successful": taken, "Failed": []}
        if name == "UpdateItem" and "ReturnValues" in body:
            return {"Attributes": self._items.update(body)}
        if name == "GetQueueUrl":
            return {"QueueUrl": f"https://sqs.eu-central-1.amazonaws.com/1/{body['QueueName']}"}
        if name == "GetQueueAttributes":
            return {"Attributes": {"ApproximateNumberOfMessages": "0"}}
        return {}

    def _take(self, entry: str, body: str) -> dict[str, str]:
        self.bodies.append(body)
        digest = hashlib.md5(body.encode(), usedforsecurity=False).hexdigest()
        return {"Id": entry, "MessageId": f"m-{len(self.bodies)}", "MD5OfMessageBody": digest}
