"""Delays longer than a message timer: a one-time schedule that puts the message on the queue.

The schedule is named from the idempotency key, so that asking twice makes one, and whoever can
name the work can cancel it. It goes straight to the queue and is deleted after it ran.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarivum_jobs.contract.envelope import Envelope, parse
from clarivum_jobs.core import clients
from clarivum_jobs.core.errors import EnqueueError, MessageTooLargeError, SettingsError
from clarivum_jobs.producer.batching import MAX_MESSAGE_BYTES
from clarivum_jobs.producer.results import Receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_scheduler import EventBridgeSchedulerClient

    from clarivum_jobs.core.settings import ProducerSettings

MAX_DELAY = 366 * 86_400

# A schedule's name has 64 characters at most.
_JOB_PART, _KEY_PART = 31, 32

# A schedule fires within the minute; AWS deletes it some time after.
_LATEST = dt.timedelta(seconds=90)

_TAKEN, _UNKNOWN = "ConflictException", "ResourceNotFoundException"


@dataclass(frozen=True, slots=True)
class DelayedSending:
    """Makes and cancels one-time schedules.

    Attributes:
        settings: Where schedules are made, and for which queues.
        scheduler: Returns the client; asked only when it is needed.
    """

    settings: "ProducerSettings"
    scheduler: "Callable[[], EventBridgeSchedulerClient]"

    def enqueue(self, job: str, envelope: Envelope, body: str, seconds: int) -> Receipt:
        """Let a message be put on its queue in `seconds`, to the minute.

        Returns:
            The receipt of the message; that of the earlier one if equal work is scheduled already.

        Raises:
            EnqueueError: The scheduler did not take it; asking again is safe.
            MessageTooLargeError: Escaped for the scheduler, it is larger than a message may be.
            SettingsError: The environment does not say how to schedule.
        """
        text = _escaped(body)
        if len(text) > MAX_MESSAGE_BYTES:
            limit = f"payload: {len(text)} bytes when delayed, at most {MAX_MESSAGE_BYTES} fit"
            raise MessageTooLargeError(job, (limit,))
        name = schedule_name(job, envelope.idempotencykey)
        moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
        try:
            self._create(name, job, moment, text)
        except clients.aws_errors() as error:
            if clients.error_code(error) != _TAKEN:
                raise EnqueueError(job, clients.error_code(error)) from error
            earlier = self._scheduled(job, name)
            if earlier is not None:
                return earlier
            self._replace(name, job, moment, text)
        return Receipt(envelope.id, "", envelope.idempotencykey, schedule=name)

    def cancel(self, job: str, key: str) -> bool:
        """Delete the schedule of a piece of work; false if there is none, or it has run.

        Raises:
            EnqueueError: The scheduler did not answer.
            SettingsError: The environment does not say how to schedule.
        """
        group = self._complete().schedule_group
        name = schedule_name(job, key)
        try:
            found = self.scheduler().get_schedule(Name=name, GroupName=group)
            if _is_due(found["ScheduleExpression"]):
                return False  # its message is on the way: a fired schedule stays for a while
            self.scheduler().delete_schedule(Name=name, GroupName=group)
        except clients.aws_errors() as error:
            if clients.error_code(error) == _UNKNOWN:
                return False
            raise EnqueueError(job, clients.error_code(error)) from error
        return True

    def _create(self, name: str, job: str, moment: dt.datetime, text: str) -> None:
        settings = self._complete()
        queue = f"{settings.queue_base_arn}{job}"
        self.scheduler().create_schedule(
            Name=name,
            GroupName=settings.schedule_group,
            ScheduleExpression=f"at({moment:%Y-%m-%dT%H:%M:%S})",
            ScheduleExpressionTimezone="UTC",
            FlexibleTimeWindow={"Mode": "OFF"},
            ActionAfterCompletion="DELETE",
            Target={
                "Arn": queue,
                "RoleArn": settings.schedule_role_arn,
                "Input": text,
                "DeadLetterConfig": {"Arn": f"{queue}-dlq"},
            },
        )

    def _scheduled(self, job: str, name: str) -> Receipt | None:
        """Return the receipt of what is scheduled under a name; none if that has fired."""
        try:
            found = self.scheduler().get_schedule(Name=name, GroupName=self.settings.schedule_group)
        except clients.aws_errors() as error:
            # It ran in between: asking again is answered by the record, or schedules anew.
            raise EnqueueError(job, clients.error_code(error)) from error
        if _is_due(found["ScheduleExpression"], _LATEST):
            return None
        envelope = parse(found["Target"]["Input"])
        return Receipt(envelope.id, "", envelope.idempotencykey, schedule=name)

    def _replace(self, name: str, job: str, moment: dt.datetime, text: str) -> None:
        """Make a schedule anew in the place of one that fired and is still there."""
        try:
            self.scheduler().delete_schedule(Name=name, GroupName=self.settings.schedule_group)
            self._create(name, job, moment, text)
        except clients.aws_errors() as error:
            raise EnqueueError(job, clients.error_code(error)) from error

    def _complete(self) -> "ProducerSettings":
        settings = self.settings
        needed = {
            "JOBS_SCHEDULE_GROUP": settings.schedule_group,
            "JOBS_SCHEDULE_ROLE_ARN": settings.schedule_role_arn,
            "JOBS_QUEUE_BASE_ARN": settings.queue_base_arn,
        }
        missing = [name for name, value in needed.items() if not value]
        if missing:
            message = f"a delay this long needs {', '.join(missing)} in the environment"
            raise SettingsError(message)
        return settings


def _is_due(expression: str, late: dt.timedelta = dt.timedelta()) -> bool:
    """Whether a one-time schedule's moment has come, and so much time since."""
    moment = dt.datetime.fromisoformat(expression.removeprefix("at(").removesuffix(")"))
    return dt.datetime.now(dt.UTC) >= moment.replace(tzinfo=dt.UTC) + late


def _escaped(body: str) -> str:
    """Return a body that the scheduler hands on as it is.

    It fills in `<aws.scheduler...>`, which a payload must not be able to ask for. Other signs stay:
    an escape takes six bytes, and a queue takes no more of them than the scheduler does.
    """
    return body.replace("<aws.", "\\u003caws.")


def schedule_name(job: str, key: str) -> str:
    """Return the name of the one-time schedule of a piece of work."""
    digest = hashlib.sha256(f"{job}#{key}".encode()).hexdigest()
    return f"{job[:_JOB_PART]}-{digest[:_KEY_PART]}"
