"""What runs the worker: runtimes, log retention, descriptions."""

from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.manifest.resolved import Job, Worker
from generator.manifest.types import SECONDS
from generator.rules.clock import now
from generator.rules.lifecycle import LIVES, NOTICE
from generator.rules.limits import LOG_RETENTION_DAYS, LONGEST_DESCRIPTION
from generator.rules.registry import Violation, Whole, job_rule, whole_rule, worker_rule
from generator.words import did_you_mean, joined, shown


@worker_rule(
    "compute",
    what="The worker is a Lambda function.",
    why="There is no class of workers on Fargate yet; what would run the job does not exist.",
    remedy="leave `compute` out, and split what takes longer than 15 minutes into jobs that the "
    "job enqueues",
    source="our own modules: they make Lambda functions",
)
def compute(worker: Worker) -> Iterator[Violation]:
    """Judge what runs the worker."""
    if worker.compute != "lambda":
        message = f"there are no workers on {worker.compute} yet"
        hint = (
            "until there are, stay below 15m: split the work into jobs named under `enqueues`, or "
            "keep what an attempt has reached and raise `RetryAfter`; `memory_size` up to 10240 "
            "gives up to six processors"
        )
        yield Violation(worker.where("compute"), message, hint)


@worker_rule(
    "runtime",
    what="The runtime is a Python of Lambda.",
    why="The workers are Python; Lambda refuses a name that it does not have at apply.",
    remedy="use python3.13",
    source="botocore: lambda, Runtime",
)
def runtime(worker: Worker) -> Iterator[Violation]:
    """Judge the runtime's name."""
    if worker.runtime not in LIVES:
        supported = [
            name for name, life in LIVES.items() if now().date() + NOTICE < life.deprecated
        ]
        message = f"{shown(worker.runtime)} is no Python runtime of Lambda"
        hint = did_you_mean(worker.runtime, supported) or f"use one of {joined(supported)}"
        yield Violation(worker.where("runtime"), message, hint)


@worker_rule(
    "runtime-ended",
    what="The runtime still gets security fixes.",
    why="An ended runtime gets none, and can soon neither be created nor updated.",
    remedy="use python3.13",
    source="Lambda developer guide, runtimes; cfn-lint, runtime lifecycle",
)
def runtime_ended(worker: Worker) -> Iterator[Violation]:
    """Judge the runtime's life by the calendar."""
    life = LIVES.get(worker.runtime)
    if life and life.deprecated <= now().date():
        message = (
            f"{worker.runtime} ended on {life.deprecated}; "
            f"functions with it cannot be updated from {life.frozen}"
        )
        yield Violation(worker.where("runtime"), message)


@worker_rule(
    "runtime-ending",
    what="The runtime lives for another year.",
    why="Moving to another one takes a test of every job; it is better begun early.",
    remedy="use python3.13",
    source="Lambda developer guide, runtimes; cfn-lint, runtime lifecycle",
    severity=Severity.WARNING,
)
def runtime_ending(worker: Worker) -> Iterator[Violation]:
    """Judge how long the runtime still lives."""
    life = LIVES.get(worker.runtime)
    if life and now().date() < life.deprecated <= now().date() + NOTICE:
        message = f"{worker.runtime} ends on {life.deprecated}"
        yield Violation(worker.where("runtime"), message)


@worker_rule(
    "log-retention",
    what="Log lines are kept for one of the periods that CloudWatch has.",
    why="CloudWatch refuses others.",
    remedy="use 7d, 14d, 30d, 90d or 365d",
    source="botocore: logs, RetentionInDays",
)
def log_retention(worker: Worker) -> Iterator[Violation]:
    """Judge the log retention."""
    days = worker.log_retention_days
    if days not in LOG_RETENTION_DAYS:
        nearest = min(LOG_RETENTION_DAYS, key=lambda known: abs(known - days))
        message = f"CloudWatch does not keep logs for {days} days"
        yield Violation(worker.where("log_retention_days"), message, f"the nearest is {nearest}d")


@whole_rule(
    "log-retention-days",
    what="Log retention is given in whole days.",
    why="CloudWatch counts in days; a rest would be dropped without a word.",
    remedy="write it in days, such as 30d",
    source="botocore: logs, RetentionInDays",
)
def log_retention_days(whole: Whole) -> Iterator[Violation]:
    """Judge every place where a log retention is written."""
    written = whole.written
    places = [
        (("defaults",), written.defaults),
        *((("defaults", "environments", n), e) for n, e in written.defaults.environments.items()),
        *((("jobs", name), job) for name, job in written.jobs.items()),
        *(
            (("jobs", name, "environments", n), e)
            for name, job in written.jobs.items()
            for n, e in job.environments.items()
        ),
    ]
    for where, settings in places:
        if (settings.log_retention or 0) % SECONDS["d"]:
            message = "log_retention is not a whole number of days"
            yield Violation((*where, "log_retention"), message)


@job_rule(
    "description-length",
    what="A job's description is at most 256 characters.",
    why="Lambda keeps no more.",
    remedy="shorten it to one sentence",
    source="botocore: lambda, Description",
)
def description_length(job: Job) -> Iterator[Violation]:
    """Judge the description's length."""
    if len(job.description) > LONGEST_DESCRIPTION:
        message = f"the description has {len(job.description)} characters"
        yield Violation(("jobs", job.name, "description"), message)
