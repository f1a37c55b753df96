"""Runs that a schedule asks for: they are enqueued like everything else.

EventBridge Scheduler starts the function; the function puts the run on its own queue, where it
has the same attempts, limits and dead letters as any other job.
"""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clarivum_jobs.errors import JobsError
from clarivum_jobs.payload import Payload
from clarivum_jobs.producer import Producer
from clarivum_jobs.reading import read_strictly
from clarivum_jobs.results import Receipt
from clarivum_jobs.violations import violations


class ScheduledRun(BaseModel):
    """What a schedule sends.

    Attributes:
        schedule: Name of the schedule in the manifest.
        scheduled_time: When the run was due, as Scheduler writes it.
        schedule_arn: ARN of the schedule.
        payload: The payload of the run.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, hide_input_in_errors=True)

    schedule: str
    scheduled_time: str
    schedule_arn: str
    payload: dict[str, object] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of this one run: Scheduler tries it again under the same time, not the same id."""
        return f"schedule {self.schedule} ({self.schedule_arn}) at {self.scheduled_time}"


class ScheduleEventError(JobsError):
    """An event claims to come from a schedule and does not look like it."""


def enqueue_run(
    producer: Producer, model: type[Payload], event: Mapping[str, object]
) -> tuple[ScheduledRun, Receipt]:
    """Enqueue the run of a scheduler's event.

    Raises:
        ScheduleEventError: The event lacks something.
        InvalidPayloadError: The schedule's payload does not fit the job.
        EnqueueError: The queue did not take it; Lambda tries the event again.
    """
    try:
        run = ScheduledRun.model_validate(dict(event))
    except ValidationError as error:
        message = f"not a schedule's event: {'; '.join(violations(error, ScheduledRun))}"
        raise ScheduleEventError(message) from None
    payload = read_strictly(model, run.payload)
    return run, producer.enqueue(payload, key=run.name)
