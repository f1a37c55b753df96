"""The manifest with every question answered: what rules check and renderers render.

Durations are whole seconds unless a name says otherwise, sizes are MB.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import TypeAlias

from generator.contracts.types import Object
from generator.manifest.source import Where


class Reference(Enum):
    """What only Terraform knows; the value is where the environment's root has it."""

    ACCOUNT = "module.platform.account_id"
    REGION = "module.platform.region"


PAUSED = "paused"
"""State of jobs whose messages wait."""

CLOSED = ("draining", "retired")
"""States of jobs that take nothing new."""

Text: TypeAlias = tuple[str | Reference, ...]
"""Text with references in between."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule.

    Attributes:
        name: Unique within the job.
        triggers: What of `cron`, `rate` and `at` is given; exactly one unless a rule complains.
        timezone: As written; empty if it is not.
        enabled: Whether it fires.
        payload: What each run is enqueued with.
        where: The schedule's place in the manifest.
        overlap: Whether a run may begin while the one before it is unfinished: `allow` or `skip`.
        max_age: Seconds after its time at which a run is dropped; 0 for never.
    """

    name: str
    triggers: Mapping[str, str]
    timezone: str
    enabled: bool
    payload: Mapping[str, object]
    where: Where
    overlap: str = "allow"
    max_age: int = 0

    @property
    def expression(self) -> str:
        """What EventBridge Scheduler takes, such as `cron(0 4 * * ? *)`."""
        return " ".join(f"{kind}({' '.join(text.split())})" for kind, text in self.triggers.items())


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a request: a key of IAM's compared with values."""

    operator: str
    key: str
    values: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a worker may do to what, and under which conditions; all of them must hold."""

    actions: tuple[str, ...]
    resources: tuple[Text, ...]
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Backoff:
    """Longest wait before the second attempt, and the longest before any."""

    base: int
    cap: int

    def waits(self, attempts: int) -> tuple[int, ...]:
        """Return the longest wait before each attempt but the first."""
        return tuple(min(self.cap, self.base * 2**n) for n in range(attempts - 1))


@dataclass(frozen=True, slots=True)
class Alarms:
    """Thresholds: seconds for the oldest message, counts for the rest; and which alarms there are.

    Attributes:
        level: `off`, `quiet` or `full`.
    """

    dead_letters: int
    errors: int
    level: str
    oldest_message: int
    throttles: int


@dataclass(frozen=True, slots=True)
class Expected:
    """How much a job is expected to do.

    Attributes:
        messages: Messages a day, those of schedules apart.
        worst_day: Messages on the worst day.
        duration_ms: Milliseconds that an attempt takes.
        attempts: Attempts that a message takes on average.
        payload_bytes: Size of a message.
    """

    messages: int = 0
    worst_day: int = 0
    duration_ms: int = 1000
    attempts: float = 1.0
    payload_bytes: int = 1024


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same in every environment.

    Attributes:
        name: As in the manifest, in kebab-case.
        module: Python module and Terraform label.
        class_name: Class of the payload.
        description: What the job does.
        owner: The team behind it.
        payload: Its payload contract.
        key: Payload fields that make the idempotency key, in order.
        contract: Version of the payload contract.
        secrets: Names of the secrets it may read, sorted.
        enqueues: Names of the jobs that its handler may enqueue, sorted.
        schema: The payload's JSON Schema, as written.
        renamed_from: Names that it had before, the first one first, and where their queues stand.
        served_by: Name of the job whose code serves it, if this is a former name of that job.
        on_conflict: Whether a duplicate with other content is told (`tell`) or parked (`park`).
    """

    name: str
    module: str
    class_name: str
    description: str
    owner: str
    payload: Object
    key: tuple[str, ...]
    contract: int
    secrets: tuple[str, ...]
    enqueues: tuple[str, ...] = ()
    schema: Mapping[str, object] = field(default_factory=dict, hash=False)
    on_conflict: str = "tell"
    renamed_from: tuple[tuple[str, str], ...] = ()
    served_by: str = ""

    @property
    def entry(self) -> str:
        """Name of its entry in the manifest."""
        return self.served_by or self.name

    @property
    def record_name(self) -> str:
        """Name under which its work is on record: the first that it had."""
        return self.renamed_from[0][0] if self.renamed_from else self.name


@dataclass(frozen=True, slots=True)
class Worker:
    """One job in one environment.

    Attributes:
        job: What does not depend on the environment.
        environment: Name of the environment.
        base: Name of the function and the queue; every other name begins with it.
        reserved_concurrency: Executions that the account keeps for it; None for none.
        state: Where it stands in its life: `active`, `paused`, `draining` or `retired`.
        until: When a pause ends, as written; empty if it is not said.
        why: Why it is not active; empty if it is not said.
        expected: How much it is expected to do.
        origins: Where in the manifest each value was written, by field; built-in ones are absent.
    """

    job: Job
    environment: str
    base: str
    compute: str
    runtime: str
    architecture: str
    timeout: int
    memory_size: int
    ephemeral_storage: int
    visibility_timeout: int
    max_attempts: int
    concurrency: int
    reserved_concurrency: int | None
    batch_size: int
    batch_window: int
    delay: int
    message_retention: int
    dead_letter_retention: int
    record_retention: int
    log_retention_days: int
    log_level: str
    log_format: str
    backoff: Backoff
    alarms: Alarms
    variables: Mapping[str, Text]
    statements: tuple[Statement, ...]
    schedules: tuple[Schedule, ...]
    origins: Mapping[str, Where]
    state: str = "active"
    expected: Expected = Expected()
    until: str = ""
    why: str = ""

    @property
    def closed(self) -> bool:
        """Whether nothing new may be enqueued."""
        return self.state in CLOSED

    @property
    def most_at_once(self) -> int:
        """Executions of the account that are its own, or that its queue may ask for."""
        return self.concurrency if self.reserved_concurrency is None else self.reserved_concurrency

    def where(self, field: str) -> Where:
        """Return where the value of a field was written, or where the job is."""
        return self.origins.get(field, ("jobs", self.job.entry))


@dataclass(frozen=True, slots=True)
class AllowedChange:
    """A verdict about a change that is known and meant, for a time.

    Attributes:
        rule: Name of the gate's rule.
        job: The job; empty if the verdict is about none.
        reason: Why it may be.
        owner: Who answers for it.
        until: The last day on which it is allowed, as ISO 8601 writes it.
    """

    rule: str
    job: str
    reason: str
    owner: str
    until: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every job, and every job in every environment.

    Attributes:
        project: First part of every name.
        environments: Their names.
        jobs: What does not depend on the environment.
        workers: By environment, in the order of the manifest.
        allowed_changes: As they stand in the manifest, in its order.
        budget: USD a month that an environment may cost, by its name.
        sources: A digest of each job as it is written, and of all else under an empty name.
    """

    project: str
    environments: tuple[str, ...]
    jobs: tuple[Job, ...]
    workers: Mapping[str, tuple[Worker, ...]]
    allowed_changes: tuple[AllowedChange, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    budget: Mapping[str, float] = field(default_factory=dict)

    @property
    def every_worker(self) -> Iterator[Worker]:
        """Each worker of each environment."""
        return chain.from_iterable(self.workers.values())
