"""The part of CloudWatch that the emulator lacks: alarms on queue metrics.

The emulator emits no AWS/SQS metrics and ignores the dimensions of an alarm. Here the real alarm
definitions are read, the queue each one names is asked, and the alarm is set, all by public calls;
the emulator then notifies on-call through SNS as AWS would.

One look is one data point whatever the alarm's period, so that nobody waits for minutes.
"""

from __future__ import annotations

import operator
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_cloudwatch.literals import StateValueType
    from mypy_boto3_cloudwatch.type_defs import MetricAlarmTypeDef
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType

# Metric -> queue attribute. The age of the oldest message has no attribute, so an alarm on it
# stays as it is.
_ATTRIBUTES: dict[str, QueueAttributeNameType] = {
    "ApproximateNumberOfMessagesVisible": "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible": "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed": "ApproximateNumberOfMessagesDelayed",
}

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}


@dataclass
class Evaluator:
    """Evaluates every alarm on a queue metric; keeps the latest data points of each."""

    cloudwatch: CloudWatchClient
    sqs: SQSClient
    _points: dict[str, deque[bool]] = field(default_factory=dict)

    def evaluate(self) -> dict[str, StateValueType]:
        """Look at every queue once and set the alarms that change; return those."""
        changes: dict[str, StateValueType] = {}
        for alarm in self._alarms():
            value = self._value(alarm)
            if value is None:
                continue
            name, state = alarm["AlarmName"], self._judge(alarm, value)
            if state != alarm["StateValue"]:
                reason = f"{alarm['MetricName']} is {value:g}; threshold {alarm['Threshold']:g}"
                self.cloudwatch.set_alarm_state(
                    AlarmName=name, StateValue=state, StateReason=reason
                )
                changes[name] = state
        return changes

    def _alarms(self) -> Iterator[MetricAlarmTypeDef]:
        for page in self.cloudwatch.get_paginator("describe_alarms").paginate():
            yield from (
                alarm
                for alarm in page["MetricAlarms"]
                if alarm.get("Namespace") == "AWS/SQS"
                and alarm.get("ComparisonOperator") in _COMPARISONS
            )

    def _value(self, alarm: MetricAlarmTypeDef) -> float | None:
        """Return the metric's data point, or None where there is none to be had."""
        dimensions = {pair["Name"]: pair["Value"] for pair in alarm["Dimensions"]}
        attribute = _ATTRIBUTES.get(alarm["MetricName"])
        if attribute is None or dimensions.keys() != {"QueueName"}:
            return None
        if alarm.get("Statistic") == "SampleCount":
            return 1.0
        try:
            url = self.sqs.get_queue_url(QueueName=dimensions["QueueName"])["QueueUrl"]
            answer = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[attribute])
        except ClientError:  # the queue is gone, or not made yet
            return None
        return float(answer["Attributes"][attribute])

    def _judge(self, alarm: MetricAlarmTypeDef, value: float) -> StateValueType:
        """Return the state after one more point: ALARM when M of the last N points breach."""
        periods = alarm["EvaluationPeriods"]
        points = self._points.setdefault(alarm["AlarmName"], deque(maxlen=periods))
        points.append(_COMPARISONS[alarm["ComparisonOperator"]](value, alarm["Threshold"]))
        needed = alarm.get("DatapointsToAlarm") or periods
        return "ALARM" if sum(points) >= needed else "OK"
