"""What may be written in `jobs.yaml`, and what each word means.

Fields are None where nothing was written: which layer a value comes from is `resolve`'s question.
Descriptions end up in the editor's hover text through the JSON Schema.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from generator.manifest.types import Duration


class Part(BaseModel):
    """A part of the manifest: unknown keys are refused, types are taken literally."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Backoff(Part):
    """How long a failed message waits before its next attempt."""

    base: Duration | None = Field(
        None, description="Longest wait before the second attempt; doubled for each further one."
    )
    cap: Duration | None = Field(None, description="No wait is longer than this.")


class Alarms(Part):
    """When on-call hears of a job."""

    oldest_message: Duration | None = Field(
        None,
        description=(
            "Alarm when the oldest waiting message is older. "
            "Default: two hours, or more where a message's attempts can take longer."
        ),
    )
    errors: int | None = Field(
        None, description="Alarm from this many failed invocations in five minutes."
    )
    throttles: int | None = Field(
        None, description="Alarm from this many throttled invocations in five minutes."
    )
    dead_letters: int | None = Field(
        None, description="Alarm from this many messages in the dead-letter queue."
    )


class Retention(Part):
    """How long it is remembered that a job was done."""

    retention: Duration | None = Field(
        None,
        description="How long a key is remembered; by default, what both retentions add up to.",
    )


class Allowance(Part):
    """A warning that somebody has looked at."""

    rule: str = Field(
        description="Name of the rule, as the warning shows it in brackets.", examples=["dst-gap"]
    )
    reason: str = Field(min_length=1, description="Why the warning does not matter here.")


class Account(Part):
    """What the AWS accounts of the environments have; raise it where AWS has raised it."""

    concurrency: int = Field(
        1000, ge=1, description="Concurrent executions of all functions of an account."
    )


class Idempotency(Retention):
    """What makes two messages the same job."""

    key: list[str] = Field(
        min_length=1,
        description="Payload fields that together name the effect; equal values run once.",
        examples=[["order_id"]],
    )


class Permission(Part):
    """What the worker may do beyond its own queue, records, secrets and logs."""

    actions: list[str] = Field(
        min_length=1, description="IAM actions.", examples=[["s3:PutObject"]]
    )
    resources: list[str] = Field(
        min_length=1,
        description="ARNs; {project}, {environment}, {account} and {region} are filled in.",
    )


class Schedule(Part):
    """When a run of the job is enqueued by itself; exactly one of cron, rate and at."""

    name: str = Field(description="Names the schedule within the job.", examples=["nightly"])
    cron: str | None = Field(
        None,
        description=(
            "Six fields: minute hour day-of-month month day-of-week year; "
            "one of the two days is `?`."
        ),
        examples=["30 4 * * ? *"],
    )
    rate: str | None = Field(None, description="A number and a unit.", examples=["5 minutes"])
    at: str | None = Field(None, description="One moment.", examples=["2027-01-31T09:00:00"])
    timezone: str | None = Field(
        None,
        description="IANA time zone that cron and at are meant in; required for both.",
        examples=["Europe/Berlin"],
    )
    payload: dict[str, Any] = Field(default_factory=dict, description="The payload of each run.")
    enabled: bool = Field(default=True, description="Whether it fires.")
    overlap: Literal["allow", "skip"] = Field(
        "allow", description="Whether a run may begin while the one before it is unfinished."
    )
    max_age: Duration | None = Field(
        None,
        description="A run that could not begin so long after its time is dropped and counted.",
        examples=["2h"],
    )


class CommonSettings(Part):
    """What `defaults`, a job and an environment of either may set."""

    runtime: str | None = Field(None, description="Lambda runtime.", examples=["python3.13"])
    architecture: Literal["arm64", "x86_64"] | None = Field(
        None, description="Processor of the worker."
    )
    timeout: Duration | None = Field(
        None, description="Longest time one invocation may take; at most 15m."
    )
    memory_size: int | None = Field(
        None, description="Memory of the worker in MB; processor time grows with it."
    )
    visibility_timeout: Duration | None = Field(
        None,
        description=(
            "How long a received message is hidden from other workers. "
            "Under `defaults` a floor, under a job exact. "
            "Default: six times the timeout plus the batch window."
        ),
    )
    max_attempts: int | None = Field(
        None, description="Attempts before a message is dead-lettered."
    )
    concurrency: int | None = Field(None, description="How many invocations may run at once.")
    batch_size: int | None = Field(None, description="Most messages handed to one invocation.")
    batch_window: Duration | None = Field(None, description="How long to wait for a batch to fill.")
    delay: Duration | None = Field(
        None, description="How long every message waits before its first attempt."
    )
    message_retention: Duration | None = Field(
        None, description="How long an unprocessed message is kept."
    )
    dead_letter_retention: Duration | None = Field(
        None, description="How long a dead letter is kept."
    )
    backoff: Backoff | None = Field(None, description="Waits between attempts.")
    variables: dict[str, str] | None = Field(
        None,
        description=(
            "Environment variables; {project}, {environment}, {account} and {region} are filled in."
        ),
    )
    alarms: Alarms | None = Field(None, description="Alarm thresholds.")
    log_retention: Duration | None = Field(
        None, description="How long log lines are kept, in whole days."
    )


class DefaultsOverride(CommonSettings):
    """What `defaults` says about one environment."""

    idempotency: Retention | None = Field(None, description="How long keys are remembered.")


class Defaults(DefaultsOverride):
    """What holds for every job that does not say otherwise."""

    environments: dict[str, DefaultsOverride] = Field(
        default_factory=dict,
        description=(
            "What holds for every job in one environment; stronger than a job's plain value."
        ),
    )


class JobOverride(DefaultsOverride):
    """What one job says about one environment; the strongest word there is."""

    schedule: list[Schedule] | None = Field(None, description="Replaces the job's schedules.")


class Job(CommonSettings):
    """One background job."""

    description: str = Field(min_length=1, description="What the job does, in one sentence.")
    owner: str = Field(min_length=1, description="The team that is told when it fails.")
    payload: dict[str, Any] = Field(description="JSON Schema 2020-12 of the payload: an object.")
    idempotency: Idempotency = Field(description="What makes two messages the same job.")
    allow: list[Allowance] = Field(
        default_factory=list,
        description="Warnings about this job that are known and meant, each with its reason.",
    )
    contract: int = Field(1, ge=1, description="Version of the payload contract.")
    secrets: list[str] = Field(
        default_factory=list,
        description="Names of secrets the worker may read; created empty, filled by hand.",
    )
    enqueues: list[str] = Field(
        default_factory=list,
        description="Jobs that the handler enqueues; its worker may send to no other queue.",
        examples=[["send-receipt"]],
    )
    permissions: list[Permission] = Field(
        default_factory=list, description="IAM statements of the worker."
    )
    schedule: list[Schedule] | None = Field(
        None, description="When runs are enqueued by themselves."
    )
    environments: dict[str, JobOverride] = Field(
        default_factory=dict,
        description="What is different in one environment.",
    )


class Manifest(Part):
    """Every background job of one project."""

    version: Literal[1] = Field(description="Version of this file's format.")
    project: str = Field(description="First part of every resource name.", examples=["clarivum"])
    environments: list[str] = Field(
        min_length=1, description="Each is one Terraform root, `envs/<name>`."
    )
    account: Account = Field(
        default_factory=Account, description="Limits of the AWS accounts that jobs run in."
    )
    allow: list[Allowance] = Field(
        default_factory=list,
        description="Warnings about no single job that are known and meant, each with its reason.",
    )
    defaults: Defaults = Field(default_factory=Defaults, description="What holds for every job.")
    jobs: dict[str, Job] = Field(description="The jobs by name, in kebab-case.")
