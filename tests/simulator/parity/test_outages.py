"""A service that is away for a time is away for everybody, and then works as before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from clarivum_jobs.testing import Faults, Outage
from clarivum_jobs.testing.aws.secrets import ARN
from clarivum_jobs.testing.deployment import TABLE
from tests.simulator.aws import dynamodb, scheduler, secrets, sqs
from tests.simulator.parity.probe import URL, probe

if TYPE_CHECKING:
    from collections.abc import Callable

ASKS: dict[str, Callable[[], Any]] = {
    "dynamodb": lambda: dynamodb().get_item(TableName=TABLE, Key={"id": {"S": "probe#1"}}),
    "sqs": lambda: sqs().get_queue_attributes(QueueUrl=URL),
    "scheduler": lambda: scheduler().list_schedules(),
    "secretsmanager": lambda: secrets().get_secret_value(SecretId=f"{ARN}key"),
}


def _code(ask: Callable[[], Any]) -> str:
    try:
        ask()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return ""


@pytest.mark.parametrize("service", ASKS)
def test_one_service_may_be_away_for_a_time(service: str) -> None:
    """Its every call fails until the outage is over; other services answer."""
    with probe(secrets=("key",), faults=Faults(outages=(Outage(service, seconds=3600),))) as world:
        during = {name: _code(ask) for name, ask in ASKS.items()}
        world.run(3600)
        after = {name: _code(ask) for name, ask in ASKS.items()}

    assert {name for name, code in during.items() if code} == {service}
    assert set(after.values()) == {""}


def test_service_may_throttle_for_a_time() -> None:
    """Throttling refuses a share of the requests, with the code that a client waits after."""
    throttles = Outage("dynamodb", code="ThrottlingException", share=0.9)
    with probe(faults=Faults(outages=(throttles,))):
        codes = [_code(ASKS["dynamodb"]) for _ in range(40)]

    assert set(codes) == {"", "ThrottlingException"}


def test_mapping_takes_nothing_while_queues_are_away() -> None:
    """Messages wait in the queue, and are delivered when the outage is over."""
    with probe() as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        begin = world.loop.now
        world.faults = Faults(outages=(Outage("sqs", seconds=600),))
        world.settle()

        assert [(run.started - begin) // 1000 for run in world.runs] == [600]
