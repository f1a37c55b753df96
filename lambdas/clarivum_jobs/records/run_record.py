"""What is on record of one message's work while a delivery of it lasts, and what if that fails."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from clarivum_jobs.core import clients
from clarivum_jobs.records.claim import Claim
from clarivum_jobs.records.errors import RecordStoreError
from clarivum_jobs.records.idempotency import Piece, once

if TYPE_CHECKING:
    from clarivum_jobs.contract.envelope import Envelope
    from clarivum_jobs.core.delivery import Delivery
    from clarivum_jobs.core.own_log import OwnLog
    from clarivum_jobs.records.claiming import Settled
    from clarivum_jobs.records.records import Records

How = Literal["ran", "repeated", "conflict", "stale"]


class RunRecord:
    """The record of one message's work, kept while this delivery lasts."""

    def __init__(
        self,
        records: "Records",
        log: "OwnLog",
        delivery: "Delivery",
        envelope: "Envelope",
    ) -> None:
        """Open the record.

        Args:
            records: Where it is kept.
            log: Hears of what could not be written and is not worth another delivery.
            delivery: The message.
            envelope: What it says.
        """
        self._records, self._log = records, log
        self._delivery, self._envelope = delivery, envelope
        self._claim = Claim(records, delivery, envelope)

    def of(self, payload: object) -> None:
        """Say what the work is: its payload without sensitive values, once it could be read."""
        self._claim.payload = json.dumps(payload, separators=(",", ":"), default=str)

    @property
    def number(self) -> int | None:
        """Number of the attempt under way or of the last one, from 1; none if none was begun."""
        item = self._claim.item
        return item.number or None if item else None

    def once(self, piece: Piece) -> How:
        """Do the work unless it is on record as done.

        Returns:
            Whether it ran now, or there was nothing to do: done before with the same content or
            with another, given up with a letter of this enqueue, or dropped as too late.

        Raises:
            InProgressError: It is being done at this moment.
            AttemptsSpentError: It has had its attempts.
            RecordStoreError: The table did not answer, or does not tell of this enqueue yet.
        """
        settled = once(self._claim, piece, self._log)
        if settled is None:
            self._tell_of_enqueue()
            return "ran"
        if settled.job_id != self._envelope.id:
            try:
                self._records.note(self._envelope, "duplicate" if settled.how == "done" else None)
            except clients.aws_errors() as error:
                raise RecordStoreError(done=True) from error
        if settled.how == "stale":
            return "stale"
        return "conflict" if settled.differs else "repeated"

    def attempts(self) -> int:
        """Return how many attempts at the work are on record; 0 if the table does not answer."""
        try:
            item = self._claim.item or self._records.read(self._claim.id)
        except clients.aws_errors():
            return 0
        return item.number if item else 0

    def split_into(self, job: str, children: Iterable[str]) -> None:
        """Write down which jobs of `job` the work was split into, by their ids.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        self._claim.split_into(job, children)

    def stale(self) -> bool:
        """Write down that the work is too late to begin; false if an attempt was begun before.

        Raises:
            RecordStoreError: It is not on record; the message must come back for it.
        """
        try:
            return self._dropped()
        except clients.aws_errors() as error:
            raise RecordStoreError(done=False) from error

    def dead(self, code: str, reason: str) -> None:
        """Write down that the message lies in the dead-letter queue, where its reason is too."""
        try:
            if self._claim.id in self._records.unsaved and self._claim.item:
                # The work itself was done: moved back, its letter must not do it again.
                self._claim.done(lambda: 0.0)
            elif not self._claim.dead(code, reason):
                self._records.note(self._envelope, "dead", code, reason)
            else:
                self._tell_of_enqueue()
        except (RecordStoreError, *clients.aws_errors()) as error:  # type: ignore[misc] # a tuple all the same
            self._unwritten(error)

    def _dropped(self) -> bool:
        found: Settled | None = self._claim.stale()
        if found is None:
            return True
        if found.how != "stale":
            return False
        if found.job_id != self._envelope.id:
            self._records.note(self._envelope, "stale")
        return True

    def _tell_of_enqueue(self) -> None:
        """Say which work an enqueue belongs to that was not the first to ask for it."""
        item = self._claim.item
        try:
            if item and item.job_id != self._envelope.id:
                self._records.note(self._envelope, None)
            elif self._delivery.replayed:
                self._records.forget(self._envelope)
        except clients.aws_errors() as error:
            self._unwritten(error)

    def _unwritten(self, error: Exception) -> None:
        keys = {"job_id": self._envelope.id, "error_code": clients.error_code(error)}
        self._log.warning("record not written", **keys)
