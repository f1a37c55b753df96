"""What a producer calls: the functions send with what the environment says."""

from collections.abc import Iterable, Mapping

from clarivum_jobs.contract.payload import Payload
from clarivum_jobs.contract.reading import read_strictly
from clarivum_jobs.core import clients
from clarivum_jobs.core.errors import SettingsError
from clarivum_jobs.core.settings import ProducerSettings
from clarivum_jobs.producer.producer import Delay, Producer
from clarivum_jobs.producer.results import BatchResult, Receipt


def enqueue(
    payload: Payload,
    *,
    delay: Delay = 0,
    key: str | None = None,
    trace: str | None = None,
) -> Receipt:
    """Enqueue one payload for its job.

    Args:
        payload: What to do; its class names the job.
        delay: Seconds, or a time span, up to a year, before the work may begin. 0 leaves it to
            the queue. Up to 15 minutes it is a message timer; longer, a one-time schedule, of
            which there is one for equal work, to the minute.
        key: Name of this piece of work instead of the payload's key fields.
        trace: W3C `traceparent` of the request; without it, that of the job being worked on.

    Raises:
        InvalidPayloadError: The payload does not fit its contract; nothing was sent.
        JobClosedError: The job takes nothing new; nothing was sent.
        EnqueueError: The queue did not take it; sending again is safe.
        ValueError: The delay is negative or above a year.
        SettingsError: The environment does not say where the queues are, or in which region, or a
            handler's job may not enqueue this one.
    """
    return _producer().enqueue(payload, delay=delay, key=key, trace=trace)


def enqueue_many(
    payloads: Iterable[Payload], *, delay: Delay = 0, trace: str | None = None
) -> BatchResult:
    """Enqueue many payloads, of one job or of several, ten a call.

    Args:
        payloads: What to do.
        delay: As for `enqueue`, the same for all.
        trace: As for `enqueue`.

    Returns:
        A receipt or a failure for each; one that fails does not keep the others back.

    Raises:
        ValueError: The delay is negative or above a year.
        SettingsError: The environment does not say where the queues are, or in which region, or a
            handler's job may not enqueue this one.
    """
    return _producer().enqueue_many(payloads, delay=delay, trace=trace)


def cancel(payload: Payload, *, key: str | None = None) -> bool:
    """Cancel what was enqueued with a delay of more than 15 minutes and has not begun to run.

    Args:
        payload: As it was enqueued; its key fields suffice.
        key: As it was enqueued with.

    Returns:
        Whether it was cancelled; false if it is on its queue already, or never was scheduled.

    Raises:
        InvalidPayloadError: The payload does not fit its contract.
        EnqueueError: The scheduler did not answer.
        SettingsError: The environment does not say where schedules are, or a handler's job may
            not enqueue this one.
    """
    return _producer().cancel(payload, key=key)


def enqueue_json(
    model: type[Payload],
    document: Mapping[str, object],
    *,
    delay: Delay = 0,
    key: str | None = None,
    trace: str | None = None,
) -> Receipt:
    """Enqueue a payload that comes as plain JSON; otherwise as `enqueue`."""
    return enqueue(read_strictly(model, document), delay=delay, key=key, trace=trace)


def _producer() -> Producer:
    settings = ProducerSettings.from_environment()
    try:
        return Producer(settings, clients.sqs())
    except clients.aws_errors() as error:
        code = clients.error_code(error)
        message = f"boto3 makes no client with what the environment says: {code}"
        hint = "; set AWS_REGION" if code == "NoRegionError" else ""
        raise SettingsError(message + hint) from error
