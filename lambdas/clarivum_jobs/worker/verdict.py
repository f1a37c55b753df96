"""What becomes of a message that was not done: another attempt, or the dead-letter queue."""

import re
import time
from dataclasses import dataclass

from pydantic import ValidationError

from clarivum_jobs.core import backoff, clients
from clarivum_jobs.core.delivery import Delivery
from clarivum_jobs.core.errors import (
    EnqueueError,
    EnvelopeError,
    HandlerExitError,
    HandlerNotRunError,
    InvalidPayloadError,
    NewerVersionError,
    PermanentError,
    RetryAfter,
    SecretUnavailableError,
)
from clarivum_jobs.core.foreign import causes, foreign, is_a, kind_of, plain
from clarivum_jobs.core.settings import WorkerSettings
from clarivum_jobs.privacy.sensitive import cleaned_text
from clarivum_jobs.records.errors import AttemptsSpentError, InProgressError, RecordStoreError
from clarivum_jobs.schedules.cron import ScheduleEventError
from clarivum_jobs.worker.time_budget import NotBegunError

_LONGEST_REASON = 500
_LONGEST_CODE = 100

# Of a longer text nothing behind this is looked at: no reason is as long.
_MOST_READ = 20_000

# A code is a name: it stands in attributes, records and queries.
_UNFIT = re.compile(r"[^A-Za-z0-9_.:\[\]-]")

_HOPELESS = (
    *(PermanentError, EnvelopeError, InvalidPayloadError),
    *(ScheduleEventError, AttemptsSpentError),
)

# What is away for a while, and says nothing about the work.
_AWAY = (NewerVersionError, RecordStoreError, SecretUnavailableError, EnqueueError)

# What only needs another moment.
_CROWDED = (InProgressError, NotBegunError)

# Errors of this library, which name their own reason.
_CODED = (*_HOPELESS, *_AWAY, *_CROWDED, HandlerExitError, HandlerNotRunError, RetryAfter)


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
    error: Exception, attempt: int | None, delivery: Delivery, settings: WorkerSettings
) -> Retry | Dead:
    """Judge what ended an attempt; nothing in the answer shows a value that is being hidden.

    Args:
        error: What ended it.
        attempt: Number of the attempt, from 1; none if the work was not begun.
        delivery: The message.
        settings: The worker's.
    """
    code, reason = error_name(error), reason_of(error)
    tries = delivery.receives if attempt is None else attempt
    spent = counts(error) and tries >= settings.max_attempts
    hopeless = is_a(error, *_HOPELESS) and not is_a(error, *_AWAY)
    wait = _wait(error, tries, delivery.receives, settings)
    if hopeless or spent or last_chance(delivery, wait, settings):
        return Dead(code, reason)
    return Retry(wait, code, reason)


def counts(error: Exception) -> bool:
    """Whether an attempt that ended so was one at the work, and not cut off by what surrounds it.

    A handler may have wrapped what it met in an error of its own.
    """
    return not any(
        is_a(cause, *_AWAY, *_CROWDED) and not _is_refusal(cause) for cause in causes(error)
    )


def _is_refusal(error: BaseException) -> bool:
    """Whether a queue refused what a handler enqueues: it ran, and will run into the same again."""
    return is_a(error, EnqueueError) and foreign(
        lambda: clients.is_refusal(error.code), otherwise=False
    )


def last_chance(delivery: Delivery, wait: int, settings: WorkerSettings) -> bool:
    """Whether a message that comes back after `wait` may be beyond any worker's reach.

    SQS moves it at its next receive, without a reason; or it expires, and is gone.
    """
    if delivery.receives >= settings.max_receives:
        return True
    if not delivery.sent:
        return False
    expires = delivery.sent / 1000 + settings.message_retention
    return time.time() + wait + settings.visibility_timeout >= expires


def _wait(error: Exception, attempt: int, receives: int, settings: WorkerSettings) -> int:
    if is_a(error, NotBegunError):
        return error.wait(receives)
    if is_a(error, InProgressError):
        # Until the claim ends, and a while longer each time: several that wait for one would
        # otherwise come back together and find the next of them at work.
        more = backoff.wait(attempt, base=settings.backoff_base, cap=settings.backoff_cap)
        return max(error.seconds, min(error.seconds + more, backoff.MAX_WAIT))
    if is_a(error, RetryAfter):
        cap = settings.backoff_cap
        asked = foreign(lambda: backoff.asked_wait(error.seconds, cap=cap), otherwise=None)
        if asked is not None:
            return asked
    if not counts(error):
        return backoff.outage_wait(receives)
    return backoff.wait(attempt, base=settings.backoff_base, cap=settings.backoff_cap)


def error_name(error: Exception) -> str:
    """Return the stable name of an error, as it stands in logs, records and dead letters."""
    own = ""
    if is_a(error, *_CODED):
        own = foreign(lambda: _code(getattr(error, "code", "")), otherwise="")
    code = own or foreign(lambda: clients.error_code(error), otherwise=kind_of(error))
    return _UNFIT.sub("_", cleaned_text(plain(code, _MOST_READ)))[:_LONGEST_CODE]


def _code(given: object) -> str:
    """Return what an error of ours gives for its name; empty if that is none."""
    if isinstance(given, str):
        return plain(given)
    return int.__repr__(given) if isinstance(given, int) and not isinstance(given, bool) else ""


def _text(error: Exception) -> str:
    """Return what an error says; nothing if it fails to."""
    return foreign(lambda: plain(str(error), _MOST_READ), otherwise="")


def reason_of(error: Exception) -> str:
    """Return an error in words, as it stands in logs, records and dead letters."""
    kind = kind_of(error)
    if is_a(error, ValidationError):
        # Its text quotes the input, which need not be this job's payload.
        text = f"{kind}: {error.error_count()} values do not fit {error.title}"
    elif is_a(error, *_CODED):
        text = _text(error) or kind
    else:
        text = _text(error)
        text = f"{kind}: {text}" if text else kind
    return cleaned_text(text)[:_LONGEST_REASON]
