"""Parts of the manifest: what stands inside of settings and jobs, and what each word means.

Fields are None where nothing was written: which layer a value comes from is `resolve`'s question.
Descriptions and examples end up in the editor's hover text, in hints and in docs/manifest.md.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from generator.manifest.types import Day, Duration, Moment, Said


class Part(BaseModel):
    """A part of the manifest: unknown keys are refused, types are taken literally."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Backoff(Part):
    """How long a failed message waits before its next attempt."""

    base: Duration | None = Field(
        None,
        description="Longest wait before the second attempt; doubled for each further one.",
        examples=["10s"],
    )
    cap: Duration | None = Field(None, description="No wait is longer than this.", examples=["15m"])


class Alarms(Part):
    """When on-call hears of a job."""

    level: Literal["off", "quiet", "full"] | None = Field(
        None,
        description=(
            "Which alarms there are: `full`, `quiet` (what loses or stops work), or `off`, "
            "which only an environment for trying things out may have."
        ),
        examples=["quiet"],
    )

    oldest_message: Duration | None = Field(
        None,
        description=(
            "Alarm when the oldest waiting message is older. "
            "Default: two hours, or more where a message's attempts can take longer."
        ),
        examples=["2h"],
    )
    errors: int | None = Field(
        None,
        description="Alarm from this many crashed or timed-out invocations in five minutes.",
        examples=[1],
    )
    throttles: int | None = Field(
        None,
        description="Alarm from this many throttled invocations in five minutes.",
        examples=[1],
    )
    dead_letters: int | None = Field(
        None,
        description="Alarm from this many messages in the dead-letter queue.",
        examples=[1],
    )


class Expected(Part):
    """How much a job is expected to do: what its costs are estimated from."""

    messages: int | None = Field(
        None,
        ge=0,
        description="Messages a day, those of its schedules apart; none unless given.",
        examples=[2000],
    )
    worst_day: int | None = Field(
        None,
        ge=0,
        description="Messages on the worst day there may be; by default, ten times a usual one's.",
        examples=[50000],
    )
    duration_ms: int | None = Field(
        None,
        ge=1,
        description="Milliseconds that an attempt takes; a second unless given.",
        examples=[400],
    )
    attempts: float | None = Field(
        None,
        ge=1,
        description="Attempts that a message takes on average; 1 unless given.",
        examples=[1.1],
    )
    payload_bytes: int | None = Field(
        None,
        ge=1,
        le=1_048_576,
        description="Size of a message; 1,024 bytes unless given.",
        examples=[2048],
    )


class Retention(Part):
    """How long it is remembered that a job was done."""

    retention: Duration | None = Field(
        None,
        description="How long a key is remembered; by default, what both retentions add up to.",
        examples=["18d"],
    )


class Allowance(Part):
    """A warning that somebody has looked at."""

    rule: str = Field(
        description="Name of the rule, as the warning shows it in brackets.", examples=["dst-gap"]
    )
    reason: str = Field(
        min_length=1,
        description="Why the warning does not matter here.",
        examples=["A run at any hour is harmless."],
    )


class AllowedChange(Part):
    """A change that messages do not survive, or only in part, and that must be all the same."""

    rule: str = Field(
        min_length=1,
        description="Name of the gate's rule, as `compat` shows it in brackets.",
        examples=["job-removed"],
    )
    job: str | None = Field(
        None,
        description="The job it is about; left out if the verdict is about no single one.",
        examples=["send-invoice"],
    )
    reason: Said = Field(
        description="Why it may be.",
        examples=["Nothing sends to it any more, and both queues were empty on 2 December."],
    )
    owner: Said = Field(description="The team that answers for it.", examples=["growth"])
    until: Day = Field(
        description="The last day, in UTC, on which it is allowed.", examples=["2026-12-31"]
    )


class Account(Part):
    """What the AWS accounts of the environments have; raise it where AWS has raised it."""

    concurrency: int = Field(
        1000,
        ge=1,
        description="Concurrent executions of all functions of an account.",
        examples=[3000],
    )


class Idempotency(Retention):
    """What makes two messages the same job."""

    key: list[str] = Field(
        min_length=1,
        description="Payload fields that together name the effect; equal values run once.",
        examples=[["order_id"]],
    )
    on_conflict: Literal["tell", "park"] = Field(
        default="tell",
        description=(
            "What becomes of a message whose key was done before with other content: it is told "
            "and counted, or parked as a dead letter as well."
        ),
        examples=["park"],
    )


class Lifecycle(Part):
    """Where a job stands between its first deployment and its removal."""

    state: Literal["active", "paused", "draining", "retired"] = Field(
        description=(
            "`paused`: messages are taken and wait, and schedules rest. "
            "`draining`: nothing new is taken, schedules rest, and what waits is worked off. "
            "`retired`: as draining, without schedules, and AWS no longer refuses to delete its "
            "queues: the job will be removed."
        ),
        examples=["retired"],
    )
    until: Moment | None = Field(
        None,
        description="When a pause ends, before its messages expire; required if it is `paused`.",
        examples=["2026-12-31T18:00Z"],
    )
    why: Said | None = Field(
        None,
        description="Why it is not active; required if it is `paused`.",
        examples=["The provider migrates."],
    )


class FormerName(Part):
    """A name that a job had before; messages and producers may still know it."""

    name: str = Field(description="The name.", examples=["email-fulfillment"])
    state: Literal["active", "draining", "retired", "gone"] = Field(
        "active",
        description=(
            "Where its queues stand, as a job's `lifecycle` says it; `gone` once they are removed. "
            "The keys of its work are known all the same."
        ),
        examples=["draining"],
    )


class Permission(Part):
    """What the worker may do beyond its own queue, records, secrets and logs."""

    actions: list[str] = Field(
        min_length=1, description="IAM actions.", examples=[["s3:PutObject"]]
    )
    resources: list[str] = Field(
        min_length=1,
        description="ARNs; {project}, {environment}, {account} and {region} are filled in.",
        examples=[["arn:aws:s3:::{project}-{environment}-receipts/*"]],
    )
    conditions: dict[str, dict[str, list[str]]] = Field(
        default_factory=dict,
        description="IAM conditions: operator, key, and its values with the same placeholders.",
        examples=[{"StringEquals": {"ses:FromAddress": ["hello@clarivum.example"]}}],
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
    payload: dict[str, Any] = Field(
        default_factory=dict, description="The payload of each run.", examples=[{"section": "all"}]
    )
    enabled: bool = Field(default=True, description="Whether it fires.", examples=[False])
    overlap: Literal["allow", "skip"] = Field(
        "allow",
        description="Whether a run may begin while the one before it is unfinished.",
        examples=["skip"],
    )
    max_age: Duration | None = Field(
        None,
        description="A run that could not begin so long after its time is dropped and counted.",
        examples=["2h"],
    )
