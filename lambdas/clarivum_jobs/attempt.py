"""One attempt at one message, from its receive to the one thing that becomes of it.

Returning acknowledges the message; raising `NotAcknowledgedError` leaves it to come back. There
is no third way out, and nothing is acknowledged before its effect is recorded or it is parked.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from clarivum_jobs import traceparent
from clarivum_jobs.account import Account
from clarivum_jobs.context import JobContext
from clarivum_jobs.delivery import Delivery
from clarivum_jobs.envelope import Envelope, check_addressee, parse
from clarivum_jobs.errors import (
    EnvelopeError,
    HandlerExitError,
    InvalidPayloadError,
    SandboxEndedError,
)
from clarivum_jobs.handler_form import check_answer
from clarivum_jobs.idempotency import RecordStoreError, Work
from clarivum_jobs.keys import content_hash
from clarivum_jobs.observability import own_keys
from clarivum_jobs.outcome import Outcomes
from clarivum_jobs.pace import NoTimeError, Pace
from clarivum_jobs.payload import Payload
from clarivum_jobs.reading import read_tolerantly
from clarivum_jobs.records import DoneBeforeError
from clarivum_jobs.sensitive import hiding, sensitive_values
from clarivum_jobs.upcasting import NONE, Upcaster, upcast
from clarivum_jobs.verdict import error_name
from clarivum_jobs.visible import visible

if TYPE_CHECKING:
    from clarivum_jobs.services import Services

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

    def make(self, delivery: Delivery, remaining: Callable[[], float], pace: Pace) -> None:
        """Attempt one message.

        Args:
            delivery: The message.
            remaining: Seconds until the invocation is ended.
            pace: What is known of the batch so far.

        Raises:
            NotAcknowledgedError: The message shall come back.
        """
        outcomes = Outcomes(self.services, delivery)
        try:
            envelope = outcomes.envelope = parse(delivery.body)
            check_addressee(envelope, self.model.contract)
            outcomes.account = self._account(delivery, envelope, None)
            version, current = envelope.contractversion, self.model.contract.version
            data = upcast(envelope.data, version, current, self.upcasters)
            payload = read_tolerantly(self.model, data)
        except (EnvelopeError, InvalidPayloadError) as error:
            outcomes.failed(error)
            return
        span = traceparent.continued(envelope.traceparent)
        with hiding(sensitive_values(payload)), traceparent.within(span):
            outcomes.account = account = self._account(delivery, envelope, visible(payload))
            if envelope.stale and self._dropped(outcomes, account):
                return
            if not pace.allows(remaining()):
                outcomes.failed(NoTimeError())
                return
            began = time.monotonic()
            try:
                context = self._context(envelope, span, remaining)
                how = self._once(payload, context, account)
                account.settle(ran=how == "ran")
            except Exception as error:  # noqa: BLE001 - whatever a handler raises is judged there
                outcomes.failed(error)
            else:
                outcomes.succeeded(how, seconds=time.monotonic() - began)
            finally:
                pace.took(time.monotonic() - began)

    def _dropped(self, outcomes: Outcomes, account: Account) -> bool:
        """Drop what comes too late to begin; what was begun goes on to its end, done or dead."""
        try:
            if account.was_begun():
                return False
            account.stale()
        except RecordStoreError as error:
            outcomes.failed(error)
        else:
            outcomes.stale()
        return True

    def _once(
        self, payload: PayloadT, context: JobContext, account: Account
    ) -> Literal["ran", "repeated", "conflict"]:
        def work() -> None:
            # Under the claim: nobody else writes of this job now.
            try:
                number = account.begin()
            except DoneBeforeError:
                return  # and the claim is completed, which failed then
            try:
                secret = self.services.secrets.anew if number > 1 else context.secret
                self._handle(payload, replace(context, attempt=number, secret=secret))
            except Exception as error:
                account.end(error_name(error))
                raise
            account.end()

        asked = Work(context.idempotency_key, content_hash(payload.model_dump()))
        return self.services.ledger.once(asked, work, context.remaining_time)

    def _handle(self, payload: PayloadT, context: JobContext) -> None:
        keys = {"job_id": context.job_id, "attempt": context.attempt}
        try:
            with own_keys(context.logger), context.logger.append_context_keys(**keys):
                check_answer(self.handle(payload, context))
        except (Exception, SandboxEndedError):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever a handler raises is its own failure
            raise HandlerExitError(error) from None

    def _account(self, delivery: Delivery, envelope: Envelope, payload: object) -> Account:
        services = self.services
        return Account(services.records, services.logger, delivery, envelope, payload)

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
