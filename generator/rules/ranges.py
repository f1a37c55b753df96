"""The numbers that AWS bounds: one row each, one rule each.

The modules validate the same ranges for those who call them directly; a test keeps both equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from generator.manifest.resolved import Worker
from generator.manifest.timeline import MOST_RECEIVES
from generator.manifest.types import SECONDS, duration_text
from generator.rules.registry import Violation, worker_rule

MINUTE, HOUR, DAY = SECONDS["m"], SECONDS["h"], SECONDS["d"]
_KEPT = 5
"""Receives that are no attempt, at least; `outage-hour` tells how many there should be."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a value may be.

    Attributes:
        field: Name in the manifest, dotted where it is inside another.
        low: Smallest value allowed.
        high: Largest value allowed.
        why: What happens otherwise.
        source: Who says so.
        remedy: What to do instead of a larger value.
        at_least: What to do instead of a smaller one.
        seconds: Whether it is a duration.
    """

    field: str
    low: int
    high: int
    why: str
    source: str
    remedy: str = ""
    at_least: str = ""
    seconds: bool = False

    def text(self, value: int) -> str:
        """Return a value as the manifest writes it."""
        return duration_text(value) if self.seconds else str(value)

    @property
    def id(self) -> str:
        """The rule's name."""
        return f"{self.field.replace('.', '-').replace('_', '-')}-range"


RANGES = (
    Range("timeout", 1, 15 * MINUTE, "Lambda stops an invocation after 15 minutes.",
          "botocore: lambda, Timeout; 900 s outside managed instances",
          "split the work into smaller jobs", seconds=True),
    Range("memory_size", 128, 10_240, "Lambda offers no less and no more.",
          "botocore: lambda, MemorySize; 10,240 MB outside managed instances"),
    Range("ephemeral_storage", 512, 10_240, "Lambda offers no less and no more.",
          "botocore: lambda, EphemeralStorageSize; 10,240 MB outside managed instances"),
    Range("visibility_timeout", 0, 12 * HOUR, "SQS hides a message no longer.",
          "botocore: sqs, VisibilityTimeout", seconds=True),
    Range("max_attempts", 1, MOST_RECEIVES - _KEPT,
          f"SQS counts {MOST_RECEIVES} receives; {_KEPT} are kept for those that are no "
          "attempt.",
          "SQS API reference, RedrivePolicy"),
    Range("concurrency", 2, 1000, "An event source mapping takes nothing else.",
          "botocore: lambda, MaximumConcurrency",
          at_least="2 is the least; a job that must run alone needs a lock in its handler"),
    Range("batch_size", 1, 10_000, "An event source mapping takes nothing else.",
          "botocore: lambda, BatchSize"),
    Range("batch_window", 0, 5 * MINUTE, "Lambda waits no longer for a batch.",
          "botocore: lambda, MaximumBatchingWindowInSeconds", seconds=True),
    Range("delay", 0, 15 * MINUTE, "SQS delays no longer.",
          "botocore: sqs, DelaySeconds",
          "use a schedule for later runs", seconds=True),
    Range("message_retention", MINUTE, 14 * DAY, "SQS keeps messages so long.",
          "botocore: sqs, MessageRetentionPeriod", seconds=True),
    Range("dead_letter_retention", MINUTE, 14 * DAY, "SQS keeps messages so long.",
          "botocore: sqs, MessageRetentionPeriod", seconds=True),
    Range("backoff.base", 0, 15 * MINUTE, "No wait is longer than 15 minutes.",
          "our own worker", seconds=True),
    Range("backoff.cap", 0, 15 * MINUTE, "No wait is longer than 15 minutes.",
          "our own worker", seconds=True),
    Range("alarms.dead_letters", 1, 1_000_000, "Below 1 it would always ring.",
          "our own advice"),
    Range("alarms.errors", 1, 1_000_000, "Below 1 it would always ring.",
          "our own advice"),
    Range("alarms.throttles", 1, 1_000_000, "Below 1 it would always ring.",
          "our own advice"),
    Range("alarms.oldest_message", MINUTE, 14 * DAY,
          "The age is measured once a minute, and no message gets older.",
          "SQS developer guide, CloudWatch metrics", seconds=True),
)  # fmt: skip


FIELDS = {bounds.id: bounds.field for bounds in RANGES}
"""The field that each of these rules is about."""


def _register(bounds: Range) -> None:
    span = f"{bounds.text(bounds.low)} to {bounds.text(bounds.high)}"
    usual = f"choose a value from {span}"
    number = attrgetter(bounds.field)

    def check(worker: Worker) -> Iterator[Violation]:
        value: int = number(worker)
        if not bounds.low <= value <= bounds.high:
            message = f"`{bounds.field}` must be from {span}, not {bounds.text(value)}"
            other = bounds.at_least if value < bounds.low else bounds.remedy
            yield Violation(worker.where(bounds.field), message, other or usual)

    worker_rule(
        bounds.id,
        what=f"`{bounds.field}` is from {span}.",
        why=bounds.why,
        source=bounds.source,
        remedy=bounds.remedy or bounds.at_least or usual,
    )(check)


for _range in RANGES:
    _register(_range)
