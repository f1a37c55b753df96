"""The environment a function or a producer runs in, read in this one place."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from clarivum_jobs.core.errors import JobClosedError, SettingsError


def variable(name: str) -> str:
    """Return a variable that the manifest or the platform gives to a handler.

    Raises:
        SettingsError: It is not set.
    """
    read = _Reader(os.environ)
    value = read.text(name)
    read.finish()
    return value


@dataclass(frozen=True, slots=True)
class ProducerSettings:
    """What it takes to enqueue.

    Attributes:
        queue_base_url: URL of a job's queue without the job's name at its end.
        source: Who sends, as CloudEvents names it.
        queue_base_arn: ARN of a job's queue without the job's name; needed for long delays only.
        schedule_group: Where one-time schedules are made; likewise.
        schedule_role_arn: Role under which they send; likewise.
        targets: Jobs that may be enqueued, where a worker sends; None for a service, whose rights
            are its own affair.
        closed: Jobs that take nothing new.
    """

    queue_base_url: str
    source: str
    queue_base_arn: str = ""
    schedule_group: str = ""
    schedule_role_arn: str = ""
    targets: frozenset[str] | None = None
    closed: frozenset[str] = frozenset()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings of a service, or of a handler that enqueues.

        Raises:
            SettingsError: A variable is missing, or a handler's job may enqueue nothing.
        """
        read = _Reader(os.environ if environment is None else environment)
        worker, names = read.optional("JOB_NAME"), read.optional("JOBS_ENQUEUES")
        if worker and not names:
            message = f"{worker} may enqueue nothing: name the jobs under its `enqueues`"
            raise SettingsError(message)
        settings = cls(
            queue_base_url=read.text("JOBS_QUEUE_BASE_URL"),
            source=read.text("JOBS_SOURCE"),
            queue_base_arn=read.optional("JOBS_QUEUE_BASE_ARN"),
            schedule_group=read.optional("JOBS_SCHEDULE_GROUP"),
            schedule_role_arn=read.optional("JOBS_SCHEDULE_ROLE_ARN"),
            targets=frozenset(names.split(",")) if worker else None,
            closed=frozenset(read.optional("JOBS_CLOSED").split(",")),
        )
        read.finish()
        return settings

    @classmethod
    def of_own_queue(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read what a worker needs to put the runs of its schedules on its own queue.

        Raises:
            SettingsError: A variable is missing.
        """
        read = _Reader(os.environ if environment is None else environment)
        job, queue_url = read.text("JOB_NAME"), read.text("JOB_QUEUE_URL")
        settings = cls(
            queue_base_url=queue_url.removesuffix(job),
            source=read.text("JOBS_SOURCE"),
            targets=frozenset({job}),
        )
        read.finish()
        return settings

    def allow(self, job: str) -> None:
        """Return if messages for a job may be sent from here.

        Raises:
            SettingsError: A worker sends, and the manifest does not name the job.
        """
        if self.targets is not None and job not in self.targets:
            message = f"{self.source} may not enqueue {job}: name it under its `enqueues`"
            raise SettingsError(message)

    def admit(self, job: str) -> None:
        """Return if a new message for a job may be sent from here.

        Raises:
            SettingsError: As `allow` says.
            JobClosedError: The job takes nothing new.
        """
        self.allow(job)
        if job in self.closed:
            raise JobClosedError(job)


MOST_RECEIVES = 1000
"""Highest `maxReceiveCount` that SQS takes."""

_HOUR = 3600
_FEWEST_SPARE, _MOST_FOR_BATCH = 10, 100


def max_receives(max_attempts: int, visibility_timeout: int, batch_size: int) -> int:
    """Return after how many receives SQS moves a message on, as the module `job` sets it.

    Not every receive becomes an attempt. An hour of receives in vain is bearable, whether they
    come to nothing at once (throttled, or a sandbox that dies: one for each visibility timeout) or
    wait for what surrounds the job (see `outage_wait`); and in a batch others may take the time.

    Args:
        max_attempts: After how many attempts a message is parked.
        visibility_timeout: Seconds a received message stays hidden.
        batch_size: Most messages of one run.
    """
    in_vain = max(_FEWEST_SPARE, 2 - _HOUR // -max(visibility_timeout, 1))
    for_batch = min(2 * (batch_size - 1), _MOST_FOR_BATCH)
    return min(max_attempts + in_vain + for_batch, MOST_RECEIVES)


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker needs to know; times in seconds.

    Attributes:
        job: Name of the job.
        environment: Name of the environment.
        queue_url: Queue the job is taken from.
        dead_letter_queue_url: Queue for what cannot succeed.
        max_attempts: After how many attempts a message is parked.
        max_receives: After how many receives SQS itself moves it to the dead-letter queue.
        message_retention: How long its queue keeps a message.
        backoff_base: Upper bound of the first wait.
        backoff_cap: Upper bound of every wait.
        visibility_timeout: How long a message stays hidden when nobody says otherwise.
        record_retention: How long the record of finished work is kept.
        on_conflict: What becomes of a message whose key was done with other content: it is told
            and acknowledged (`tell`), or parked (`park`).
        record_name: Under which name its work is on record: the first that the job had.
        table: Name of the record table.
        secrets: ARN of each secret by its name.
        metrics_namespace: CloudWatch namespace of the metrics.
    """

    job: str
    environment: str
    queue_url: str
    dead_letter_queue_url: str
    max_attempts: int
    max_receives: int
    message_retention: int
    backoff_base: int
    backoff_cap: int
    visibility_timeout: int
    record_retention: int
    table: str
    secrets: Mapping[str, str]
    metrics_namespace: str
    on_conflict: str = "tell"
    record_name: str = ""

    def __post_init__(self) -> None:
        """Let a job that was never renamed be on record under its own name."""
        object.__setattr__(self, "record_name", self.record_name or self.job)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings.

        Raises:
            SettingsError: A variable is missing or is not what it should be.
        """
        read = _Reader(os.environ if environment is None else environment)
        settings = cls(
            job=read.text("JOB_NAME"),
            environment=read.text("JOB_ENVIRONMENT"),
            queue_url=read.text("JOB_QUEUE_URL"),
            dead_letter_queue_url=read.text("JOB_DEAD_LETTER_QUEUE_URL"),
            max_attempts=read.number("JOB_MAX_ATTEMPTS"),
            max_receives=read.number("JOB_MAX_RECEIVES"),
            message_retention=read.number("JOB_MESSAGE_RETENTION"),
            backoff_base=read.number("JOB_BACKOFF_BASE"),
            backoff_cap=read.number("JOB_BACKOFF_CAP"),
            visibility_timeout=read.number("JOB_VISIBILITY_TIMEOUT"),
            record_retention=read.number("JOB_RECORD_RETENTION"),
            table=read.text("JOBS_TABLE"),
            secrets=read.names("JOB_SECRETS"),
            metrics_namespace=read.text("POWERTOOLS_METRICS_NAMESPACE"),
            on_conflict=read.one_of("JOB_ON_CONFLICT", ("tell", "park")),
            record_name=read.optional("JOB_RECORD_NAME"),
        )
        read.finish()
        return settings


class _Reader:
    """Reads variables and complains about all of them at once."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._problems: list[str] = []

    def text(self, name: str) -> str:
        value = self._environment.get(name, "")
        if not value:
            self._problems.append(f"{name} is not set")
        return value

    def optional(self, name: str) -> str:
        return self._environment.get(name, "")

    def one_of(self, name: str, words: tuple[str, ...]) -> str:
        value = self.optional(name) or words[0]
        if value not in words:
            self._problems.append(f"{name} is none of {', '.join(words)}")
        return value

    def number(self, name: str) -> int:
        value = self.text(name)
        if value and not value.isdecimal():
            self._problems.append(f"{name} is not a whole number")
        return int(value) if value.isdecimal() else 0

    def names(self, name: str) -> Mapping[str, str]:
        try:
            value = json.loads(self.text(name) or "{}")
        except ValueError:
            value = None
        if not isinstance(value, dict):
            self._problems.append(f"{name} is not a JSON object")
            return {}
        return {str(key): str(inner) for key, inner in value.items()}

    def finish(self) -> None:
        if self._problems:
            message = f"the environment lacks something: {'; '.join(self._problems)}"
            raise SettingsError(message)
