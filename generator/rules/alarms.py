"""Alarms that would ring for nothing, or never."""

import math
from collections.abc import Iterator

from generator.alarm_kinds import PERIOD
from generator.diagnostics import Severity
from generator.manifest.resolved import Worker
from generator.manifest.timeline import max_receives, usual_path
from generator.manifest.types import duration_text, span
from generator.rules.environments import is_for_trial
from generator.rules.registry import Violation, worker_rule

MINUTE = 60
LEVEL = "alarms.level"
OLDEST = "alarms.oldest_message"
ERRORS = "alarms.errors"
THROTTLES = "alarms.throttles"
_AGE = "SQS developer guide, CloudWatch metrics: ApproximateAgeOfOldestMessage"


@worker_rule(
    "alarm-off",
    what="On-call hears of a job in every environment that is not for trying things out.",
    why="Dead letters would expire unread, and a worker that crashes would be found by its users.",
    remedy="write `level: quiet` for what loses or stops work only",
    source="our own advice",
)
def alarm_off(worker: Worker) -> Iterator[Violation]:
    """Judge the level against the environment's name."""
    if worker.alarms.level == "off" and not is_for_trial(worker.environment):
        message = f"nobody would hear of `{worker.job.name}` in `{worker.environment}`"
        yield Violation(worker.where(LEVEL), message)


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
    "alarm-errors-unreachable",
    what="One message that crashes its worker again and again makes the alarm for errors ring.",
    why="A crash is seen again only after the visibility timeout, so where messages are few a "
    "higher threshold is never reached in five minutes: on-call first hears of the dead letter.",
    remedy="leave `alarms.errors` out: 1, since what a handler raises is no error of the function",
    source="Lambda developer guide, SQS event source mapping: a failed batch stays hidden until "
    "its visibility timeout; slic-watch #48",
    severity=Severity.WARNING,
)
def alarm_errors_unreachable(worker: Worker) -> Iterator[Violation]:
    """Judge the threshold against the crashes that one message can cause in a period."""
    threshold = worker.alarms.errors
    receives = max_receives(worker)
    apart = max(1, worker.visibility_timeout + worker.delay)
    reachable = min(receives, math.ceil(PERIOD / apart))
    if ERRORS in worker.origins and threshold > reachable:
        message = (
            f"a message that crashes its worker does so {reachable} "
            f"time{'' if reachable == 1 else 's'} in five minutes, the alarm waits for {threshold}"
        )
        yield Violation(worker.where(ERRORS), message)


@worker_rule(
    "alarm-throttles-unreachable",
    what="The alarm for throttles can be reached by the job's own invocations.",
    why="Lambda polls with at most `concurrency` invocations and tries a throttled one again after "
    "a second or more, so it never sees as many in five minutes.",
    remedy="lower `alarms.throttles`, or leave it out",
    source="Lambda developer guide, SQS event source mapping: maximum concurrency and back-off",
)
def alarm_throttles_unreachable(worker: Worker) -> Iterator[Violation]:
    """Judge the threshold against the most invocations that can be throttled in a period."""
    threshold, reachable = worker.alarms.throttles, worker.concurrency * PERIOD
    if THROTTLES in worker.origins and threshold > reachable:
        message = (
            f"{worker.concurrency} invocations at once are throttled at most {reachable:,} times "
            f"in five minutes, the alarm waits for {threshold:,}"
        )
        yield Violation(worker.where(THROTTLES), message)


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
