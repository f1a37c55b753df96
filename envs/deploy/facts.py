"""What a removal depends on, asked of AWS: what waits in queues, and what is scheduled for them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from envs.deploy.removal import LOOKS, Known

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType

APART = 60.0
"""Seconds between two looks: SQS's counts agree about a minute after the last message."""

_STATES: tuple[QueueAttributeNameType, ...] = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)
_NO_QUEUE = frozenset({"AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"})
_NO_GROUP = "ResourceNotFoundException"


@dataclass(frozen=True, slots=True)
class Facts:
    """Looks at one environment.

    Attributes:
        sqs: Its queues.
        scheduler: Its schedules.
        group: Name of the group that one-time schedules are in.
        wait: Waits between two looks.
    """

    sqs: SQSClient
    scheduler: EventBridgeSchedulerClient
    group: str
    wait: Callable[[float], None] = time.sleep

    def known(self, jobs: Collection[str]) -> dict[str, Known]:
        """Return what there is to see of some jobs; it takes `APART` seconds if there are any.

        Args:
            jobs: The names of their queues.
        """
        if not jobs:
            return {}
        looks: dict[str, list[int]] = {job: [] for job in jobs}
        for number in range(LOOKS):
            if number:
                self.wait(APART)
            for job, seen in looks.items():
                seen.append(self._messages(job) + self._messages(f"{job}-dlq"))
        schedules = list(self._schedules())
        return {
            job: Known(tuple(seen), _naming(schedules, {job, f"{job}-dlq"}))
            for job, seen in looks.items()
        }

    def _messages(self, queue: str) -> int:
        """Return how many messages a queue holds, whatever their state; 0 if there is none."""
        try:
            url = self.sqs.get_queue_url(QueueName=queue)["QueueUrl"]
            answer = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=_STATES)
        except ClientError as error:
            if error.response["Error"]["Code"] in _NO_QUEUE:
                return 0
            raise
        return sum(int(answer["Attributes"][state]) for state in _STATES)

    def _schedules(self) -> Iterator[tuple[str, str]]:
        """Yield name and target of every one-time schedule."""
        pages = self.scheduler.get_paginator("list_schedules").paginate(GroupName=self.group)
        try:
            for page in pages:
                for found in page["Schedules"]:
                    yield found["Name"], found["Target"]["Arn"]
        except ClientError as error:
            if error.response["Error"]["Code"] != _NO_GROUP:
                raise


def _naming(schedules: Collection[tuple[str, str]], queues: Collection[str]) -> tuple[str, ...]:
    """Return the schedules whose target is one of some queues, sorted."""
    return tuple(sorted(name for name, arn in schedules if arn.rpartition(":")[2] in queues))
