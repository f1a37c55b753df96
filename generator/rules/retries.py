"""Timeouts, retries and retentions: the arithmetic that decides whether a message can be lost."""

from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.manifest.resolve import safe_visibility
from generator.manifest.resolved import Worker
from generator.manifest.timeline import HOUR, bearable_outage, crash_path, max_receives
from generator.manifest.types import duration_text, span
from generator.rules.limits import FEWEST_ATTEMPTS_ADVISED, LARGEST_BATCH_WITHOUT_WINDOW
from generator.rules.registry import Violation, worker_rule


@worker_rule(
    "visibility-below-timeout",
    what="A message stays hidden for the batch window and the whole timeout.",
    why="Otherwise a second worker gets it while the first still runs; "
    "AWS refuses the event source mapping at apply.",
    remedy="leave `visibility_timeout` out, or raise it",
    source="Lambda developer guide, SQS event source mapping; cfn-lint E3505",
)
def visibility_below_timeout(worker: Worker) -> Iterator[Violation]:
    """Judge the visibility timeout against what one run can take."""
    needed = worker.timeout + worker.batch_window
    if worker.visibility_timeout < needed:
        message = (
            f"visibility_timeout {duration_text(worker.visibility_timeout)} is shorter than "
            f"the batch window and the timeout together, {duration_text(needed)}"
        )
        yield Violation(worker.where("visibility_timeout"), message)


@worker_rule(
    "visibility-below-advice",
    what="A message stays hidden six times as long as one run can take, and the batch window.",
    why="When Lambda throttles it tries again by itself; with less room those tries count as "
    "attempts and a message can be dead-lettered without having run.",
    remedy="leave `visibility_timeout` out, or raise it",
    source="Lambda developer guide, SQS event source mapping: six times the timeout",
    severity=Severity.WARNING,
)
def visibility_below_advice(worker: Worker) -> Iterator[Violation]:
    """Judge the visibility timeout against AWS's advice."""
    least = worker.timeout + worker.batch_window
    advised = safe_visibility(worker.timeout, worker.batch_window)
    if least <= worker.visibility_timeout < advised:
        message = (
            f"visibility_timeout {duration_text(worker.visibility_timeout)} is below the "
            f"{duration_text(advised)} that AWS advises for a timeout of "
            f"{duration_text(worker.timeout)}"
        )
        yield Violation(worker.where("visibility_timeout"), message)


@worker_rule(
    "retry-horizon",
    what="All attempts together end before the message expires.",
    why="A message that expires in its queue is gone: it reaches neither a worker nor the "
    "dead-letter queue.",
    remedy="raise `message_retention`, or lower `max_attempts`, `timeout` or the backoff",
    source="SQS developer guide, message retention: expired messages are deleted",
)
def retry_horizon(worker: Worker) -> Iterator[Violation]:
    """Judge the longest way to the dead-letter queue against the retention."""
    receives = max_receives(worker)
    # The queue module takes the delay into account at each receive.
    horizon = max(crash_path(worker), receives * (worker.visibility_timeout + worker.delay))
    if horizon >= worker.message_retention:
        message = (
            f"{worker.max_attempts} attempts, and {receives - worker.max_attempts} receives that "
            f"are none, can take {span(horizon)}, but the message expires after "
            f"{duration_text(worker.message_retention)}"
        )
        yield Violation(worker.where("message_retention"), message)


@worker_rule(
    "outage-hour",
    what="An hour without table, secrets, queue or scheduler dead-letters nothing.",
    why="A message that waits for them uses up receives, of which SQS counts 1000 at most, and "
    "time, until it expires: after that it is dead-lettered although its work was never tried.",
    remedy="raise `visibility_timeout` or `message_retention`, or lower `max_attempts`",
    source="our own worker; `explain` says how long an outage may be",
    severity=Severity.WARNING,
)
def outage_hour(worker: Worker) -> Iterator[Violation]:
    """Judge the longest bearable outage of what surrounds a job."""
    longest = bearable_outage(worker)
    if longest < HOUR and crash_path(worker) < worker.message_retention:
        message = f"an outage of more than {span(longest)} dead-letters messages that wait"
        yield Violation(worker.where("visibility_timeout"), message)


@worker_rule(
    "dead-letter-retention",
    what="A dead letter is kept longer than a message.",
    why="A dead letter's age counts from its first send, so with less it can expire on arrival.",
    remedy="leave `dead_letter_retention` at 14d",
    source="SQS developer guide, dead-letter queues: the first send counts",
)
def dead_letter_retention(worker: Worker) -> Iterator[Violation]:
    """Judge the two retentions against each other."""
    if worker.dead_letter_retention <= worker.message_retention:
        message = (
            f"dead letters are kept {duration_text(worker.dead_letter_retention)}, not longer "
            f"than messages, {duration_text(worker.message_retention)}"
        )
        yield Violation(worker.where("dead_letter_retention"), message)


@worker_rule(
    "idempotency-retention",
    what="A key is remembered as long as any copy of its message can live.",
    why="A replayed dead letter whose record is gone runs its effect a second time.",
    remedy="leave `idempotency.retention` out, or raise it",
    source="SQS developer guide, dead-letter queue redrive",
)
def idempotency_retention(worker: Worker) -> Iterator[Violation]:
    """Judge the record's life against the message's."""
    needed = worker.message_retention + worker.dead_letter_retention
    if worker.record_retention < needed:
        message = (
            f"keys are remembered {duration_text(worker.record_retention)}, but a message and "
            f"its dead letter can live {duration_text(needed)}"
        )
        yield Violation(worker.where("record_retention"), message)


@worker_rule(
    "batch-needs-window",
    what="A batch of more than ten has a batch window.",
    why="AWS refuses such an event source mapping at apply.",
    remedy="set `batch_window` to 1s or more, or `batch_size` to 10 or less",
    source="botocore: lambda, BatchSize",
)
def batch_needs_window(worker: Worker) -> Iterator[Violation]:
    """Judge batch size and window together."""
    if worker.batch_size > LARGEST_BATCH_WITHOUT_WINDOW and worker.batch_window == 0:
        message = f"a batch of {worker.batch_size} needs a `batch_window`"
        yield Violation(worker.where("batch_size"), message)


@worker_rule(
    "backoff-order",
    what="The longest wait is not shorter than the first.",
    why="The cap would cut every wait, and the base would mean nothing.",
    remedy="lower `base` or raise `cap`",
    source="our own worker",
)
def backoff_order(worker: Worker) -> Iterator[Violation]:
    """Judge the backoff's two numbers together."""
    base, cap = worker.backoff.base, worker.backoff.cap
    if base > cap:
        message = f"backoff base {duration_text(base)} is above its cap {duration_text(cap)}"
        yield Violation(worker.where("backoff.base"), message)


@worker_rule(
    "few-attempts",
    what="A message has at least five attempts.",
    why="Throttled deliveries count too; with few attempts a burst alone can dead-letter messages.",
    remedy="set `max_attempts` to 5 or more",
    source="Lambda developer guide, SQS: maxReceiveCount of at least 5",
    severity=Severity.WARNING,
)
def few_attempts(worker: Worker) -> Iterator[Violation]:
    """Judge the number of attempts against AWS's advice."""
    if 0 < worker.max_attempts < FEWEST_ATTEMPTS_ADVISED:
        message = f"only {worker.max_attempts} attempts before a message is dead-lettered"
        yield Violation(worker.where("max_attempts"), message)
