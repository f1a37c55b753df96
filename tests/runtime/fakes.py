"""Small stand-ins for AWS that keep what they were told and fail when asked to."""

# ruff: noqa: ANN401 - what boto3 takes and gives are maps of anything

import copy
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError, EndpointConnectionError

from clarivum_jobs.testing.aws.expressions import Scope, check_placeholders, condition
from clarivum_jobs.testing.aws.s3 import S3
from clarivum_jobs.testing.aws.updates import update
from clarivum_jobs.testing.machine.effects import Effects
from clarivum_jobs.testing.machine.loop import Loop
from clarivum_jobs.testing.machine.router import Caller, RefusedError
from clarivum_jobs.testing.machine.trace import Trace

Item = dict[str, Any]


def refusal(code: str, operation: str = "Call", message: str = "") -> ClientError:
    """Return what a client raises when AWS says no."""
    said = message or f"{code} happened"
    return ClientError({"Error": {"Code": code, "Message": said}}, operation)


def no_connection() -> EndpointConnectionError:
    """Return what a client raises when AWS cannot be reached."""
    return EndpointConnectionError(endpoint_url="https://nowhere.invalid")


@dataclass
class FakeSqs:
    """Queues that keep what was sent.

    Attributes:
        sent: Each message that was taken, as it was asked for.
        calls: Names of the calls in order.
        visibility: Each change of visibility.
        deleted: Receipts of what was deleted.
        batch_faults: What to answer for an entry of a batch, by its body's place in `sent`-order;
            consumed one call at a time.
        fail: Error to raise, by operation.
    """

    sent: list[Item] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    visibility: list[Item] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    batch_faults: list[Mapping[str, Item]] = field(default_factory=list)
    fail: dict[str, Exception] = field(default_factory=dict)

    def send_message(self, **request: Any) -> Item:
        """Take a message."""
        self._begin("send_message")
        self.sent.append(request)
        return {"MessageId": f"sqs-{len(self.sent)}"}

    def send_message_batch(self, **request: Any) -> Item:
        """Take the entries that no fault is planned for."""
        self._begin("send_message_batch")
        faults = self.batch_faults.pop(0) if self.batch_faults else {}
        successful, failed = [], []
        for entry in request["Entries"]:
            fault = faults.get(entry["Id"])
            if fault is None:
                self.sent.append({"QueueUrl": request["QueueUrl"], **entry})
                successful.append({"Id": entry["Id"], "MessageId": f"sqs-{len(self.sent)}"})
            elif fault:
                failed.append({"Id": entry["Id"], **fault})
        return {"Successful": successful, "Failed": failed}

    def delete_message(self, **request: Any) -> None:
        """Forget a message."""
        self._begin("delete_message")
        self.deleted.append(request["ReceiptHandle"])

    def change_message_visibility(self, **request: Any) -> None:
        """Remember the new visibility."""
        self._begin("change_message_visibility")
        self.visibility.append(request)

    def _begin(self, call: str) -> None:
        self.calls.append(call)
        if call in self.fail:
            raise self.fail[call]


@dataclass
class FakeTable:
    """A table that reads conditions and updates as DynamoDB does.

    Attributes:
        items: Each item by its key.
        fail: Error to raise, by operation.
        fail_from: From which call on an operation fails, counted from 1 over all operations.
        calls: Names of the calls in order.
    """

    items: dict[str, Item] = field(default_factory=dict)
    fail: dict[str, Exception] = field(default_factory=dict)
    fail_from: int = 1
    calls: list[str] = field(default_factory=list)

    def get_item(self, **request: Any) -> Item:
        """Read an item."""
        self._begin("get_item")
        item = self.items.get(request["Key"]["id"]["S"])
        return {"Item": copy.deepcopy(item)} if item else {}

    def put_item(self, **request: Any) -> None:
        """Write an item."""
        self._begin("put_item")
        self.items[request["Item"]["id"]["S"]] = request["Item"]

    def delete_item(self, **request: Any) -> None:
        """Forget an item."""
        self._begin("delete_item")
        self.items.pop(request["Key"]["id"]["S"], None)

    def update_item(self, **request: Any) -> Item:
        """Change an item if the condition holds."""
        self._begin("update_item")
        check_placeholders(request)
        key = request["Key"]["id"]["S"]
        old = self.items.get(key, {})
        names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
        scope = Scope(old, names, values)
        if not condition(request["ConditionExpression"])(scope):
            error = refusal("ConditionalCheckFailedException", "UpdateItem")
            if old and request["ReturnValuesOnConditionCheckFailure"] == "ALL_OLD":
                error.response["Item"] = copy.deepcopy(old)  # type: ignore[typeddict-unknown-key]
            raise error
        item = {**old, **request["Key"]}
        update(request["UpdateExpression"])(scope, item)
        self.items[key] = item
        return {"Attributes": copy.deepcopy(item)}

    def pretend(self, body: str, attempts: int) -> None:
        """Put a piece of work on record that was attempted so often before and waits."""
        try:
            envelope = json.loads(body)
            key = f"{envelope['type'].removeprefix('jobs.')}#{envelope['idempotencykey']}"
        except (ValueError, KeyError, TypeError):
            return
        if attempts < 1:
            return
        if key in self.items:
            self.items[key]["number"] = {"N": str(attempts)}
            return
        started = {"message": {"S": "m"}, "started": {"S": "2026-01-01T00:00:00.000+00:00"}}
        entry = {"M": {**started, "ended": started["started"], "code": {"S": "failed"}}}
        self.items[key] = {
            "id": {"S": key},
            "status": {"S": "waiting"},
            "version": {"N": str(2 * attempts)},
            "number": {"N": str(attempts)},
            "round": {"N": "1"},
            "round_sent": {"N": str(round(time.time() * 1000))},
            "in_progress_expiration": {"N": "0"},
            "expiration": {"N": str(int(time.time()) + 1000)},
            "job_id": {"S": envelope["id"]},
            "attempts": {"L": [entry] * attempts},
        }

    def _begin(self, call: str) -> None:
        self.calls.append(call)
        if call in self.fail and len(self.calls) >= self.fail_from:
            raise self.fail[call]


@dataclass
class FakeSes:
    """Keeps the mails it was given, or refuses them.

    Attributes:
        suppressed: Addresses on the account's list.
        error: Raised instead of taking a mail.
        busy: Raised instead of looking into the list.
    """

    mails: list[Item] = field(default_factory=list)
    suppressed: set[str] = field(default_factory=set)
    error: Exception | None = None
    busy: Exception | None = None

    def get_suppressed_destination(self, **request: Any) -> Item:
        """Tell what is known of an address on the list."""
        if self.busy:
            raise self.busy
        if request["EmailAddress"] not in self.suppressed:
            raise refusal(code="NotFoundException")
        return {"SuppressedDestination": {"Reason": "BOUNCE"}}

    def send_email(self, **request: Any) -> Item:
        """Take a mail."""
        if self.error:
            raise self.error
        self.mails.append(request)
        return {"MessageId": f"mail-{len(self.mails)}"}


class FakeS3:
    """The simulator's S3 as a client, at the machine's own time."""

    def __init__(self) -> None:
        """Begin with no objects."""
        loop = Loop()
        loop.now = round(time.time() * 1000)
        self.model = S3(Effects(loop, Trace(loop.now)))

    def put_object(self, **request: Any) -> Item:
        """Write an object."""
        return self.call("PutObject", request)

    def get_object(self, **request: Any) -> Item:
        """Read an object."""
        return self.call("GetObject", request)

    def head_object(self, **request: Any) -> Item:
        """Read what is said of an object."""
        return self.call("HeadObject", request)

    def delete_object(self, **request: Any) -> Item:
        """Delete an object."""
        return self.call("DeleteObject", request)

    def list_objects_v2(self, **request: Any) -> Item:
        """List a thousand objects at most."""
        return self.call("ListObjectsV2", request)

    def get_paginator(self, operation: str) -> "FakePages":
        """Return what lists all of them."""
        assert operation == "list_objects_v2"
        return FakePages(self)

    def call(self, operation: str, request: Item) -> Item:
        """Carry out one operation."""
        try:
            return self.model.call(operation, request, Caller("handler"))
        except RefusedError as refused:
            raise refusal(refused.code, operation) from None


@dataclass
class FakePages:
    """Lists all objects, page by page."""

    client: FakeS3

    def paginate(self, **request: Any) -> Iterator[Item]:
        """Yield each page."""
        page = self.client.list_objects_v2(**request)
        yield page
        while page["IsTruncated"]:
            token = page["NextContinuationToken"]
            page = self.client.list_objects_v2(**request, ContinuationToken=token)
            yield page
