"""What becomes of a message that was not done: another attempt, or the dead-letter queue."""

import re
from dataclasses import dataclass

from pydantic import ValidationError

from clarivum_jobs.core import backoff, clients
from clarivum_jobs.core.errors import (
    EnvelopeError,
    HandlerExitError,
    HandlerNotRunError,
    InvalidPayloadError,
    PermanentError,
    RetryAfter,
)
from clarivum_jobs.core.settings import WorkerSettings
from clarivum_jobs.privacy.sensitive import cleaned_text
from clarivum_jobs.records.errors import AttemptsSpentError, InProgressError, RecordStoreError
from clarivum_jobs.worker.time_budget import NoTimeError

_LONGEST_REASON = 500
_LONGEST_CODE = 100

# Of a longer text nothing behind this is looked at: no reason is as long.
_MOST_READ = 20_000

# A code is a name: it stands in attributes, records and queries.
_UNFIT = re.compile(r"[^A-Za-z0-9_.:\[\]-]")

_HOPELESS = (PermanentError, EnvelopeError, InvalidPayloadError, AttemptsSpentError)
_SURROUNDINGS = (InProgressError, NoTimeError, RecordStoreError)

# Errors of this library, which name their own reason.
_CODED = (*_HOPELESS, *_SURROUNDINGS, HandlerExitError, HandlerNotRunError, RetryAfter)


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
        asked = backoff.asked_wait(getattr(error, "seconds", None), cap=settings.backoff_cap)
        if asked is not None:
            return asked
    return backoff.wait(attempt, base=settings.backoff_base, cap=settings.backoff_cap)


def error_name(error: Exception) -> str:
    """Return the stable name of an error, as it stands in logs, records and dead letters."""
    code = getattr(error, "code", None) if isinstance(error, _CODED) else None
    if isinstance(code, bool) or not isinstance(code, str | int) or code == "":
        code = clients.error_code(error)
    return _UNFIT.sub("_", cleaned_text(str(code)[:_MOST_READ]))[:_LONGEST_CODE]


def _text(error: Exception) -> str:
    """Return what an error says; nothing if it fails to."""
    try:
        return str(error)[:_MOST_READ]
    except Exception:  # noqa: BLE001 - foreign code; its error has its name as reason all the same
        return ""


def _reason(error: Exception) -> str:
    kind = type(error).__name__
    if isinstance(error, ValidationError):
        # Its text quotes the input, which need not be this job's payload.
        text = f"{kind}: {error.error_count()} values do not fit {error.title}"
    elif isinstance(error, _CODED):
        text = _text(error) or kind
    else:
        text = _text(error)
        text = f"{kind}: {text}" if text else kind
    return cleaned_text(text)[:_LONGEST_REASON]
