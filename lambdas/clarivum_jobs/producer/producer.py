"""The one way in: every message is validated, keyed and enveloped here, whoever sends it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import JsonValue, ValidationError
from pydantic_core import PydanticSerializationError

from clarivum_jobs.contract.data_form import TooDeepError, in_data_form
from clarivum_jobs.contract.envelope import Envelope, job_type, new_id
from clarivum_jobs.contract.keys import canonical_json, named_key, payload_key
from clarivum_jobs.contract.payload import Payload, attributes_of
from clarivum_jobs.contract.violations import violations
from clarivum_jobs.core import clients, traceparent
from clarivum_jobs.core.errors import (
    EnqueueError,
    InvalidPayloadError,
    JobClosedError,
    MessageTooLargeError,
)
from clarivum_jobs.core.settings import ProducerSettings
from clarivum_jobs.producer import batching
from clarivum_jobs.producer.delayed_sending import MAX_DELAY, DelayedSending
from clarivum_jobs.producer.results import BatchResult, Failure, Receipt

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_sqs import SQSClient

MAX_TIMER = 900
"""Seconds that a message timer can wait; beyond, a schedule does."""

Delay = dt.timedelta | int


@dataclass(frozen=True)
class Producer:
    """Sends to the queues of one environment.

    Attributes:
        settings: Where the queues are and who is sending.
        sqs: Client for them.
        scheduler: Returns the client for delays longer than a message timer.
    """

    settings: ProducerSettings
    sqs: "SQSClient"
    scheduler: "Callable[[], EventBridgeSchedulerClient]" = clients.scheduler

    def enqueue(
        self,
        payload: Payload,
        *,
        delay: Delay = 0,
        key: str | None = None,
        trace: str | None = None,
        not_after: dt.datetime | None = None,
    ) -> Receipt:
        """Enqueue one payload; see the function of this name.

        What is not begun by `not_after` is dropped by the worker, and counted.
        """
        seconds = _seconds(delay)
        envelope, body = self._message(payload, key, trace, not_after)
        job = payload.contract.name
        if seconds > MAX_TIMER:
            return self._delayed.enqueue(job, envelope, body, seconds)
        try:
            if seconds:
                answer = self.sqs.send_message(
                    QueueUrl=self._queue_url(job), MessageBody=body, DelaySeconds=seconds
                )
            else:
                # Zero would overrule the queue's own delay.
                answer = self.sqs.send_message(QueueUrl=self._queue_url(job), MessageBody=body)
        except clients.aws_errors() as error:
            raise EnqueueError(job, clients.error_code(error)) from error
        return Receipt(envelope.id, answer["MessageId"], envelope.idempotencykey)

    def enqueue_many(
        self, payloads: Iterable[Payload], *, delay: Delay = 0, trace: str | None = None
    ) -> BatchResult:
        """Enqueue many payloads; see the function of this name."""
        seconds = _seconds(delay)
        failed: dict[int, Failure] = {}
        envelopes: dict[int, Envelope] = {}
        jobs: dict[str, list[batching.Entry]] = {}
        for index, payload in enumerate(payloads):
            job = payload.contract.name
            try:
                envelopes[index], body = self._message(payload, None, trace)
            except (InvalidPayloadError, JobClosedError) as error:
                failed[index] = Failure(index, job, error.code, str(error))
            else:
                jobs.setdefault(job, []).append(batching.Entry(index, body, seconds))
        accepted: dict[int, Receipt] = {}
        if seconds > MAX_TIMER:
            return self._schedule_many(jobs, envelopes, failed)
        for job, entries in jobs.items():
            for index, result in batching.send(self.sqs, self._queue_url(job), entries).items():
                if isinstance(result, batching.Sent):
                    envelope = envelopes[index]
                    accepted[index] = Receipt(
                        envelope.id, result.message_id, envelope.idempotencykey
                    )
                else:
                    reason = str(EnqueueError(job, result.code))
                    failed[index] = Failure(index, job, result.code, reason)
        return _in_order(accepted, failed)

    def cancel(self, payload: Payload, *, key: str | None = None) -> bool:
        """Cancel what waits in a schedule; see the function of this name."""
        contract = payload.contract
        self.settings.allow(contract.name)
        _document(payload)  # what could not be enqueued cannot be cancelled either
        return self._delayed.cancel(contract.name, _key(payload, key))

    @property
    def _delayed(self) -> DelayedSending:
        return DelayedSending(self.settings, self.scheduler)

    def _schedule_many(
        self,
        jobs: Mapping[str, list[batching.Entry]],
        envelopes: Mapping[int, Envelope],
        failed: dict[int, Failure],
    ) -> BatchResult:
        """Make one schedule each, several at a time: the scheduler knows no batches."""

        def one(item: tuple[str, batching.Entry]) -> Receipt | Failure:
            job, entry = item
            try:
                return self._delayed.enqueue(job, envelopes[entry.index], entry.body, entry.delay)
            except (EnqueueError, MessageTooLargeError) as error:
                return Failure(entry.index, job, error.code, str(error))

        accepted: dict[int, Receipt] = {}
        items = [(job, entry) for job, entries in jobs.items() for entry in entries]
        for (_, entry), result in zip(items, batching.side_by_side(one, items), strict=True):
            if isinstance(result, Receipt):
                accepted[entry.index] = result
            else:
                failed[entry.index] = result
        return _in_order(accepted, failed)

    def _queue_url(self, job: str) -> str:
        return f"{self.settings.queue_base_url}{job}"

    def _message(
        self,
        payload: Payload,
        key: str | None,
        trace: str | None,
        not_after: dt.datetime | None = None,
    ) -> tuple[Envelope, str]:
        contract = payload.contract
        self.settings.admit(contract.name)
        document, written = _document(payload)
        envelope = Envelope(
            id=new_id(),
            source=self.settings.source,
            type=job_type(contract.name),
            idempotencykey=_key(payload, key),
            traceparent=traceparent.continued(trace),
            contractversion=contract.version,
            notafter=not_after,
            data=document,
        )
        body = envelope.to_json(written)
        if len(body) > batching.MAX_MESSAGE_BYTES:
            limit = f"payload: {len(body)} bytes, at most {batching.MAX_MESSAGE_BYTES} fit"
            raise MessageTooLargeError(contract.name, (limit,))
        return envelope, body


def _in_order(accepted: Mapping[int, Receipt], failed: Mapping[int, Failure]) -> BatchResult:
    return BatchResult(
        accepted=tuple(accepted[index] for index in sorted(accepted)),
        failed=tuple(failed[index] for index in sorted(failed)),
    )


def _document(payload: Payload) -> tuple[dict[str, JsonValue], str]:
    """Return the payload as JSON and as its text, proven to be one that the worker will take."""
    job = payload.contract.name
    try:
        # Again, although it was checked when made: `model_construct` and a list changed since
        # then get past that. Warnings would quote values, so they are errors.
        document = in_data_form(payload.model_dump(mode="json", warnings="error"))
        written = canonical_json(document)
        type(payload).model_validate_json(written, by_alias=True, by_name=False)
    except ValidationError as error:
        raise InvalidPayloadError(job, violations(error, type(payload))) from None
    except TooDeepError as error:
        raise InvalidPayloadError(job, (f"payload: {error}",)) from None
    except (PydanticSerializationError, AttributeError, ValueError):
        raise InvalidPayloadError(job, ("payload: was made without validation",)) from None
    return document, written


def _key(payload: Payload, name: str | None) -> str:
    """Return the key of a payload that was checked, or that of its name."""
    if name is not None:
        return named_key(name)
    attributes, names = attributes_of(type(payload)), payload.contract.key
    # What is no field of its own stands among the others of an open payload.
    keyed = {attributes[name] for name in names} if attributes.keys() >= set(names) else None
    return payload_key(payload.contract, payload.model_dump(include=keyed))


def _seconds(delay: Delay) -> int:
    seconds = delay.total_seconds() if isinstance(delay, dt.timedelta) else delay
    check_delay(seconds)
    return -int(-seconds // 1)


def check_delay(seconds: float) -> None:
    """Return if work may wait so long.

    Raises:
        ValueError: The delay is negative or above a year.
    """
    if not 0 <= seconds <= MAX_DELAY:
        message = f"delay must be 0 to {MAX_DELAY} seconds, not {seconds:g}"
        raise ValueError(message)
