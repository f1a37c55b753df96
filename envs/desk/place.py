"""One running environment, as the desk sees it: names, jobs and clients."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clarivum_jobs.core.settings import ProducerSettings
from envs.desk.errors import DeskError
from generator.manifest.resolved import CLOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from clarivum_jobs import Payload
    from clarivum_jobs.contract.upcasting import Upcaster
    from generator.manifest.resolved import Schedule


@dataclass(frozen=True)
class Job:
    """One job of the environment; durations are seconds.

    Attributes:
        name: Its name in the manifest.
        model: Returns the class of its payload.
        upcasters: Returns what brings older payloads up to date.
        concurrency: How many of its messages may be worked on at once.
        record_retention: How long its records are kept.
        dead_letter_retention: How long its dead letters are kept.
        message_retention: How long what waits in its queue is kept.
        schedules: Its schedules.
        state: Where it stands in its life, by the manifest.
        record_name: Under which name its work is on record: the first that the job had.
        until: When the manifest's pause ends, ISO 8601; empty if there is none.
        why: Why it is not active; empty if the manifest does not say.
        properties: What its payload consists of, by JSON name: the schema of each.
    """

    name: str
    model: Callable[[], type[Payload]]
    upcasters: Callable[[], Mapping[int, Upcaster]]
    concurrency: int
    record_retention: int
    dead_letter_retention: int
    message_retention: int
    schedules: tuple[Schedule, ...] = ()
    state: str = "active"
    record_name: str = ""
    until: str = ""
    why: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def on_record(self) -> str:
        """Under which name to look for its work."""
        return self.record_name or self.name


@dataclass(frozen=True)
class Place:
    """One environment.

    Attributes:
        root: The repository.
        project: First word of every name.
        environment: Second word of every name.
        region: Region it lives in.
        account_id: Account it lives in.
        queue_base_url: URL of a job's queue without the job's name.
        jobs: Its jobs by their names.
        client: Returns the client of a service.
        operator: Returns who is acting, as AWS knows them.
    """

    root: Path
    project: str
    environment: str
    region: str
    account_id: str
    queue_base_url: str
    jobs: Mapping[str, Job]
    client: Callable[[str], Any]
    operator: Callable[[], str]

    @property
    def base(self) -> str:
        """What every name of the environment begins with."""
        return f"{self.project}-{self.environment}"

    @property
    def table(self) -> str:
        """The record table."""
        return f"{self.base}-jobs"

    @property
    def local(self) -> bool:
        """Whether it is the emulator on this machine."""
        return self.environment == "local"

    def job(self, name: str) -> Job:
        """Return a job.

        Raises:
            DeskError: The environment has none of that name.
        """
        if name in self.jobs:
            return self.jobs[name]
        near = difflib.get_close_matches(name, self.jobs, 1)
        hint = (
            f"did you mean `{near[0]}`?" if near else f"there are: {', '.join(sorted(self.jobs))}"
        )
        message = f"there is no job `{name}` in {self.environment}"
        raise DeskError(message, rule="unknown-job", hint=hint)

    def some(self, name: str | None) -> tuple[Job, ...]:
        """Return one job, or all where none is named.

        Raises:
            DeskError: The environment has none of that name.
        """
        return tuple(self.jobs.values()) if name is None else (self.job(name),)

    def queue_url(self, job: str) -> str:
        """URL of a job's queue."""
        return f"{self.queue_base_url}{job}"

    def letters_url(self, job: str) -> str:
        """URL of a job's dead-letter queue."""
        return f"{self.queue_base_url}{job}-dlq"

    def function(self, job: str) -> str:
        """Name of a job's function."""
        return f"{self.base}-{job}"

    def log_group(self, job: str) -> str:
        """Log group of a job's function."""
        return f"/aws/lambda/{self.function(job)}"

    @property
    def sending(self) -> ProducerSettings:
        """What it takes to enqueue."""
        return ProducerSettings(
            queue_base_url=self.queue_base_url,
            source=f"{self.project}/{self.environment}/desk",
            queue_base_arn=f"arn:aws:sqs:{self.region}:{self.account_id}:{self.base}-",
            schedule_group=f"{self.base}-delayed",
            schedule_role_arn=f"arn:aws:iam::{self.account_id}:role/{self.base}-delayed",
            closed=frozenset(one.name for one in self.jobs.values() if one.state in CLOSED),
        )
