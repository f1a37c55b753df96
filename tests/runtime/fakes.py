"""Small stand-ins for AWS that keep what they were told and fail when asked to."""

# ruff: noqa: ANN401 - what boto3 takes and gives are maps of anything

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError, EndpointConnectionError

from clarivum_jobs.testing.aws.s3 import S3
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
        batch_faults: What to answer for an entry of a batch, by its body's place in `sent`-order;
            consumed one call at a time.
        fail: Error to raise, by operation.
    """

    sent: list[Item] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    visibility: list[Item] = field(default_factory=list)
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
    """A table that honours the one condition that claims a record.

    Attributes:
        items: Each item by its key.
        fail: Error to raise, by operation.
        writes: Names of the writes in order, for tests of what comes first.
        accounts: The account of each job, by its key.
        earlier: How many attempts at a message to pretend, by its id.
    """

    items: dict[str, Item] = field(default_factory=dict)
    fail: dict[str, Exception] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    accounts: dict[str, Item] = field(default_factory=dict)
    earlier: dict[str, int] = field(default_factory=dict)

    def put_item(self, **request: Any) -> None:
        """Claim a record, unless somebody holds it."""
        self._begin("put_item")
        key = request["Item"]["id"]["S"]
        condition = request["ConditionExpression"]
        assert "attribute_not_exists(#id)" in condition
        held = self.items.get(key)
        if held is not None and not self._free(held, condition):
            error = refusal("ConditionalCheckFailedException", "PutItem")
            error.response["Item"] = held  # type: ignore[typeddict-unknown-key]
            raise error
        self.items[key] = request["Item"]

    def get_item(self, **request: Any) -> Item:
        """Read a record."""
        self._begin("get_item")
        item = self.accounts.get(request["Key"]["id"]["S"])
        return {"Item": item} if item else {}

    def update_item(self, **request: Any) -> Item:
        """Complete a record, or write into an account."""
        if "#run#" in request["Key"]["id"]["S"]:
            return self._account(request)
        self._begin("update_item")
        values = request["ExpressionAttributeValues"]
        item = self.items.setdefault(request["Key"]["id"]["S"], dict(request["Key"]))
        item["status"], item["expiration"] = values[":status"], values[":expiry"]
        item["data"] = values[":response_data"]
        return {}

    def delete_item(self, **request: Any) -> None:
        """Give up a claim."""
        self._begin("delete_item")
        self.items.pop(request["Key"]["id"]["S"], None)

    def _account(self, request: Item) -> Item:
        """Write into an account; attempts that are only pretended have ended."""
        if "account" in self.fail:
            raise self.fail["account"]
        values = request["ExpressionAttributeValues"]
        account = self.accounts.setdefault(request["Key"]["id"]["S"], dict(request["Key"]))
        account["job_status"] = values[":status"]
        if ":one" in values:
            (entry,) = values[":one"]["L"]
            past = {"M": {**entry["M"], "ended": entry["M"]["started"], "code": {"S": "failed"}}}
            count = self.earlier.get(entry["M"]["message"]["S"], 0)
            account["attempts"] = {"L": [*([past] * count), entry]}
        elif ":attempts" in values:
            account["attempts"] = values[":attempts"]
        return {"Attributes": account}

    def _free(self, held: Item, condition: str) -> bool:
        now = time.time()
        expired = "#expiry < :now" in condition and int(held["expiration"]["N"]) < int(now)
        end = held.get("in_progress_expiration", {}).get("N")
        over = (
            "#in_progress_expiry < :now_in_millis" in condition
            and held["status"]["S"] == "INPROGRESS"
            and end is not None
            and int(end) < now * 1000
        )
        return expired or over

    def _begin(self, call: str) -> None:
        if call in self.fail:
            raise self.fail[call]
        self.writes.append(call)


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
