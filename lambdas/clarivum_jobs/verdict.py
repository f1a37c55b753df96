"""What becomes of a message that was not done: another attempt, or the dead-letter queue."""

from dataclasses import dataclass

from pydantic import ValidationError

from clarivum_jobs import backoff, clients
from clarivum_jobs.errors import EnvelopeError, InvalidPayloadError, PermanentError, RetryAfter
from clarivum_jobs.idempotency import InProgressError, RecordStoreError
from clarivum_jobs.pace import NoTimeError
from clarivum_jobs.records import AttemptsSpentError
from clarivum_jobs.sensitive import cleaned_text
from clarivum_jobs.settings import WorkerSettings

_LONGEST_REASON = 500

_HOPELESS = (PermanentError, EnvelopeError, InvalidPayloadError, AttemptsSpentError)
_SURROUNDINGS = (InProgressError, NoTimeError, RecordStoreError)

# Errors of this library, which name their own reason.
_CODED = (*_HOPELESS, *_SURROUNDINGS, RetryAfter)


@dataclass(frozen=True, slots=True)
class Retry:
    """The message comes back after `wait` seconds."""

    wait: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dead:
    """The message is parked in the dead-letter queue."""

    code: str
    reason: str


def verdict(
    error: Exception, attempt: int | None, receives: int, settings: WorkerSettings
) -> Retry | Dead:
    """Judge what ended an attempt; nothing in the answer shows a value that is being hidden.

    Args:
        error: What ended it.
        attempt: Number of the attempt, from 1; none if the work was not begun.
        receives: How often the message has been received.
        settings: The worker's.
    """
    code, reason = error_name(error), _reason(error)
    # What kept the work from beginning, or from being recorded, says nothing about the work.
    spent = attempt is not None and not isinstance(error, _SURROUNDINGS)
    if (
        isinstance(error, _HOPELESS)
        or (spent and attempt is not None and attempt >= settings.max_attempts)
        or receives >= settings.max_receives  # SQS would move it next time, without a reason
    ):
        return Dead(code, reason)
    return Retry(_wait(error, attempt or receives, settings), code, reason)


def _wait(error: Exception, attempt: int, settings: WorkerSettings) -> int:
    if isinstance(error, NoTimeError):
        return 0
    if isinstance(error, InProgressError):
        # Until the claim ends, and a while longer each time: several that wait for one would
        # otherwise come back together and find the next of them at work.
        more = backoff.wait(attempt, base=settings.backoff_base, cap=settings.backoff_cap)
        return max(error.seconds, min(error.seconds + more, backoff.MAX_WAIT))
    if isinstance(error, RetryAfter):
        return backoff.asked_wait(error.seconds, cap=settings.backoff_cap)
    return backoff.wait(attempt, base=settings.backoff_base, cap=settings.backoff_cap)


def error_name(error: Exception) -> str:
    """Return the stable name of an error, as it stands in logs, records and dead letters."""
    if isinstance(error, _CODED):
        return error.code
    return clients.error_code(error)


def _reason(error: Exception) -> str:
    kind = type(error).__name__
    if isinstance(error, ValidationError):
        # Its text quotes the input, which need not be this job's payload.
        text = f"{kind}: {error.error_count()} values do not fit {error.title}"
    elif isinstance(error, _CODED):
        text = str(error)
    else:
        text = f"{kind}: {error}" if str(error) else kind
    return cleaned_text(text)[:_LONGEST_REASON]
