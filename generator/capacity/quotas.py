"""What AWS lets one job do in a second, and what the manifest lets it do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.cost.estimate import DONE_UNITS, FAILED_UNITS
from generator.manifest.resolved import Worker
from generator.rules.limits import IN_FLIGHT

AS_OF = "2026-11-28"
"""When the quotas below were looked up."""

MAPPING_CONCURRENCY = 1000
"""Most messages in work for one queue (Lambda developer guide, scaling of SQS mappings)."""

TABLE_UNITS = 40_000
"""Write units a second of a table on demand unless raised (DynamoDB quotas)."""

PARTITION_UNITS = 1000
"""Write units a second of one partition of a table or index (DynamoDB developer guide)."""

BEGUN_AT_ONCE, BEGUN_A_MINUTE = 5, 300
"""Concurrency that a mapping begins with, and gains each minute (Lambda developer guide)."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one message asks for.

    Attributes:
        seconds: Seconds that one attempt takes.
        attempts: Attempts that a message takes on average.
        pause: Seconds between two attempts, on average.
    """

    seconds: float
    attempts: float
    pause: float

    @property
    def worker_seconds(self) -> float:
        """Seconds of a worker that it takes, pauses apart."""
        return self.seconds * self.attempts


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that bounds the rate.

    Attributes:
        name: What it is.
        rate: Messages a second at which it is met.
        remedy: What can be done then.
    """

    name: str
    rate: float
    remedy: str


def limits(worker: Worker, work: Work, account: int) -> list[Limit]:
    """Return every limit of a job, the one that is met first at the front."""
    found = (Limit(name, rate(worker, work), remedy) for name, rate, remedy in _LIMITS)
    of_account = Limit(
        f"the account's {account:,} concurrent executions",
        account / work.worker_seconds,
        "ask AWS for more concurrency, and say so under `account`",
    )
    return sorted([*found, of_account], key=lambda limit: limit.rate)


def begins_within(workers: int) -> float:
    """Return the seconds until so many messages are worked on at a time, from an idle queue."""
    return max(0, workers - BEGUN_AT_ONCE) / BEGUN_A_MINUTE * 60


def reached(found: list[Limit], rate: float) -> Iterator[Limit]:
    """Yield the limits that a rate meets, in the order in which a growing rate meets them."""
    return (limit for limit in found if limit.rate < rate)


def _units(work: Work) -> float:
    return DONE_UNITS + FAILED_UNITS * (work.attempts - 1)


def _in_flight(work: Work) -> float:
    """Return the seconds that a message is hidden, worked on or paused."""
    return work.worker_seconds + work.pause * (work.attempts - 1)


_LIMITS: tuple[tuple[str, Callable[[Worker, Work], float], str], ...] = (
    (
        "the job's own `concurrency`",
        lambda worker, work: worker.concurrency / work.worker_seconds,
        "raise `concurrency` in jobs.yaml, as far as what the handler calls can bear",
    ),
    (
        f"the {MAPPING_CONCURRENCY:,} messages that Lambda works on for one queue",
        lambda _, work: MAPPING_CONCURRENCY / work.worker_seconds,
        "do less in a message, or let each message stand for more work",
    ),
    (
        f"the {IN_FLIGHT:,} messages that a queue has in flight",
        lambda _, work: IN_FLIGHT / _in_flight(work),
        "wait less between attempts, or split the job",
    ),
    (
        f"the table's {TABLE_UNITS:,} write units a second",
        lambda _, work: TABLE_UNITS / _units(work),
        "ask AWS for more, and warm the table's throughput before the rate comes",
    ),
    (
        f"the {PARTITION_UNITS:,} write units a second of the index that lists a job's done work",
        lambda _, work: PARTITION_UNITS / work.attempts,
        "let a message stand for more work, or split the job",
    ),
)
