"""The client's own code runs in a simulation: what it checks, repeats and gives up."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError, ReadTimeoutError
from botocore.validate import ParamValidationDecorator

from clarivum_jobs.core import clients
from clarivum_jobs.testing import Faults, Outage
from clarivum_jobs.testing.deployment import TABLE
from tests.simulator.aws import dynamodb, sqs
from tests.simulator.parity.probe import JOB, URL, probe


def _sends() -> Any:  # noqa: ANN401 - an entry point
    def answer(_event: object, _context: object) -> None:
        client = boto3.client("sqs", config=Config(retries={"mode": "standard"}))
        client.send_message(QueueUrl=f"{URL}-dlq", MessageBody="x")

    return answer


def test_client_refuses_parameters_that_its_service_does_not_take() -> None:
    """A value of the wrong type never leaves the process."""
    wrong: Any = {"S": 404}
    with probe() as world, pytest.raises(ParamValidationError):
        dynamodb().put_item(TableName=TABLE, Item={"id": {"S": "probe#1"}, "a": wrong})

    assert world.table.items == {}


def test_the_librarys_own_requests_are_checked_here_though_not_where_they_are_deployed() -> None:
    """Its clients leave out botocore's check; a wrong request is found in the simulator."""
    wrong: Any = {"S": 404}
    with probe() as world:
        client = clients.dynamodb()
        with pytest.raises(ParamValidationError):
            client.put_item(TableName=TABLE, Item={"id": {"S": "probe#1"}, "a": wrong})

        assert not isinstance(client._serializer, ParamValidationDecorator)  # type: ignore[attr-defined] # noqa: SLF001 - it is the check

    assert world.table.items == {}


def test_client_repeats_what_failed_for_a_moment() -> None:
    """A request that was carried out, and answered by an error, is sent and carried out again."""
    seen = set()
    for seed in range(12):
        with probe(_sends(), seed=seed, faults=Faults(slip=0.4)) as world:
            sqs().send_message(QueueUrl=URL, MessageBody="x")
            world.settle()
            seen.add((world.runs[0].state, len(world.dead_letters(JOB).messages)))

    assert ("ok", 1) in seen
    assert ("ok", 2) in seen


def test_client_gives_up_after_its_last_try() -> None:
    """Of a service that is away a client in standard mode asks three times, ever later."""
    away = Outage("sqs", operations=("SendMessage",), seconds=60)
    with probe(_sends(), max_attempts=1) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.faults = Faults(outages=(away,))
        world.run(60)

        assert [run.problem[:11] for run in world.runs] == ["ClientError"]
        assert world.runs[0].calls == 3


def test_silent_service_costs_the_time_limit_of_its_client() -> None:
    """A service that does not answer holds each try up for the client's read timeout."""
    with probe() as world:
        config = Config(read_timeout=7, retries={"total_max_attempts": 2})
        client = boto3.client("sqs", config=config)
        world.faults = Faults(outages=(Outage("sqs", silent=True),))
        begin = world.loop.now
        with pytest.raises(ReadTimeoutError):
            client.get_queue_attributes(QueueUrl=URL)

        assert world.loop.now - begin >= 14_000


def test_error_of_a_service_is_the_one_its_client_knows() -> None:
    """A refusal arrives as the class that the client's model has for it."""
    with probe(), pytest.raises(sqs().exceptions.QueueDoesNotExist) as caught:
        sqs().get_queue_attributes(QueueUrl=f"{URL}-nowhere")

    assert isinstance(caught.value, ClientError)
    assert caught.value.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue"
