"""Effects once: Powertools runs the work between a claim and its completion, in our own item.

Its persistence layer is made to be subclassed. Here claiming begins the attempt, completing
records it, and giving up records how it failed: one write each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
    IdempotencyPersistenceLayerError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord

from clarivum_jobs.core import clients
from clarivum_jobs.records.claim import Claim
from clarivum_jobs.records.claiming import Settled, SettledError
from clarivum_jobs.records.errors import InProgressError, RecordStoreError

if TYPE_CHECKING:
    from clarivum_jobs.core.own_log import OwnLog

# Another machine's clock may be ahead by this much and must still find the lock closed.
CLOCK_SKEW = 5.0


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt failed.

    Attributes:
        code: Stable name of the error.
        reason: The error in words.
        final: Whether the message is parked next.
        counts: Whether it was an attempt at the work, and not cut off by what surrounds it.
    """

    code: str
    reason: str
    final: bool
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """What is to be done once.

    Attributes:
        content: Hash of its payload.
        do: Does it; takes the number of the attempt, from 1.
        judge: Says what a failure of it means.
        remaining: Returns the seconds until the invocation ends.
    """

    content: str
    do: Callable[[int], object]
    judge: Callable[[Exception], Ending]
    remaining: Callable[[], float]


def once(claim: Claim, piece: Piece, log: "OwnLog") -> Settled | None:
    """Do a piece of work unless it was done before.

    Args:
        claim: To be held while it is done.
        piece: The work; if it raises, the failure is recorded and the error passed on.
        log: Hears of a failure that could not be recorded; the next attempt completes that.

    Returns:
        Why nothing was to be done; none if the work was done now.

    Raises:
        InProgressError: It is being done at this moment.
        AttemptsSpentError: It has had its attempts; it is held, to be parked.
        RecordStoreError: The table did not answer.
    """
    layer = _Layer(claim, piece, log)
    config = IdempotencyConfig(
        raise_on_no_idempotency_key=True,
        lambda_context=_Deadline(piece.remaining),  # type: ignore[arg-type] # all of it that is read
    )
    guarded = idempotent_function(
        layer.perform, data_keyword_argument="key", persistence_store=layer, config=config
    )
    failure: Exception | None = None
    try:
        guarded(key=claim.id)
    except _WorkError as failed:
        failure = failed.error
    except IdempotencyAlreadyInProgressError:
        if layer.refused is None:
            raise
        raise layer.refused from None
    except IdempotencyPersistenceLayerError as error:
        cause = error.__cause__
        if isinstance(cause, clients.aws_errors()):
            raise RecordStoreError(done=False) from cause
        raise cause or error from None
    if failure is not None:
        raise failure  # here, where nothing is added to what it was raised from
    return layer.settled


class _WorkError(Exception):
    """The work raised an error, which is the handler's own even if it is one of Powertools."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class _Layer(BasePersistenceLayer):
    """One claim as a persistence layer of Powertools, used for one piece of work and then left."""

    def __init__(self, claim: Claim, piece: Piece, log: "OwnLog") -> None:
        super().__init__()  # type: ignore[no-untyped-call] # Powertools has no types there
        self.refused: InProgressError | None = None
        self.settled: Settled | None = None
        self._claim, self._piece, self._log = claim, piece, log

    def perform(self, *, key: str) -> None:
        """Do the work; nothing is returned, for the record holds no result of a handler."""
        if self._claim.item is None:
            # Somebody switched idempotency off for the whole function: no work without a claim.
            raise RecordStoreError(done=False)
        if key in self._claim.records.unsaved:
            return
        try:
            self._piece.do(self._claim.item.number)
        except Exception as error:
            raise _WorkError(error) from error

    def delete_record(self, data: dict[str, Any], exception: Exception) -> None:  # noqa: ARG002 - as in the base
        """Record how the work failed; what cannot be written, the next delivery completes."""
        error = exception.error if isinstance(exception, _WorkError) else exception
        ending = self._piece.judge(error)
        try:
            self._claim.failed(ending.code, ending.reason, final=ending.final, counts=ending.counts)
        except clients.aws_errors() as refused:
            keys = {"job_id": self._claim.envelope.id, "error_code": clients.error_code(refused)}
            self._log.warning("record not written", **keys)

    def _get_hashed_idempotency_key(self, data: Any) -> str:  # noqa: ANN401 - as in the base
        return str(data)

    def _put_record(self, data_record: DataRecord) -> None:
        """Claim the work and begin."""
        kind: Literal["INPROGRESS", "COMPLETED"]
        try:
            self._claim.begin(
                self._piece.content, int(data_record.in_progress_expiry_timestamp or 0)
            )
        except InProgressError as error:
            self.refused, kind = error, "INPROGRESS"
        except SettledError as error:
            self.settled, kind = error.settled, "COMPLETED"
        else:
            return
        raise IdempotencyItemAlreadyExistsError(
            old_data_record=DataRecord(data_record.idempotency_key, status=kind)
        )

    def _update_record(self, data_record: DataRecord) -> None:  # noqa: ARG002 - as in the base
        """Record that the work is done."""
        self._claim.done(self._piece.remaining)

    def _delete_record(self, data_record: DataRecord) -> None:
        """Delete nothing: `delete_record` says why, and the item stays."""

    def _get_record(self, idempotency_key: str) -> DataRecord:
        """Say that there is nothing more to read: a refused claim has told all that it knows."""
        raise IdempotencyItemNotFoundError(idempotency_key)


@dataclass(frozen=True)
class _Deadline:
    """The part of the Lambda context that ends a claim."""

    remaining: Callable[[], float]

    def get_remaining_time_in_millis(self) -> int:
        return round((self.remaining() + CLOCK_SKEW) * 1000)
