"""Small stand-ins for AWS that keep what they were told and fail when asked to."""

# ruff: noqa: ANN401 - what boto3 takes and gives are maps of anything

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError, EndpointConnectionError

Item = dict[str, Any]


def refusal(code: str, operation: str = "Call") -> ClientError:
    """Return what a client raises when AWS says no."""
    return ClientError({"Error": {"Code": code, "Message": f"{code} happened"}}, operation)


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
    """Keeps the mails it was given, or refuses them."""

    mails: list[Item] = field(default_factory=list)
    error: Exception | None = None

    def send_email(self, **request: Any) -> Item:
        """Take a mail."""
        if self.error:
            raise self.error
        self.mails.append(request)
        return {"MessageId": f"mail-{len(self.mails)}"}


@dataclass
class FakeS3:
    """Keeps objects in the order they were written."""

    objects: dict[str, Item] = field(default_factory=dict)

    def put_object(self, **request: Any) -> None:
        """Write an object."""
        self.objects.pop(request["Key"], None)
        self.objects[request["Key"]] = request
