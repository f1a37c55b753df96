"""The entry point of a job's function.

A handler does one job for one payload. Everything around it is decided here: which messages of a
batch are acknowledged, which come back and when, and which are parked. A handler cannot lose a
message by what it returns.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from clarivum_jobs.contract.payload import Payload
from clarivum_jobs.contract.upcasting import NONE, Upcaster
from clarivum_jobs.core.context import JobContext
from clarivum_jobs.core.delivery import Delivery
from clarivum_jobs.core.errors import JobsError
from clarivum_jobs.core.foreign import foreign
from clarivum_jobs.privacy.output import end_lines, guard_output
from clarivum_jobs.schedules.cron import Skipped, enqueue_run
from clarivum_jobs.schedules.redelivered import schedule_event
from clarivum_jobs.worker.attempt import Attempts
from clarivum_jobs.worker.batch import Batch
from clarivum_jobs.worker.handler_form import check_handler
from clarivum_jobs.worker.outcome import Outcomes
from clarivum_jobs.worker.services import Services
from clarivum_jobs.worker.time_budget import TimeBudget

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

PayloadT = TypeVar("PayloadT", bound=Payload)


class UnknownEventError(JobsError):
    """The function was started by something that is neither its queue nor a schedule."""


class Worker(Generic[PayloadT]):
    """Runs one job's handler for what its queue and its schedules bring."""

    def __init__(
        self,
        model: type[PayloadT],
        handle: Callable[[PayloadT, JobContext], object],
        services: Services | None = None,
        upcasters: Mapping[int, Upcaster] = NONE,
    ) -> None:
        """Prepare to run `handle`.

        Args:
            model: The job's payload.
            handle: The job's handler. Returning means done, whatever it returns; `PermanentError`
                parks the message; `RetryAfter` and everything else bring it back later.
            services: What to work with; by default what the environment says, on first use.
            upcasters: What brings older payloads up to date, by the version they take.

        Raises:
            UnsuitableHandlerError: The handler is asynchronous or a generator.
        """
        check_handler(handle)
        self._model = model
        self._handle = handle
        self._services = services
        self._upcasters = upcasters

    def __call__(self, event: Mapping[str, Any], context: "LambdaContext") -> dict[str, Any]:
        """Handle an event of the job's queue or of one of its schedules.

        Returns:
            For a queue's event the messages that are not acknowledged, as Lambda wants it; for a
            schedule's the ids of what was enqueued.

        Raises:
            UnknownEventError: The event is of neither kind.
            SettingsError: The environment lacks something.
        """
        guard_output()
        if self._services is None:
            self._services = Services.from_environment()
        try:
            if "Records" in event:
                return self._work(event, context, self._services)
            if "schedule" in event:
                return self._enqueue(event, self._services)
        finally:
            # Whatever a handler did to the standard output, the answer of the run stands.
            foreign(end_lines, otherwise=None)
            foreign(self._services.metrics.flush, otherwise=None)
        message = "expected an event with `Records` or `schedule`"
        raise UnknownEventError(message)

    def _work(
        self, event: Mapping[str, Any], context: "LambdaContext", services: Services
    ) -> dict[str, Any]:
        attempts = Attempts(self._model, self._handle, services, self._upcasters)
        budget = TimeBudget()

        def remaining() -> float:
            return context.get_remaining_time_in_millis() / 1000

        def attempt(delivery: Delivery) -> None:
            run = schedule_event(delivery.body)
            if run is None:
                attempts.make(delivery, remaining, budget)
            else:
                self._enqueue_again(run, delivery, services)

        deliveries = [Delivery.of(record) for record in event["Records"]]
        stay = Batch(services, attempt).work(deliveries)
        return {"batchItemFailures": [{"itemIdentifier": name} for name in stay]}

    def _enqueue_again(
        self, event: Mapping[str, Any], delivery: Delivery, services: Services
    ) -> None:
        """Enqueue the run of a schedule's dead letter that was moved back, under its usual key."""
        try:
            self._enqueue(event, services)
        except Exception as error:  # noqa: BLE001 - judged like whatever ends an attempt
            Outcomes(services, delivery).failed(error)

    def _enqueue(self, event: Mapping[str, Any], services: Services) -> dict[str, Any]:
        run, receipt = enqueue_run(services.producer, services.overlap, self._model, event)
        services.metrics.run_came(run.schedule)
        which = {"schedule": run.schedule, "scheduled_time": run.scheduled_time}
        if isinstance(receipt, Skipped):
            services.metrics.skipped(receipt.why)
            services.log.info("schedule skipped", **which, outcome=receipt.why)
            return {"skipped": receipt.why}
        services.log.info(
            "schedule enqueued",
            **which,
            job_id=receipt.job_id,
            message_id=receipt.message_id,
            idempotency_key=receipt.idempotency_key,
        )
        return {"job_id": receipt.job_id, "message_id": receipt.message_id}
