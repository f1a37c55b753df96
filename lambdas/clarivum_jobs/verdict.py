"""What becomes of a message that was not done: another attempt, or the dead-letter queue."""

from dataclasses import dataclass

from pydantic import ValidationError

from clarivum_jobs import backoff, clients
from clarivum_jobs.errors import EnvelopeError, InvalidPayloadError, PermanentError, RetryAfter
from clarivum_jobs.idempotency import InProgressError, RecordStoreError
from clarivum_jobs.pace import NoTimeError
from clarivum_jobs.sensitive import cleaned_text
from clarivum_jobs.settings import WorkerSettings

_LONGEST_REASON = 500

_HOPELESS = (PermanentError, EnvelopeError, InvalidPayloadError)

# Errors of this library, which name their own reason.
_CODED = (*_HOPELESS, RetryAfter, RecordStoreError, InProgressError, NoTimeError)


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


def verdict(error: Exception, attempt: int, settings: WorkerSettings) -> Retry | Dead:
    """Judge what ended an attempt; nothing in the answer shows a value that is being hidden."""
    code, reason = _code(error), _reason(error)
    if isinstance(error, _HOPELESS) or attempt >= settings.max_attempts:
        return Dead(code, reason)
    return Retry(_wait(error, attempt, settings), code, reason)


def _wait(error: Exception, attempt: int, settings: WorkerSettings) -> int:
    if isinstance(error, NoTimeError):
        return 0
    if isinstance(error, InProgressError):
        # Until the lock ends, however long: coming back earlier would only use up an attempt.
        return max(1, min(error.seconds, backoff.MAX_WAIT))
    if isinstance(error, RetryAfter):
        return backoff.asked_wait(error.seconds, cap=settings.backoff_cap)
    return backoff.wait(attempt, base=settings.backoff_base, cap=settings.backoff_cap)


def _code(error: Exception) -> str:
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
