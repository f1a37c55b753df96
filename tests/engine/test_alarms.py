"""The evaluator reads the real alarm definitions and does what CloudWatch would."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError

from envs.local.engine.alarms import Evaluator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_sqs import SQSClient

Alarm = dict[str, Any]


def _alarm(name: str = "a", queue: str = "a-dlq", **changes: Any) -> Alarm:  # noqa: ANN401
    return {
        "AlarmName": name,
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateNumberOfMessagesVisible",
        "Dimensions": [{"Name": "QueueName", "Value": queue}],
        "Statistic": "Maximum",
        "EvaluationPeriods": 1,
        "DatapointsToAlarm": 1,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Threshold": 1.0,
        "StateValue": "OK",
        **changes,
    }


@dataclass
class FakeCloudWatch:
    """Alarms in memory, told in two pages."""

    alarms: list[Alarm]

    def get_paginator(self, _name: str) -> FakeCloudWatch:
        """Every listing is this one."""
        return self

    def paginate(self) -> Iterator[dict[str, list[Alarm]]]:
        """Two pages, so that reading one only shows."""
        yield {"MetricAlarms": self.alarms[:1]}
        yield {"MetricAlarms": self.alarms[1:]}

    def set_alarm_state(self, **call: str) -> None:
        """As CloudWatch does."""
        alarm = next(alarm for alarm in self.alarms if alarm["AlarmName"] == call["AlarmName"])
        alarm["StateValue"] = call["StateValue"]


@dataclass
class FakeQueues:
    """Queue name -> number of visible messages."""

    visible: dict[str, int] = field(default_factory=dict)

    def get_queue_url(self, **call: str) -> dict[str, str]:
        """The name is the address."""
        if call["QueueName"] not in self.visible:
            raise ClientError({"Error": {"Code": "NonExistent", "Message": "no"}}, "GetQueueUrl")
        return {"QueueUrl": call["QueueName"]}

    def get_queue_attributes(self, **call: Any) -> dict[str, dict[str, str]]:  # noqa: ANN401
        """Every attribute is the number of messages."""
        number = str(self.visible[call["QueueUrl"]])
        return {"Attributes": dict.fromkeys(call["AttributeNames"], number)}


def _evaluator(queues: FakeQueues, *alarms: Alarm) -> Evaluator:
    cloudwatch = FakeCloudWatch(list(alarms))
    return Evaluator(cast("CloudWatchClient", cloudwatch), cast("SQSClient", queues))


def test_only_the_alarm_of_the_named_queue_rings() -> None:
    """The dimension decides: a dead letter of one job is no alarm for another."""
    queues = FakeQueues({"a-dlq": 1, "b-dlq": 0})
    evaluator = _evaluator(queues, _alarm("a", "a-dlq"), _alarm("b", "b-dlq"))

    assert evaluator.evaluate() == {"a": "ALARM"}


def test_an_alarm_is_set_once_for_each_change() -> None:
    """On-call is told when a state changes, not at every look."""
    queues = FakeQueues({"a-dlq": 1})
    evaluator = _evaluator(queues, _alarm())

    assert evaluator.evaluate() == {"a": "ALARM"}
    assert evaluator.evaluate() == {}
    queues.visible["a-dlq"] = 0
    assert evaluator.evaluate() == {"a": "OK"}


def test_the_threshold_is_the_definitions_own() -> None:
    """Three dead letters are none too many for an alarm at four."""
    queues = FakeQueues({"a-dlq": 3})
    evaluator = _evaluator(queues, _alarm(Threshold=4.0))

    assert evaluator.evaluate() == {}
    queues.visible["a-dlq"] = 4
    assert evaluator.evaluate() == {"a": "ALARM"}


def test_as_many_points_must_breach_as_the_definition_says() -> None:
    """Two of the last three looks make this alarm ring, one does not."""
    queues = FakeQueues({"a-dlq": 1})
    evaluator = _evaluator(queues, _alarm(EvaluationPeriods=3, DatapointsToAlarm=2))

    assert evaluator.evaluate() == {}
    queues.visible["a-dlq"] = 0
    assert evaluator.evaluate() == {}
    queues.visible["a-dlq"] = 1
    assert evaluator.evaluate() == {"a": "ALARM"}


@pytest.mark.parametrize(
    "changes",
    [
        {"Namespace": "AWS/Lambda"},
        {"MetricName": "ApproximateAgeOfOldestMessage"},
        {"Dimensions": []},
        {"ComparisonOperator": "GreaterThanUpperThreshold"},
        {"Dimensions": [{"Name": "QueueName", "Value": "gone"}]},
    ],
)
def test_what_cannot_be_measured_is_left_as_it_is(changes: dict[str, Any]) -> None:
    """No guess: what has another namespace, no attribute or no queue stays untouched."""
    evaluator = _evaluator(FakeQueues({"a-dlq": 9}), _alarm(**changes))

    assert evaluator.evaluate() == {}


def test_the_statistic_counts() -> None:
    """A count of samples is one a look, whatever the queue holds."""
    queues = FakeQueues({"a-dlq": 50})
    evaluator = _evaluator(queues, _alarm(Statistic="SampleCount", Threshold=2.0))

    assert evaluator.evaluate() == {}
