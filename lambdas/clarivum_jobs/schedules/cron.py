"""Runs that a schedule asks for: they are enqueued like everything else.

EventBridge Scheduler starts the function; the function puts the run on its own queue, where it
has the same attempts, limits and dead letters as any other job.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clarivum_jobs.contract.keys import named_key
from clarivum_jobs.contract.payload import Payload
from clarivum_jobs.contract.reading import read_strictly
from clarivum_jobs.contract.violations import violations
from clarivum_jobs.core.errors import JobsError
from clarivum_jobs.producer.producer import Producer
from clarivum_jobs.producer.results import Receipt
from clarivum_jobs.schedules.overlap import Overlap


class ScheduledRun(BaseModel):
    """What a schedule sends.

    Attributes:
        schedule: Name of the schedule in the manifest.
        scheduled_time: When the run was due, as Scheduler writes it.
        schedule_arn: ARN of the schedule.
        payload: The payload of the run.
        overlap: Whether it may be enqueued while the run before it is unfinished.
        max_age: Seconds after which it is not worth beginning any more; 0 for no limit.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, hide_input_in_errors=True)

    schedule: str
    scheduled_time: str
    schedule_arn: str
    payload: dict[str, object] = Field(default_factory=dict)
    overlap: Literal["allow", "skip"] = "allow"
    max_age: int = Field(default=0, ge=0)

    @property
    def name(self) -> str:
        """Name of this one run: Scheduler tries it again under the same time, not the same id."""
        return f"schedule {self.schedule} ({self.schedule_arn}) at {self.scheduled_time}"

    @property
    def ends(self) -> dt.datetime | None:
        """After when the run must not begin any more; none without a limit."""
        if not self.max_age:
            return None
        try:
            due = dt.datetime.fromisoformat(self.scheduled_time)
            due = due if due.tzinfo else due.replace(tzinfo=dt.UTC)  # Scheduler writes UTC
            return due + dt.timedelta(seconds=self.max_age)
        except (ValueError, OverflowError):
            return None  # an emulator does not fill the time in; nobody lives to see such an age


class ScheduleEventError(JobsError):
    """An event claims to come from a schedule and does not look like it.

    Attributes:
        code: Stable name of the reason.
    """

    code = "invalid_schedule_event"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A run that was not enqueued.

    Attributes:
        why: `stale` or `overlap`.
    """

    why: Literal["stale", "overlap"]


def enqueue_run(
    producer: Producer, overlap: Overlap, model: type[Payload], event: Mapping[str, object]
) -> tuple[ScheduledRun, Receipt | Skipped]:
    """Enqueue the run of a scheduler's event, unless its schedule says otherwise.

    Raises:
        ScheduleEventError: The event lacks something.
        InvalidPayloadError: The schedule's payload does not fit the job.
        EnqueueError: The queue did not take it; Lambda tries the event again.
        ClientError: The table did not answer; likewise.
        BotoCoreError: The table could not be reached; likewise.
    """
    try:
        run = ScheduledRun.model_validate(dict(event))
    except ValidationError as error:
        message = f"not a schedule's event: {'; '.join(violations(error, ScheduledRun))}"
        raise ScheduleEventError(message) from None
    payload = read_strictly(model, run.payload)
    if run.ends and dt.datetime.now(dt.UTC) > run.ends:
        return run, Skipped("stale")
    if run.overlap == "allow":
        return run, producer.enqueue(payload, key=run.name, not_after=run.ends)
    if overlap.blocked(run.schedule, named_key(run.name)):
        return run, Skipped("overlap")
    receipt = producer.enqueue(payload, key=run.name, not_after=run.ends)
    overlap.remember(run.schedule, receipt)
    return run, receipt
