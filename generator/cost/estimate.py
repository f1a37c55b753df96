"""What a job costs in USD, part by part, and what an environment costs."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from generator.alarm_kinds import alarm_level, alarms_of, shared_alarms
from generator.cost.prices import Prices
from generator.cost.usage import MONTH, Usage, full_batch, monthly, worst_day
from generator.manifest.layers import BUILT_IN
from generator.manifest.resolved import Worker

POLLERS = 5
"""Pollers that Lambda keeps at a queue whose concurrency is limited, without any message in it."""

_POLL_SECONDS = 20
_CHUNK = 65_536
"""Bytes that SQS bills as one request."""

_BATCHED_DELETES = 10
_MB_A_GB = 1024

DONE_UNITS = 4
"""Write units of a piece of work that is done at its first attempt, as measured: docs/adr/0041."""

FAILED_UNITS = 4
"""Write units of an attempt that failed: two for the item, and at most two for the index."""

PLATFORM_LOG_BYTES = 400
"""What Lambda itself logs of an invocation."""

OWN_LOG_BYTES = 1_000
"""What the worker and a handler that says little log of an attempt."""

OWN_METRICS = 4
"""Metrics that a job counts once it works: processed, failed, duration, dead letters."""


@dataclass(frozen=True, slots=True)
class Cost:
    """USD for a time, by what they are paid for.

    Attributes:
        lambda_: Invocations and memory.
        sqs: Requests with a message in them.
        polling: Requests that find nothing.
        dynamodb: Writes.
        logs: What is put into the log.
        scheduler: Runs of schedules.
        metrics: Metrics of one's own.
        alarms: Metrics that alarms look at.
    """

    lambda_: float = 0.0
    sqs: float = 0.0
    polling: float = 0.0
    dynamodb: float = 0.0
    logs: float = 0.0
    scheduler: float = 0.0
    metrics: float = 0.0
    alarms: float = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        parts: Iterator[float] = (getattr(self, field.name) for field in fields(self))
        return sum(parts)

    @property
    def idle(self) -> float:
        """What is paid without a single message: polling and alarms."""
        return self.polling + self.alarms


def month(worker: Worker, prices: Prices) -> Cost:
    """Return what a job costs a month."""
    usage = monthly(worker)
    own = OWN_METRICS + sum(schedule.enabled for schedule in worker.schedules)
    work = _work(worker, usage, prices)
    return Cost(
        **work,
        polling=POLLERS * MONTH / _POLL_SECONDS * prices.sqs_request,
        metrics=own * prices.own_metric if usage.messages else 0.0,
        alarms=sum(kind.metrics for kind in alarms_of(worker)) * prices.alarm_metric,
    )


def day(worker: Worker, prices: Prices) -> Cost:
    """Return what the work of the worst day costs, beside what every day costs."""
    return Cost(**_work(worker, worst_day(worker), prices))


def shared(workers: Iterable[Worker], prices: Prices) -> float:
    """Return what an environment costs a month beside its jobs: secrets, and alarms of its own."""
    workers = tuple(workers)
    secrets = {secret for worker in workers for secret in worker.job.secrets}
    kinds = shared_alarms(alarm_level(workers))
    own = sum(kind.metrics for kind in kinds) * prices.alarm_metric
    return len(secrets) * prices.secret + own


def environment(workers: Iterable[Worker], prices: Prices) -> float:
    """Return what all of an environment costs a month."""
    workers = tuple(workers)
    return shared(workers, prices) + sum(month(worker, prices).total for worker in workers)


def idle(workers: Iterable[Worker], prices: Prices) -> float:
    """Return what an environment costs a month without a single message."""
    workers = tuple(workers)
    return shared(workers, prices) + sum(month(worker, prices).idle for worker in workers)


def _work(worker: Worker, usage: Usage, prices: Prices) -> dict[str, float]:
    """Return what follows from the messages alone."""
    invocations = usage.attempts / full_batch(worker)
    chunks = math.ceil(worker.expected.payload_bytes / _CHUNK)
    received = usage.attempts * max(1 / full_batch(worker), worker.expected.payload_bytes / _CHUNK)
    failed = max(0.0, usage.attempts - usage.messages)
    deleted = usage.messages / min(full_batch(worker), _BATCHED_DELETES)
    requests = usage.messages * chunks + received + deleted + failed
    seconds = usage.attempts * usage.seconds / _MB_A_GB
    gb_seconds = seconds * worker.memory_size
    disk_seconds = seconds * (worker.ephemeral_storage - BUILT_IN["ephemeral_storage"])
    logged = invocations * PLATFORM_LOG_BYTES + usage.attempts * OWN_LOG_BYTES
    return {
        "lambda_": invocations * prices.lambda_request
        + gb_seconds * prices.lambda_gb_second[worker.architecture]
        + disk_seconds * prices.disk_gb_second,
        "sqs": requests * prices.sqs_request,
        "dynamodb": (usage.messages * DONE_UNITS + failed * FAILED_UNITS) * prices.write_unit,
        "logs": logged / 1e9 * prices.log_gb,
        "scheduler": usage.fires * prices.schedule_run,
    }
