"""What a done job costs in write units, on a table with the indices of `modules/platform`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from clarivum_jobs.testing.installation import indices
from clarivum_jobs.testing.terraform.collection import platform
from clarivum_jobs.worker import Worker
from clarivum_jobs.worker.services import Services
from tests.runtime.bench import SENDING, SETTINGS, LambdaContext, body, record
from tests.runtime.fakes import FakeSqs
from tests.runtime.samples import Sample
from tests.simulator.emulator.stage import stage

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_dynamodb import DynamoDBClient

pytestmark = pytest.mark.e2e


def _make_table(dynamodb: DynamoDBClient) -> None:
    said = indices(platform())
    names = {"id", *(key for index in said.values() for key in index.keys)}
    made: list[Any] = [
        {
            "IndexName": name,
            "KeySchema": [
                {"AttributeName": key, "KeyType": kind}
                for key, kind in zip(index.keys, ("HASH", "RANGE"), strict=False)
            ],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(index.projected)}
            if index.projected
            else {"ProjectionType": "KEYS_ONLY"},
        }
        for name, index in said.items()
    ]
    dynamodb.create_table(
        TableName=SETTINGS.table,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in sorted(names)],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        GlobalSecondaryIndexes=made,
    )


def _metered(dynamodb: DynamoDBClient, spent: list[float]) -> None:
    """Let each call say what it cost."""
    events = dynamodb.meta.events

    def ask(params: dict[str, Any], **_: object) -> None:
        params["ReturnConsumedCapacity"] = "INDEXES"

    def note(parsed: dict[str, Any], **_: object) -> None:
        spent.append(parsed["ConsumedCapacity"]["CapacityUnits"])

    events.register("before-parameter-build.dynamodb.UpdateItem", ask)
    events.register("after-call.dynamodb.UpdateItem", note)


def test_done_job_costs_four_write_units(tmp_path: Path) -> None:
    """Two calls, two units each."""
    with stage(tmp_path) as on:
        _make_table(on.dynamodb)
        spent: list[float] = []
        _metered(on.dynamodb, spent)
        done: list[Sample] = []
        services = Services.of(SETTINGS, SENDING, cast("Any", FakeSqs()), on.dynamodb)
        worker = Worker(Sample, lambda payload, _context: done.append(payload), services)
        for text in (body(), body(copy_no=2)):
            event = {"Records": [record(text)]}
            assert worker(event, cast("Any", LambdaContext())) == {"batchItemFailures": []}

    assert len(done) == 2
    assert spent == [2, 2] * 2
