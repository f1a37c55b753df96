"""The numbers of one job, as the manifest says them; Terraform's modules say what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from clarivum_jobs.testing.aws import names
from clarivum_jobs.testing.machine.function import EntryPoint
from clarivum_jobs.testing.terraform import collection
from clarivum_jobs.testing.terraform.variables import variables

TABLE = names.TABLE


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
        spare_receives: Receives beyond the attempts; as many as `modules/job` gives if not said.
        enqueues: Jobs that the handler may enqueue.
        statements: What else the role may do, as `modules/job` takes it.
        record_name: Under which name its work is on record, if that is another than its own.
        on_conflict: What becomes of a duplicate with other content: `tell` or `park`.
    """

    name: str
    build: Callable[[], EntryPoint]
    timeout: int = 30
    visibility_timeout: int = 180
    max_attempts: int = 5
    spare_receives: int | None = None
    concurrency: int = 5
    batch_size: int = 1
    delay: int = 0
    memory: int = 256
    message_retention: int = 345_600
    dead_letter_retention: int = 1_209_600
    backoff_base: int = 10
    backoff_cap: int = 900
    secrets: tuple[str, ...] = ()
    enqueues: tuple[str, ...] = ()
    statements: tuple[Mapping[str, object], ...] = ()
    timers: tuple[Timer, ...] = ()
    on_conflict: str = "tell"
    record_name: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def rendered(self) -> collection.Job:
        """What Terraform's modules make of it."""
        return collection.job(variables(self), self.secrets)

    @property
    def max_receives(self) -> int:
        """Receives after which the queue itself moves a message on."""
        if self.spare_receives is None:
            return self.rendered.max_receives
        return self.max_attempts + self.spare_receives

    @property
    def record_retention(self) -> int:
        """How long a record outlives its run: both retentions together."""
        return self.message_retention + self.dead_letter_retention


PRODUCER = {
    **collection.platform().producer,
    "POWERTOOLS_METRICS_NAMESPACE": "ClarivumJobs",
}
"""The variables of a service that enqueues."""
