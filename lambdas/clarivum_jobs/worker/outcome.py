"""What becomes of a message after an attempt: acknowledged, parked or left to come back."""

import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from clarivum_jobs.core import backoff, clients
from clarivum_jobs.core.errors import JobsError
from clarivum_jobs.core.foreign import is_a, traceback_of
from clarivum_jobs.records.errors import AttemptsSpentError
from clarivum_jobs.worker.dead_letters import DeadLetter, park
from clarivum_jobs.worker.verdict import Dead, Retry, counts, verdict

if TYPE_CHECKING:
    from clarivum_jobs.contract.envelope import Envelope
    from clarivum_jobs.core.delivery import Delivery
    from clarivum_jobs.records.run_record import RunRecord
    from clarivum_jobs.worker.services import Services

_FRAMES = 4


class NotAcknowledgedError(JobsError):
    """The message stays in its queue and comes back."""


class Outcomes:
    """Ends attempts at one message, and says so in the log and the metrics."""

    def __init__(self, services: "Services", delivery: "Delivery") -> None:
        """Begin with a message that has not been read yet."""
        self.envelope: Envelope | None = None
        self.run_record: RunRecord | None = None
        self._services = services
        self._delivery = delivery

    def succeeded(self, how: Literal["ran", "repeated", "conflict"], seconds: float) -> None:
        """Acknowledge a message whose effect is recorded.

        Args:
            how: Whether this attempt did the work, or it had been done before: with the same
                content or with another, which a key that forgets a field would lose.
            seconds: How long it took.
        """
        if how == "ran":
            self._services.metrics.done(seconds)
            self._log("job done", outcome="done", duration_seconds=round(seconds, 3))
        elif how == "repeated":
            self._log("job duplicate", outcome="duplicate")
        else:
            self._services.metrics.conflicted()
            self._services.log.warning(
                "job duplicate with other content",
                **self._keys(),
                outcome="conflicting_duplicate",
            )

    def stale(self) -> None:
        """Acknowledge a message that came too late to begin."""
        self._services.metrics.skipped("stale")
        self._log("job stale", outcome="stale")

    @property
    def _number(self) -> int | None:
        return self.run_record.number if self.run_record else None

    def _attempts(self, error: Exception) -> int:
        """Return how many attempts at the work there were, as far as the table knows."""
        if self._number is not None:
            return self._number
        if is_a(error, AttemptsSpentError):
            return error.attempts
        return self.run_record.attempts() if self.run_record else 0

    def failed(self, error: Exception) -> None:
        """Park the message, or leave it to come back.

        Raises:
            NotAcknowledgedError: It comes back.
        """
        settings = self._services.settings
        decision = verdict(error, self._number, self._delivery, settings)
        if counts(error):
            self._services.metrics.failed()
        at = None if is_a(error, JobsError) else _place(error)
        retry = self._park(decision, error, at) if isinstance(decision, Dead) else decision
        if retry is not None:
            self._come_back(retry, at)

    def _park(self, dead: Dead, error: Exception, at: list[str] | None) -> Retry | None:
        """Send to the dead-letter queue first; only what arrived there is acknowledged."""
        services, settings = self._services, self._services.settings
        attempts = self._attempts(error)
        try:
            letter = DeadLetter(settings, self._delivery, self.envelope, attempts, dead)
            told = park(services.sqs, letter)
        except clients.aws_errors() as refused:
            code = clients.error_code(refused)
            keys = {**self._keys(), "error_code": code}
            services.log.error("dead letter not sent", **keys)  # noqa: TRY400 - ids and codes say more
            # The reason is on record: whoever receives the message next parks it with that, and
            # what SQS itself moves in the end is told by it.
            self._note_letter(dead)
            return Retry(backoff.outage_wait(self._delivery.receives), dead.code, dead.reason)
        if not told:
            self._note_letter(dead)
        if self.run_record is not None:
            self.run_record.dead(dead.code, dead.reason)
        services.metrics.parked()
        self._log("job dead", outcome="dead", error_code=dead.code, reason=dead.reason, at=at)
        return None

    def _note_letter(self, dead: Dead) -> None:
        """Keep the reason of a letter that does not bear it."""
        delivery, services = self._delivery, self._services
        try:
            services.records.note_letter(delivery.body, delivery.message_id, dead.code, dead.reason)
        except clients.aws_errors() as error:
            code = clients.error_code(error)
            services.log.warning("reason not recorded", **self._keys(), error_code=code)

    def _come_back(self, retry: Retry, at: list[str] | None) -> None:
        services = self._services
        try:
            services.sqs.change_message_visibility(
                QueueUrl=services.settings.queue_url,
                ReceiptHandle=self._delivery.receipt_handle,
                VisibilityTimeout=retry.wait,
            )
        except clients.aws_errors() as error:
            # The message comes back all the same, when the queue's own time is over.
            code = clients.error_code(error)
            services.log.warning("wait not set", **self._keys(), error_code=code)
        self._log(
            "job retry",
            outcome="retry",
            error_code=retry.code,
            reason=retry.reason,
            retry_in_seconds=retry.wait,
            at=at,
        )
        message = "the message comes back"
        raise NotAcknowledgedError(message) from None

    def _log(self, message: str, **fields: object) -> None:
        self._services.log.info(message, **self._keys(), **fields)

    def _keys(self) -> dict[str, object]:
        keys: dict[str, object] = {
            "message_id": self._delivery.message_id,
            "receives": self._delivery.receives,
        }
        if self._number is not None:
            keys["attempt"] = self._number
        if self.envelope is not None:
            keys["job_id"] = self.envelope.id
            keys["idempotency_key"] = self.envelope.idempotencykey
            keys["traceparent"] = self.envelope.traceparent
        return keys


def _place(error: Exception) -> list[str]:
    """Return where an error arose, innermost last. The lines' text is left out, not the message."""
    frames = traceback.extract_tb(traceback_of(error))[-_FRAMES:]
    return [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
