"""What runs the worker: runtimes, log retention, descriptions."""

from collections.abc import Iterator

from generator.manifest.resolved import Job, Worker
from generator.manifest.types import SECONDS
from generator.rules.registry import Violation, Whole, job_rule, whole_rule, worker_rule
from generator.words import joined

RUNTIMES = ("python3.12", "python3.13", "python3.14")
"""Python runtimes of Lambda that neither have ended nor end within a year, as of 2026-11."""

LOG_RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)

LONGEST_DESCRIPTION = 256


@worker_rule(
    "runtime",
    what="The runtime is a Python that Lambda still keeps up to date.",
    why="An ended runtime gets no security fixes, and soon cannot be deployed.",
    remedy="use python3.13",
)
def runtime(worker: Worker) -> Iterator[Violation]:
    """Judge the runtime's name."""
    if worker.runtime not in RUNTIMES:
        hint = f"use one of {joined(RUNTIMES)}"
        yield Violation(worker.where("runtime"), f'"{worker.runtime}" is not supported', hint)


@worker_rule(
    "log-retention",
    what="Log lines are kept for one of the periods that CloudWatch has.",
    why="CloudWatch refuses others.",
    remedy="use 7d, 14d, 30d, 90d or 365d",
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
)
def description_length(job: Job) -> Iterator[Violation]:
    """Judge the description's length."""
    if len(job.description) > LONGEST_DESCRIPTION:
        message = f"the description has {len(job.description)} characters"
        yield Violation(("jobs", job.name, "description"), message)
