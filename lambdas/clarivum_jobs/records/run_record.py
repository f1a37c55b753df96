"""What is written down about one message while it is worked on, and what if that fails."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clarivum_jobs.core import clients
from clarivum_jobs.records.children import note
from clarivum_jobs.records.idempotency import RecordStoreError

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

    from clarivum_jobs.contract.envelope import Envelope
    from clarivum_jobs.core.delivery import Delivery
    from clarivum_jobs.records.records import Attempt, Records


class RunRecord:
    """The record of one message's job, kept while this delivery lasts."""

    def __init__(
        self,
        records: "Records",
        logger: "Logger",
        delivery: "Delivery",
        envelope: "Envelope",
        payload: object,
    ) -> None:
        """Open the record.

        Args:
            records: Where it is kept.
            logger: Hears of what could not be written and is not worth another delivery.
            delivery: The message.
            envelope: What it says.
            payload: Its payload without sensitive values; none if it could not be read.
        """
        self._records, self._logger = records, logger
        self._delivery, self._envelope, self._payload = delivery, envelope, payload
        self._attempt: Attempt | None = None

    @property
    def number(self) -> int | None:
        """Number of the attempt under way, from 1; none if the work was not begun."""
        return self._attempt.number if self._attempt else None

    def begin(self) -> int:
        """Write down that an attempt begins, and return its number.

        Raises:
            AttemptsSpentError: The message has had all its attempts.
            DoneBeforeError: The work was done before.
            RecordStoreError: The table did not answer.
        """
        try:
            self._attempt = self._records.begin(self._delivery, self._envelope, self._payload)
        except clients.aws_errors() as error:
            raise RecordStoreError(done=False) from error
        return self._attempt.number

    def split_into(self, job: str, children: Iterable[str]) -> None:
        """Write down which jobs of `job` the work was split into, by their ids.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        kept = self._records
        note(kept.settings, kept.dynamodb, self._envelope.id, job, children)

    def end(self, code: str | None = None) -> None:
        """Write down how the attempt ended; what cannot be written, the next delivery completes."""
        if self._attempt is None:
            return
        try:
            self._records.end(self._attempt, self._envelope, code)
        except clients.aws_errors() as error:
            self._unwritten(error)

    def settle(self, *, ran: bool) -> None:
        """Make sure that the work is on record as done, before the message is acknowledged.

        Raises:
            RecordStoreError: It is not; the message must come back for it.
        """
        try:
            if not ran:
                self._records.repeated(self._envelope, self._payload)
            elif self._attempt is not None and not self._attempt.saved:
                self._records.end(self._attempt, self._envelope, None)
        except clients.aws_errors() as error:
            raise RecordStoreError(done=True) from error

    def was_begun(self) -> bool:
        """Whether an attempt at the work was made before.

        Raises:
            RecordStoreError: The table did not answer.
        """
        try:
            return self._records.was_begun(self._envelope)
        except clients.aws_errors() as error:
            raise RecordStoreError(done=False) from error

    def stale(self) -> None:
        """Write down that it was too late to begin, before the message is acknowledged.

        Raises:
            RecordStoreError: It is not on record; the message must come back for it.
        """
        try:
            self._records.stale(self._envelope)
        except clients.aws_errors() as error:
            raise RecordStoreError(done=False) from error

    def dead(self, code: str, reason: str) -> None:
        """Write down that the message lies in the dead-letter queue, where its reason is too."""
        try:
            self._records.dead(self._envelope, code, reason)
        except clients.aws_errors() as error:
            self._unwritten(error)

    def _unwritten(self, error: Exception) -> None:
        keys = {"job_id": self._envelope.id, "error_code": clients.error_code(error)}
        self._logger.warning("record not written", extra=keys)
