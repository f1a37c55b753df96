"""The simulated record table behaves as DynamoDB."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from clarivum_jobs.testing.aws.dynamodb import Index
from clarivum_jobs.testing.aws.expressions import Scope, condition
from clarivum_jobs.testing.aws.updates import update
from clarivum_jobs.testing.deployment import TABLE
from tests.simulator.aws import dynamodb, sqs
from tests.simulator.parity.probe import JOB, URL, probe

ITEM: Any = {
    "id": {"S": "probe#1"},
    "n": {"N": "5"},
    "word": {"S": "abc"},
    "list": {"L": [{"N": "1"}, {"N": "2"}]},
}
HOLDS = [
    "n = :five", "n <> :six", "n < :six", "NOT n > :five AND n >= :five",
    "n BETWEEN :five AND :six",
    "attribute_exists(n)", "attribute_not_exists(other)", "begins_with(word, :ab)",
    "size(list) < :five", "size(word) < :five",
    "contains(#w, :ab)", "other = :five OR (n = :five AND word <> :ab)", "n <> :ab",
]  # fmt: skip
FAILS = [
    "n > :five", "other = :five", "n = :ab", "attribute_exists(other)", "NOT n = :five",
    "size(other) < :five",
]  # fmt: skip
VALUES: Any = {":five": {"N": "5.0"}, ":six": {"N": "6"}, ":ab": {"S": "ab"}}


@pytest.mark.parametrize(
    ("text", "expected"), [*((t, True) for t in HOLDS), *((t, False) for t in FAILS)]
)
def test_conditions_are_read_as_dynamodb_reads_them(text: str, expected: bool) -> None:  # noqa: FBT001
    """Numbers compare as numbers; what is missing, or of another type, never matches."""
    assert condition(text)(Scope(ITEM, {"#w": "word"}, VALUES)) is expected


def test_updates_read_the_item_as_it_was() -> None:
    """Every value of an update comes from before it; counters may start from nothing."""
    item = dict(ITEM)
    text = "SET a = n + :six, b = if_not_exists(n, :six), #w = :ab REMOVE id ADD c :six, n :six"
    update(text)(Scope(ITEM, {"#w": "word"}, VALUES), item)

    assert item == {
        "list": ITEM["list"],
        "a": {"N": "11"}, "b": {"N": "5"}, "word": {"S": "ab"}, "c": {"N": "6"}, "n": {"N": "11"},
    }  # fmt: skip


def test_failed_condition_tells_the_item_only_when_asked() -> None:
    """A refused write returns the item that stood in its way with ALL_OLD, and changes nothing."""
    write: Any = {
        "TableName": TABLE,
        "Item": ITEM,
        "ConditionExpression": "attribute_not_exists(id)",
    }
    with probe() as world:
        dynamodb().put_item(**write)
        told: bool
        extra: Any
        for extra, told in (
            ({}, False),
            ({"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}, True),
        ):
            with pytest.raises(dynamodb().exceptions.ConditionalCheckFailedException) as caught:
                dynamodb().put_item(**write, **extra)
            assert (caught.value.response.get("Item") == ITEM) is told
        assert world.table.items == {"probe#1": ITEM}


def test_item_has_at_most_400_kb_whatever_wrote_it() -> None:
    """A put and an update are both refused when the item would become too large."""
    key: Any = {"id": ITEM["id"]}
    for size, fits in ((409_500, True), (409_600, False)):
        value: Any = {"S": "é" * (size // 2)}
        with probe():
            for name, write in (
                ("put_item", {"Item": {**key, "a": value}}),
                (
                    "update_item",
                    {
                        "Key": key,
                        "UpdateExpression": "SET a = :a",
                        "ExpressionAttributeValues": {":a": value},
                    },
                ),
            ):
                refused = pytest.raises(ClientError, match="size has exceeded")
                with contextlib.nullcontext() if fits else refused:
                    getattr(dynamodb(), name)(TableName=TABLE, **write)


def test_expired_items_stay_for_a_while() -> None:
    """An expired item is still read until it is swept, at most two days later."""
    with probe() as world:
        item = {**ITEM, "expiration": {"N": str(int(time.time()) + 60)}}
        dynamodb().put_item(TableName=TABLE, Item=item)
        key: Any = {"id": ITEM["id"]}
        world.run(61)
        late = "Item" in dynamodb().get_item(TableName=TABLE, Key=key)
        world.run(3 * 86_400)

        assert (late, "Item" in dynamodb().get_item(TableName=TABLE, Key=key)) == (True, False)


def test_index_answers_in_order_and_only_with_what_it_holds() -> None:
    """A query of an index leaves out items without its attributes and sorts by its range key."""
    with probe() as world:
        world.table.indices = {"state": Index("status", "time")}
        for number, when in ((1, "b"), (2, "a"), (3, None)):
            item = {"id": {"S": f"probe#{number}"}, "status": {"S": "done"}}
            dynamodb().put_item(
                TableName=TABLE, Item={**item, **({"time": {"S": when}} if when else {})}
            )
        found = dynamodb().query(
            TableName=TABLE,
            IndexName="state",
            KeyConditionExpression="#s = :done",
            ExpressionAttributeNames={"#s": "status"},
            ExpressionAttributeValues={":done": {"S": "done"}},
        )["Items"]

    assert [item["id"]["S"] for item in found] == ["probe#2", "probe#1"]


def test_index_gives_only_what_it_projects() -> None:
    """A query of an index answers with its keys, the table's key and what it projects."""
    with probe() as world:
        world.table.indices = {"state": Index("word", "", ("n",))}
        dynamodb().put_item(TableName=TABLE, Item=ITEM)
        (found,) = dynamodb().query(
            TableName=TABLE,
            IndexName="state",
            KeyConditionExpression="word = :word",
            ExpressionAttributeValues={":word": {"S": "abc"}},
        )["Items"]

    assert found == {name: ITEM[name] for name in ("id", "word", "n")}


@pytest.mark.parametrize(
    ("names", "values"),
    [
        ({"#w": "word", "#n": "n"}, {":ab": {"S": "ab"}}),
        ({}, {":ab": {"S": "ab"}}),
        ({"#w": "word"}, {":ab": {"S": "ab"}, ":six": {"N": "6"}}),
        ({"#w": "word"}, {":six": {"N": "6"}}),
    ],
)
def test_placeholders_are_those_of_the_expressions(names: Any, values: Any) -> None:  # noqa: ANN401
    """One that no expression uses is refused, and so is one that nobody gives."""
    with probe(), pytest.raises(ClientError, match="ValidationException"):
        dynamodb().update_item(
            TableName=TABLE,
            Key={"id": ITEM["id"]},
            UpdateExpression="SET #w = :ab",
            ExpressionAttributeNames=names or {"#x": "x"},
            ExpressionAttributeValues=values,
        )


def test_worker_touches_only_its_own_keys() -> None:
    """A role's LeadingKeys condition refuses the key of another job."""
    problems: list[str] = []

    def answer(_event: object, _context: object) -> None:
        try:
            dynamodb().get_item(TableName=TABLE, Key={"id": {"S": "other#1"}})
        except ClientError as error:
            problems.append(error.response["Error"]["Code"])

    with probe(answer) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

    assert problems == ["AccessDeniedException"], JOB
