"""The alarms that a job has in an environment, how soon each rings, and what they cost.

The alarms module makes them; a test compares.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from generator.manifest.resolved import Worker
from generator.manifest.types import SECONDS
from generator.watch.watch import watch_of

MINUTE = SECONDS["m"]

PERIOD = 5 * MINUTE
"""Seconds over which errors and throttles are added up."""

LATENCY = 2 * MINUTE
"""SQS and Lambda report once a minute, and an alarm looks once a minute."""

WAKING = 15 * MINUTE
"""Longest that a queue's metrics may take to come when it was not used for six hours."""

PRICE = 0.10
"""USD a month for each metric that an alarm looks at, in us-east-1 and eu-west-1 alike."""

QUIET = ("dead-letters", "oldest-message", "errors", "missed")
"""What loses or stops work."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One alarm.

    Attributes:
        name: What stands behind the job's name in the alarm's.
        metrics: How many metrics it looks at, which is what AWS bills.
    """

    name: str
    metrics: int


LEVELS = ("off", "quiet", "full")


def alarm_level(workers: Iterable[Worker]) -> str:
    """Return the level of an environment's own alarms: the highest of its jobs."""
    return max((worker.alarms.level for worker in workers), key=LEVELS.index, default="off")


def shared_alarms(level: str) -> tuple[Kind, ...]:
    """Return the alarms that an environment has once, for both of its groups of schedules."""
    groups = ("schedules", "delayed")
    lost = tuple(Kind(f"{group}.dropped", 2) for group in groups)
    failing = tuple(Kind(f"{group}.failing", 1) for group in groups)
    return {"off": (), "quiet": lost, "full": (*lost, *failing)}[level]


def alarms_of(worker: Worker) -> tuple[Kind, ...]:
    """Return the alarms of a job in its environment, in the order of their chapters."""
    every = [
        Kind("dead-letters", 1),
        Kind("growing", 2),
        Kind("oldest-message", 1),
        Kind("stalled", 2),
        Kind("errors", 1),
        Kind("throttles", 1),
        Kind("failing", 2),
        Kind("slow", 1),
    ]
    if worker.schedules:
        every.append(Kind("undelivered", 1))
    if worker.job.enqueues:
        every.append(Kind("recursion", 1))
    every += [Kind(f"missed.{s.name}", 1) for s in worker.schedules if watch_of(s)]
    level = worker.alarms.level
    return tuple(
        kind
        for kind in every
        if level == "full" or (level == "quiet" and kind.name.partition(".")[0] in QUIET)
    )


def stalled_minutes(worker: Worker) -> int:
    """Return how long messages wait without a receive until it is a stall.

    Workers that are all busy take none for as long as one invocation may last.
    """
    return max(10, math.ceil(worker.timeout / MINUTE) + 5)
