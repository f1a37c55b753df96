"""One attempt at one message, from its receive to the one thing that becomes of it.

Returning acknowledges the message; raising `NotAcknowledgedError` leaves it to come back. There
is no third way out, and nothing is acknowledged before its effect is recorded or it is parked.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from clarivum_jobs.contract.envelope import Envelope, check_addressee, parse
from clarivum_jobs.contract.keys import content_hash
from clarivum_jobs.contract.payload import Payload
from clarivum_jobs.contract.reading import read_tolerantly
from clarivum_jobs.contract.upcasting import NONE, Upcaster, upcast
from clarivum_jobs.core import traceparent
from clarivum_jobs.core.context import JobContext
from clarivum_jobs.core.delivery import Delivery
from clarivum_jobs.core.errors import HandlerExitError, SandboxEndedError
from clarivum_jobs.core.foreign import is_a, kind_of
from clarivum_jobs.core.own_log import as_found
from clarivum_jobs.privacy.masking import masked
from clarivum_jobs.privacy.sensitive import hiding, sensitive_values
from clarivum_jobs.records.errors import ConflictingDuplicateError, RecordStoreError
from clarivum_jobs.records.idempotency import Ending, Piece
from clarivum_jobs.records.run_record import How, RunRecord
from clarivum_jobs.worker.handler_form import check_answer
from clarivum_jobs.worker.outcome import Outcomes
from clarivum_jobs.worker.surroundings import kept
from clarivum_jobs.worker.time_budget import NoTimeError, TimeBudget
from clarivum_jobs.worker.verdict import Dead, counts, verdict

if TYPE_CHECKING:
    from clarivum_jobs.worker.services import Services

PayloadT = TypeVar("PayloadT", bound=Payload)


@dataclass(frozen=True)
class Attempts(Generic[PayloadT]):
    """Makes attempts at the messages of one job.

    Attributes:
        model: The job's payload.
        handle: The job's handler.
        services: What they work with.
        upcasters: What brings older payloads up to date, by the version they take.
    """

    model: type[PayloadT]
    handle: Callable[[PayloadT, JobContext], object]
    services: "Services"
    upcasters: Mapping[int, Upcaster] = field(default_factory=lambda: NONE)

    def make(self, delivery: Delivery, remaining: Callable[[], float], budget: TimeBudget) -> None:
        """Attempt one message.

        Args:
            delivery: The message.
            remaining: Seconds until the invocation is ended.
            budget: What is known of the batch so far.

        Raises:
            NotAcknowledgedError: The message shall come back.
        """
        outcomes = Outcomes(self.services, delivery)
        try:
            envelope = outcomes.envelope = parse(delivery.body)
            check_addressee(envelope, self.services.settings.job, self.model.contract.version)
            outcomes.run_record = run_record = self._run_record(delivery, envelope)
            version, current = envelope.contractversion, self.model.contract.version
            data = upcast(envelope.data, version, current, self.upcasters)
            payload = read_tolerantly(self.model, data)
        except BaseException as error:  # noqa: BLE001 - foreign code may raise it, or a native library
            outcomes.failed(_judgeable(error))
            return
        span = traceparent.continued(envelope.traceparent)
        with hiding(sensitive_values(payload)), traceparent.within(span):
            run_record.of(masked(payload))
            if envelope.stale and self._dropped(outcomes, run_record):
                return
            if not budget.allows(remaining()):
                outcomes.failed(NoTimeError(budget.slowest))
                return
            began = time.monotonic()
            try:
                self.services.secrets.fetch()
                context = self._context(envelope, span, remaining)
                how = self._once(payload, context, run_record, delivery)
            except BaseException as error:  # noqa: BLE001 - whatever a handler raises is judged there
                outcomes.failed(_judgeable(error))
            else:
                if how == "stale":
                    outcomes.stale()
                else:
                    outcomes.succeeded(how, seconds=time.monotonic() - began)
            finally:
                budget.took(time.monotonic() - began)

    def _dropped(self, outcomes: Outcomes, run_record: RunRecord) -> bool:
        """Drop what comes too late to begin; what was begun goes on to its end, done or dead."""
        try:
            if not run_record.stale():
                return False
        except RecordStoreError as error:
            outcomes.failed(error)
        else:
            outcomes.stale()
        return True

    def _once(
        self, payload: PayloadT, context: JobContext, run_record: RunRecord, delivery: Delivery
    ) -> How:
        settings = self.services.settings

        def work(number: int) -> None:
            secret = self.services.secrets.anew if number > 1 else context.secret
            known = replace(
                context, attempt=number, secret=secret, split_into=run_record.split_into
            )
            self._handle(payload, known)

        def judge(error: Exception) -> Ending:
            end = verdict(error, run_record.number, delivery, settings)
            return Ending(end.code, end.reason, isinstance(end, Dead), counts(error))

        content = content_hash(payload.model_dump())
        how = run_record.once(Piece(content, work, judge, context.remaining_time))
        if how == "conflict" and settings.on_conflict == "park":
            raise ConflictingDuplicateError
        return how

    def _handle(self, payload: PayloadT, context: JobContext) -> None:
        keys = {"job_id": context.job_id, "attempt": context.attempt}
        failure: Exception | None = None
        with kept(), as_found(context.logger, **keys):
            try:
                check_answer(self.handle(payload, context))
            except BaseException as error:  # noqa: BLE001 - an exit, an interrupt, a panic ends one attempt
                failure = _judgeable(error)
        if failure is not None:
            raise failure  # not through the contexts, which write into what passes them

    def _run_record(self, delivery: Delivery, envelope: Envelope) -> RunRecord:
        return RunRecord(self.services.records, self.services.log, delivery, envelope)

    def _context(self, envelope: Envelope, span: str, remaining: Callable[[], float]) -> JobContext:
        settings = self.services.settings
        return JobContext(
            job=settings.job,
            job_id=envelope.id,
            idempotency_key=envelope.idempotencykey,
            attempt=0,  # known once the claim is held
            max_attempts=settings.max_attempts,
            traceparent=span,
            logger=self.services.logger,
            remaining_time=remaining,
            secret=self.services.secrets,
        )


def _judgeable(error: BaseException) -> Exception:
    """Return what ended an attempt as an `Exception`, which ends one attempt and no sandbox.

    Raises:
        SandboxEndedError: The sandbox is gone.
    """
    if is_a(error, SandboxEndedError):
        raise error
    return error if is_a(error, Exception) else HandlerExitError(kind_of(error))
