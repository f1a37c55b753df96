"""Numbers that must fit together across jobs, and limits of scale."""

import math
from collections.abc import Iterator

from generator.alarm_kinds import alarm_level, alarms_of, shared_alarms
from generator.diagnostics import Severity
from generator.manifest.resolved import Worker
from generator.rules.limits import (
    ALARMS_OF_AN_ACCOUNT,
    BATCH_RESERVE,
    CALLS_OF_A_MESSAGE,
    IN_FLIGHT,
    ROLES_OF_AN_ACCOUNT,
    UNRESERVED,
)
from generator.rules.registry import Violation, Whole, whole_rule, worker_rule


@whole_rule(
    "account-concurrency",
    what="All jobs of an environment together fit into the account's concurrency.",
    why="Beyond it Lambda throttles whoever comes last, other services of the account included.",
    remedy="lower `concurrency` of some jobs, or say under `account` what the account has",
    source="Lambda developer guide, quotas: 1,000 concurrent executions unless raised",
    severity=Severity.WARNING,
)
def account_concurrency(whole: Whole) -> Iterator[Violation]:
    """Judge the sum of all jobs in each environment."""
    allowed = whole.written.account.concurrency
    for index, (environment, workers) in enumerate(whole.resolved.workers.items()):
        total = sum(worker.most_at_once for worker in workers)
        if total > allowed:
            message = f"the jobs of `{environment}` may run {total} at once, the account {allowed}"
            yield Violation(("environments", index), message)


@worker_rule(
    "reserved-concurrency",
    what="What is reserved for a job is enough for its queue, and for one run of its schedules.",
    why="A message that is received and then throttled has used up a receive; and with 0 Lambda "
    "runs the function never.",
    remedy="raise `reserved_concurrency`, or lower `concurrency`; `lifecycle` stops a job",
    source="Lambda developer guide, scaling of SQS mappings: maximum concurrency below what is "
    "reserved",
)
def reserved_concurrency(worker: Worker) -> Iterator[Violation]:
    """Judge what is reserved against what may run at once."""
    kept, needed = worker.reserved_concurrency, worker.concurrency + bool(worker.schedules)
    if kept is not None and kept < needed:
        scheduled = " and a schedule" if worker.schedules else ""
        message = f"{kept} are reserved, its queue{scheduled} may start {needed}"
        yield Violation(worker.where("reserved_concurrency"), message)


@whole_rule(
    "account-reserved",
    what="What all jobs of an environment reserve leaves the account what Lambda demands.",
    why=f"Apply ends at the first reservation that leaves fewer than {UNRESERVED} for functions "
    "without one.",
    remedy="lower `reserved_concurrency` of some jobs, or say under `account` what the account has",
    source=f"Lambda developer guide, reserved concurrency: {UNRESERVED} stay unreserved",
)
def account_reserved(whole: Whole) -> Iterator[Violation]:
    """Judge the sum of what is reserved in each environment."""
    most = whole.written.account.concurrency - UNRESERVED
    for index, (environment, workers) in enumerate(whole.resolved.workers.items()):
        total = sum(worker.reserved_concurrency or 0 for worker in workers)
        if total > max(most, 0):
            message = (
                f"the jobs of `{environment}` reserve {total:,}, the account may give "
                f"{max(most, 0):,}"
            )
            yield Violation(("environments", index), message)


@whole_rule(
    "account-quotas",
    what="What the jobs of an environment make together fits into the account's quotas.",
    why="Apply ends at the first role or alarm too many, after most of the others are made.",
    remedy="ask AWS to raise the quota, and allow this; or split the project over accounts",
    source="IAM user guide, quotas: 1,000 roles; CloudWatch user guide, quotas: 5,000 alarms",
    severity=Severity.WARNING,
)
def account_quotas(whole: Whole) -> Iterator[Violation]:
    """Judge the number of roles and of alarms in each environment."""
    for index, (environment, workers) in enumerate(whole.resolved.workers.items()):
        roles = sum(2 if worker.schedules else 1 for worker in workers)
        alarms = sum(len(alarms_of(worker)) for worker in workers)
        alarms += len(shared_alarms(alarm_level(workers)))
        for count, noun, allowed in (
            (roles, "roles", ROLES_OF_AN_ACCOUNT),
            (alarms, "alarms", ALARMS_OF_AN_ACCOUNT),
        ):
            if count > allowed:
                message = (
                    f"the jobs of `{environment}` need {count:,} {noun}, an account has "
                    f"{allowed:,} unless raised"
                )
                yield Violation(("environments", index), message)


@worker_rule(
    "in-flight",
    what="A job never has more messages in work than a queue allows.",
    why="SQS hands out no further messages and answers with an error instead.",
    remedy="lower `concurrency` or `batch_size`",
    source="SQS developer guide, quotas: about 120,000 in flight",
    severity=Severity.WARNING,
)
def in_flight(worker: Worker) -> Iterator[Violation]:
    """Judge concurrency times batch size."""
    total = worker.concurrency * worker.batch_size
    if total > IN_FLIGHT:
        message = f"{worker.concurrency} x {worker.batch_size} messages may be in work at once"
        yield Violation(worker.where("batch_size"), message)


@worker_rule(
    "batch-fits",
    what="The timeout has room for what the worker itself does for each message of a batch.",
    why="It begins no message but the first in the last two seconds, and claims, records and "
    "deletes each one: the rest of such a batch is received in vain each time.",
    remedy="raise `timeout`, or lower `batch_size`",
    source="our own worker: about 50 ms of calls a message",
)
def batch_fits(worker: Worker) -> Iterator[Violation]:
    """Judge the timeout against what a batch takes even if its handler takes no time."""
    needed = BATCH_RESERVE + worker.batch_size * CALLS_OF_A_MESSAGE
    if worker.batch_size > 1 and worker.timeout < needed:
        message = (
            f"{worker.batch_size:,} messages need {math.ceil(needed)}s without any work in them, "
            f"the timeout is {worker.timeout}s"
        )
        yield Violation(worker.where("batch_size"), message)


@worker_rule(
    "batch-time",
    what="The timeout leaves at least a second for each message of a batch.",
    why="Messages are worked off one after another; those that find no time left come back later, "
    "and each time they are received in vain.",
    remedy="raise `timeout`, or lower `batch_size`",
    source="our own advice",
    severity=Severity.WARNING,
)
def batch_time(worker: Worker) -> Iterator[Violation]:
    """Judge the timeout against the batch size."""
    if worker.batch_size > 1 and worker.timeout < worker.batch_size:
        message = f"{worker.batch_size} messages share a timeout of {worker.timeout}s"
        yield Violation(worker.where("batch_size"), message)
