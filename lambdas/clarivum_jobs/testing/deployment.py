"""The numbers of one job, as Terraform deploys it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from clarivum_jobs.core.settings import SPARE_RECEIVES
from clarivum_jobs.testing.aws import secrets
from clarivum_jobs.testing.aws.sqs import BASE_URL, ENVIRONMENT
from clarivum_jobs.testing.machine.function import EntryPoint

TABLE = "simulated-jobs"


@dataclass(frozen=True, slots=True)
class Timer:
    """A schedule of the manifest."""

    name: str
    expression: str
    timezone: str = "UTC"
    payload: Mapping[str, object] = field(default_factory=dict)
    overlap: str = "allow"
    max_age: int = 0


@dataclass(frozen=True, slots=True)
class Deployment:
    """One job: its code and its numbers, times in seconds.

    Attributes:
        name: The job.
        build: Makes the entry point of a new sandbox.
        enqueues: Jobs that the handler may enqueue.
    """

    name: str
    build: Callable[[], EntryPoint]
    timeout: int = 30
    visibility_timeout: int = 180
    max_attempts: int = 5
    spare_receives: int = SPARE_RECEIVES
    concurrency: int = 5
    batch_size: int = 1
    delay: int = 0
    message_retention: int = 345_600
    dead_letter_retention: int = 1_209_600
    backoff_base: int = 10
    backoff_cap: int = 900
    secrets: tuple[str, ...] = ()
    enqueues: tuple[str, ...] = ()
    timers: tuple[Timer, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def max_receives(self) -> int:
        """Receives after which the queue itself moves a message on, as `modules/job` sets it."""
        return self.max_attempts + self.spare_receives

    @property
    def record_retention(self) -> int:
        """How long a record outlives its run: both retentions together."""
        return self.message_retention + self.dead_letter_retention

    @property
    def targets(self) -> tuple[str, ...]:
        """Jobs that the role lets it enqueue: those it names, and itself if schedules start it."""
        return (*self.enqueues, self.name) if self.timers else self.enqueues

    def environment(self) -> dict[str, str]:
        """The variables that `modules/worker` sets."""
        arns = {name: f"{secrets.ARN}{name}" for name in self.secrets}
        return {
            "JOB_NAME": self.name,
            "JOB_ENVIRONMENT": ENVIRONMENT,
            "JOB_QUEUE_URL": f"{BASE_URL}{ENVIRONMENT}-{self.name}",
            "JOB_DEAD_LETTER_QUEUE_URL": f"{BASE_URL}{ENVIRONMENT}-{self.name}-dlq",
            "JOB_MAX_ATTEMPTS": str(self.max_attempts),
            "JOB_BACKOFF_BASE": str(self.backoff_base),
            "JOB_BACKOFF_CAP": str(self.backoff_cap),
            "JOB_VISIBILITY_TIMEOUT": str(self.visibility_timeout),
            "JOB_RECORD_RETENTION": str(self.record_retention),
            "JOB_SECRETS": json.dumps(arns),
            "JOBS_TABLE": TABLE,
            "JOBS_SOURCE": f"clarivum/{ENVIRONMENT}/{self.name}",
            "POWERTOOLS_SERVICE_NAME": self.name,
            **COMMON,
            **({"JOBS_ENQUEUES": ",".join(self.enqueues), **_SENDING} if self.enqueues else {}),
            **self.variables,
        }


_SENDING = {
    "JOBS_QUEUE_BASE_URL": f"{BASE_URL}{ENVIRONMENT}-",
    "JOBS_QUEUE_BASE_ARN": f"arn:aws:sqs:eu-west-1:000000000000:{ENVIRONMENT}-",
    "JOBS_SCHEDULE_GROUP": f"{ENVIRONMENT}-delayed",
    "JOBS_SCHEDULE_ROLE_ARN": f"arn:aws:iam::000000000000:role/{ENVIRONMENT}-delayed",
}

COMMON = {
    "POWERTOOLS_METRICS_NAMESPACE": "ClarivumJobs",
    "AWS_LAMBDA_FUNCTION_NAME": "simulated",
}
"""What producers and workers have in common."""

PRODUCER = {**COMMON, **_SENDING, "JOBS_SOURCE": f"clarivum/{ENVIRONMENT}"}
"""The variables of a service that enqueues."""
