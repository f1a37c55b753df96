"""Effects once: work runs under a record that Powertools keeps in the table.

The record is claimed before the work, by a conditional write, and completed after it. The claim
ends with the invocation, so that work whose sandbox died can be claimed again.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyPersistenceLayerError,
)

from clarivum_jobs.core.errors import JobsError

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord
    from mypy_boto3_dynamodb import DynamoDBClient

    from clarivum_jobs.core.settings import WorkerSettings

# Another machine's clock may be ahead by this much and must still find the lock closed.
CLOCK_SKEW = 5.0


class InProgressError(JobsError):
    """Another delivery with the same key is being worked on.

    Attributes:
        seconds: Until its claim ends at the latest.
        code: Stable name of the reason.
    """

    code = "in_progress"

    def __init__(self, seconds: int) -> None:
        """Remember how long the other claim lasts."""
        super().__init__("another delivery with the same key was still being worked on")
        self.seconds = seconds


class RecordStoreError(JobsError):
    """The record could not be claimed or completed.

    Attributes:
        code: `record_store` if the work was not begun, `record_not_saved` if it was done.
    """

    def __init__(self, *, done: bool) -> None:
        """Remember whether the work was done."""
        state = "the work was done, but" if done else "the work was not begun:"
        super().__init__(f"{state} its record could not be written")
        self.code = "record_not_saved" if done else "record_store"


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work.

    Attributes:
        key: Its idempotency key.
        content: Hash of its whole payload.
    """

    key: str
    content: str


class Ledger:
    """The records of one job's finished and running work."""

    def __init__(self, settings: "WorkerSettings", dynamodb: "DynamoDBClient") -> None:
        """Keep records in the table that `settings` names, under the job's name."""
        self._job = settings.job
        self._retention = settings.record_retention
        self._longest_claim = settings.visibility_timeout
        self._records = _Records(table_name=settings.table, boto3_client=dynamodb)

    def once(
        self, work: Work, do: Callable[[], object], remaining: Callable[[], float]
    ) -> Literal["ran", "repeated", "conflict"]:
        """Do the work unless work with this key was done before.

        Args:
            work: Which work it is.
            do: What to do; if it raises, the claim is given up and the error passed on.
            remaining: Seconds until the invocation ends.

        Returns:
            Whether it ran now, or had been done before: with the same content, or with another.

        Raises:
            InProgressError: It is being done at this moment.
            RecordStoreError: The table did not answer.
        """
        run = _Run(do)
        config = IdempotencyConfig(
            expires_after_seconds=self._retention,
            raise_on_no_idempotency_key=True,
            lambda_context=_Deadline(remaining),  # type: ignore[arg-type] # all of it that is read
        )
        guarded = idempotent_function(
            run.perform,
            data_keyword_argument="key",
            persistence_store=self._records,
            config=config,
            key_prefix=self._job,
        )
        self._records.content, self._records.differs = work.content, False
        try:
            guarded(key=work.key)
        except IdempotencyAlreadyInProgressError:
            raise InProgressError(self._claim_left(work.key)) from None
        except (IdempotencyPersistenceLayerError, IdempotencyInconsistentStateError) as error:
            if run.error is not None:
                # Only giving up the claim failed, and that ends by itself.
                raise run.error from None
            raise RecordStoreError(done=run.begun) from error
        if run.begun:
            return "ran"
        return "conflict" if self._records.differs else "repeated"

    def _claim_left(self, key: str) -> int:
        end = self._records.claim_ends.pop(f"{self._job}#{key}", None)
        if end is None:
            return self._longest_claim
        return max(1, math.ceil(end / 1000 - time.time()) + 1)


@dataclass
class _Run:
    """The work, and whether it ran."""

    do: Callable[[], object]
    begun: bool = False
    error: Exception | None = None

    def perform(self, *, key: str) -> None:  # noqa: ARG002 - Powertools reads the key by its name
        self.begun = True
        try:
            self.do()
        except Exception as error:
            self.error = error
            raise
        # Nothing is returned: the record holds no result, which could be anything.


@dataclass(frozen=True)
class _Deadline:
    """The part of the Lambda context that ends a claim."""

    remaining: Callable[[], float]

    def get_remaining_time_in_millis(self) -> int:
        return round((self.remaining() + CLOCK_SKEW) * 1000)


class _Records(DynamoDBPersistenceLayer):
    """Records under `<job>#<key>`, the key as it travels: whoever knows it finds the record."""

    def __init__(self, table_name: str, boto3_client: "DynamoDBClient") -> None:
        super().__init__(table_name=table_name, boto3_client=boto3_client)
        self.claim_ends: dict[str, int] = {}
        self.content = ""
        self.differs = False
        # The hash of the content is kept beside the claim, and compared by `_validate_payload`.
        self.payload_validation_enabled = True

    def _get_hashed_payload(self, data: Any) -> str:  # noqa: ANN401, ARG002 - as in the base
        return self.content

    def _validate_payload(
        self,
        data_payload: Any,  # noqa: ANN401, ARG002 - as in the base
        stored_data_record: "DataRecord",
    ) -> None:
        """Note whether the work that was asked for has another content than what is on record.

        The base would raise: it is for whoever acknowledges the message to say so.
        """
        self.differs = stored_data_record.payload_hash not in (None, "", self.content)

    def _get_hashed_idempotency_key(self, data: Any) -> str:  # noqa: ANN401 - as in the base
        return f"{self.function_name}#{data}"

    def _put_record(self, data_record: "DataRecord") -> None:
        try:
            super()._put_record(data_record)
        except IdempotencyItemAlreadyExistsError as taken:
            held = taken.old_data_record
            if held is not None and held.in_progress_expiry_timestamp is not None:
                self.claim_ends[data_record.idempotency_key] = int(
                    held.in_progress_expiry_timestamp
                )
            raise
