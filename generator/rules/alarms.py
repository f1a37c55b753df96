"""Alarms that would ring for nothing, or never."""

from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.manifest.resolved import Worker
from generator.manifest.types import duration_text, span
from generator.rules.registry import Violation, worker_rule
from generator.timeline import usual_path

MINUTE = 60
OLDEST = "alarms.oldest_message"
_AGE = "SQS developer guide, CloudWatch metrics: ApproximateAgeOfOldestMessage"


@worker_rule(
    "alarm-never-rings",
    what="The alarm for the oldest message rings before messages expire.",
    why="No message gets older than its retention, so it would never ring.",
    remedy="lower `alarms.oldest_message`, or raise `message_retention`",
    source=_AGE,
)
def alarm_never_rings(worker: Worker) -> Iterator[Violation]:
    """Judge the threshold against the retention."""
    threshold = worker.alarms.oldest_message
    if OLDEST in worker.origins and threshold >= worker.message_retention:
        message = (
            f"a message expires after {duration_text(worker.message_retention)}, "
            f"the alarm waits {duration_text(threshold)}"
        )
        yield Violation(worker.where(OLDEST), message)


@worker_rule(
    "alarm-rings-on-retry",
    what="The alarm for the oldest message lets a message use its attempts.",
    why="It would wake on-call for every message that is being retried as planned; "
    "the dead-letter alarm tells of those that fail.",
    remedy="leave `alarms.oldest_message` out: it is derived from the attempts",
    source=_AGE,
    severity=Severity.WARNING,
)
def alarm_rings_on_retry(worker: Worker) -> Iterator[Violation]:
    """Judge the threshold against the longest way through the attempts."""
    threshold, longest = worker.alarms.oldest_message, usual_path(worker)
    if OLDEST in worker.origins and threshold < longest:
        message = (
            f"{worker.max_attempts} attempts can take {span(longest)}, "
            f"the alarm waits {duration_text(threshold)}"
        )
        yield Violation(worker.where(OLDEST), message)


@worker_rule(
    "alarm-resolution",
    what="The alarm for the oldest message is set in whole minutes.",
    why="SQS measures once a minute; seconds beyond that mean nothing.",
    remedy="use whole minutes",
    source=_AGE,
    severity=Severity.WARNING,
)
def alarm_resolution(worker: Worker) -> Iterator[Violation]:
    """Judge whether the metric can tell the difference."""
    threshold = worker.alarms.oldest_message
    if threshold > MINUTE and threshold % MINUTE:
        message = f"{duration_text(threshold)} is not a whole number of minutes"
        yield Violation(worker.where(OLDEST), message)
