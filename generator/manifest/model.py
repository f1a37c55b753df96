"""What may be written in `jobs.yaml`: settings, jobs and the whole; its smaller parts stand aside.

Fields are None where nothing was written: which layer a value comes from is `resolve`'s question.
Descriptions and examples end up in the editor's hover text, in hints and in docs/manifest.md.
"""

from typing import Any, Literal

from pydantic import Field

from generator.manifest.parts import (
    Account,
    Alarms,
    Allowance,
    AllowedChange,
    Backoff,
    Expected,
    FormerName,
    Idempotency,
    Lifecycle,
    Part,
    Permission,
    Retention,
    Schedule,
)
from generator.manifest.types import Duration, Said

__all__ = [
    "Account",
    "Alarms",
    "Allowance",
    "AllowedChange",
    "Backoff",
    "CommonSettings",
    "Defaults",
    "DefaultsOverride",
    "Expected",
    "FormerName",
    "Idempotency",
    "Job",
    "JobOverride",
    "Lifecycle",
    "Manifest",
    "Part",
    "Permission",
    "Retention",
    "Schedule",
]


class CommonSettings(Part):
    """What `defaults`, a job and an environment of either may set."""

    compute: Literal["lambda", "fargate"] | None = Field(
        None, description="What runs the worker; Fargate is not there yet.", examples=["lambda"]
    )
    runtime: str | None = Field(None, description="Lambda runtime.", examples=["python3.13"])
    architecture: Literal["arm64", "x86_64"] | None = Field(
        None, description="Processor of the worker.", examples=["arm64"]
    )
    timeout: Duration | None = Field(
        None, description="Longest time one invocation may take.", examples=["30s"]
    )
    memory_size: int | None = Field(
        None,
        description="Memory of the worker in MB; processor time grows with it.",
        examples=[256],
    )
    ephemeral_storage: int | None = Field(
        None,
        description="Room under `/tmp` in MB, the only place that a worker can write to.",
        examples=[1024],
    )
    visibility_timeout: Duration | None = Field(
        None,
        description=(
            "How long a received message is hidden from other workers. "
            "Under `defaults` a floor, under a job exact. "
            "Default: six times the timeout plus the batch window."
        ),
        examples=["3m"],
    )
    max_attempts: int | None = Field(
        None, description="Attempts before a message is dead-lettered.", examples=[5]
    )
    concurrency: int | None = Field(
        None, description="How many invocations may run at once.", examples=[5]
    )
    reserved_concurrency: int | None = Field(
        None,
        description=(
            "Executions that the account keeps free for the job, and more than which it never has; "
            "none unless given."
        ),
        examples=[20],
    )
    batch_size: int | None = Field(
        None, description="Most messages handed to one invocation.", examples=[10]
    )
    batch_window: Duration | None = Field(
        None, description="How long to wait for a batch to fill.", examples=["5s"]
    )
    delay: Duration | None = Field(
        None,
        description="How long every message waits before its first attempt.",
        examples=["1m"],
    )
    message_retention: Duration | None = Field(
        None, description="How long an unprocessed message is kept.", examples=["4d"]
    )
    dead_letter_retention: Duration | None = Field(
        None, description="How long a dead letter is kept.", examples=["14d"]
    )
    backoff: Backoff | None = Field(
        None, description="Waits between attempts.", examples=[{"base": "10s", "cap": "15m"}]
    )
    variables: dict[str, str] | None = Field(
        None,
        description=(
            "Environment variables; {project}, {environment}, {account} and {region} are filled in."
        ),
        examples=[{"SITE_BUCKET": "{project}-{environment}-site"}],
    )
    alarms: Alarms | None = Field(
        None, description="Alarm thresholds.", examples=[{"oldest_message": "2h"}]
    )
    expected: Expected | None = Field(
        None,
        description="How much it is expected to do, for the estimate of its costs.",
        examples=[{"messages": 2000, "duration_ms": 400}],
    )
    log_retention: Duration | None = Field(
        None, description="How long log lines are kept, in whole days.", examples=["30d"]
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] | None = Field(
        None, description="The least important line that the worker logs.", examples=["INFO"]
    )
    log_format: Literal["Text", "JSON"] | None = Field(
        None,
        description="How Lambda writes its own lines; the worker's are JSON in both.",
        examples=["JSON"],
    )


class DefaultsOverride(CommonSettings):
    """What `defaults` says about one environment."""

    idempotency: Retention | None = Field(
        None, description="How long keys are remembered.", examples=[{"retention": "18d"}]
    )


class Defaults(DefaultsOverride):
    """What holds for every job that does not say otherwise."""

    environments: dict[str, DefaultsOverride] = Field(
        default_factory=dict,
        description=(
            "What holds for every job in one environment; stronger than a job's plain value."
        ),
        examples=[{"local": {"concurrency": 2}}],
    )


class JobOverride(DefaultsOverride):
    """What one job says about one environment; the strongest word there is."""

    schedule: list[Schedule] | None = Field(
        None, description="Replaces the job's schedules.", examples=[[]]
    )
    lifecycle: Lifecycle | None = Field(
        None, description="Where the job stands here.", examples=[{"state": "draining"}]
    )


class Job(CommonSettings):
    """One background job."""

    description: Said = Field(
        min_length=1,
        description="What the job does, in one sentence.",
        examples=["Mail a receipt."],
    )
    owner: Said = Field(
        min_length=1, description="The team that is told when it fails.", examples=["growth"]
    )
    payload: dict[str, Any] = Field(
        description="JSON Schema 2020-12 of the payload: an object.",
        examples=[{"type": "object", "properties": {"id": {"type": "string"}}}],
    )
    idempotency: Idempotency = Field(
        description="What makes two messages the same job.", examples=[{"key": ["order_id"]}]
    )
    allow: list[Allowance] = Field(
        default_factory=list,
        description="Warnings about this job that are known and meant, each with its reason.",
        examples=[[{"rule": "dst-gap", "reason": "One run less a year is harmless."}]],
    )
    contract: int = Field(1, ge=1, description="Version of the payload contract.", examples=[2])
    secrets: list[str] = Field(
        default_factory=list,
        description="Names of secrets the worker may read; created empty, filled by hand.",
        examples=[["crm-api-key"]],
    )
    enqueues: list[str] = Field(
        default_factory=list,
        description="Jobs that the handler enqueues; its worker may send to no other queue.",
        examples=[["send-receipt"]],
    )
    permissions: list[Permission] = Field(
        default_factory=list,
        description="IAM statements of the worker.",
        examples=[[{"actions": ["s3:PutObject"], "resources": ["arn:aws:s3:::receipts/*"]}]],
    )
    schedule: list[Schedule] | None = Field(
        None,
        description="When runs are enqueued by themselves.",
        examples=[[{"name": "nightly", "cron": "30 4 * * ? *", "timezone": "Europe/Berlin"}]],
    )
    lifecycle: Lifecycle | None = Field(
        None,
        description="Where the job stands; a job is removed after it was deployed as retired.",
        examples=[{"state": "retired"}],
    )
    renamed_from: list[FormerName] = Field(
        default_factory=list,
        description=(
            "Names that it had before, the first one first: their queues are still served, by the "
            "same code, and what was done under any of them is not done again."
        ),
        examples=[[{"name": "email-fulfillment"}]],
    )
    environments: dict[str, JobOverride] = Field(
        default_factory=dict,
        description="What is different in one environment.",
        examples=[{"prod": {"concurrency": 20}}],
    )


class Manifest(Part):
    """Every background job of one project."""

    version: Literal[1] = Field(description="Version of this file's format.", examples=[1])
    project: str = Field(description="First part of every resource name.", examples=["clarivum"])
    environments: list[str] = Field(
        min_length=1,
        description="Each is one Terraform root, `envs/<name>`.",
        examples=[["dev", "prod"]],
    )
    account: Account = Field(
        default_factory=Account,
        description="Limits of the AWS accounts that jobs run in.",
        examples=[{"concurrency": 3000}],
    )
    allow: list[Allowance] = Field(
        default_factory=list,
        description="Warnings about no single job that are known and meant, each with its reason.",
        examples=[[{"rule": "account-concurrency", "reason": "The account has 5,000."}]],
    )
    allowed_changes: list[AllowedChange] = Field(
        default_factory=list,
        description="Verdicts of `compat` that are known and meant, for a time.",
        examples=[
            [
                {
                    "rule": "job-removed",
                    "job": "send-invoice",
                    "reason": "Both queues are empty.",
                    "owner": "growth",
                    "until": "2026-12-31",
                }
            ]
        ],
    )
    budget: dict[str, float] = Field(
        default_factory=dict,
        description=("USD a month that an environment may cost by the estimate; more is refused."),
        examples=[{"prod": 60}],
    )
    defaults: Defaults = Field(
        default_factory=Defaults,
        description="What holds for every job.",
        examples=[{"max_attempts": 5}],
    )
    jobs: dict[str, Job] = Field(
        description="The jobs by name, in kebab-case.",
        examples=[{"send-receipt": {"owner": "growth", "timeout": "30s"}}],
    )
