"""How long a failed message waits: exponential, with full jitter, never above the cap."""

import datetime as dt
import math
import random
import time
from decimal import Decimal
from email.utils import parsedate_to_datetime
from fractions import Fraction

MAX_WAIT = 900

# Doubling stops here; the cap was reached long before, and the power stays small.
_LAST_DOUBLING = 20

# First wait for surroundings that are away, and the part of each that is always waited.
_OUTAGE_BASE = 20
_OUTAGE_SHORTEST = 0.9


def longest_wait(attempt: int, *, base: int, cap: int) -> int:
    """Return the upper bound, in seconds, of the wait after an attempt, counted from 1."""
    doubled: int = base * 2 ** min(attempt - 1, _LAST_DOUBLING)
    return min(doubled, cap, MAX_WAIT)


def wait(attempt: int, *, base: int, cap: int) -> int:
    """Return a random wait in whole seconds, from 1 to the upper bound.

    All of the span is used: messages that failed together must not come back together.
    """
    bound = longest_wait(attempt, base=base, cap=cap)
    return max(1, math.ceil(random.uniform(0, bound)))  # noqa: S311 - jitter, no secret


def outage_wait(receives: int) -> int:
    """Return how long a message waits that what surrounds its job keeps from being worked on.

    The job's own backoff says nothing about this: an outage is soon over or lasts, so the wait
    grows fast to the longest, and an hour of it takes few receives.

    Args:
        receives: How often the message has been received, from 1.
    """
    bound: int = min(_OUTAGE_BASE * 4 ** min(receives - 1, _LAST_DOUBLING), MAX_WAIT)
    return math.ceil(random.uniform(_OUTAGE_SHORTEST, 1) * bound)  # noqa: S311 - jitter, no secret


def asked_wait(asked: object, *, cap: int) -> int | None:
    """Return a wait that the other side asked for, within the cap.

    Args:
        asked: Seconds, as a number or as a header's text; a time span; or the moment until which
            to wait, as a header's text gives it.
        cap: Seconds it is never longer than.

    Returns:
        Whole seconds from 1; none if what was asked for is no span of time.
    """
    if isinstance(asked, dt.timedelta):
        asked = asked.total_seconds()
    if isinstance(asked, bool) or not isinstance(asked, int | float | str | Decimal | Fraction):
        return None
    try:
        seconds = float(asked)
    except OverflowError:
        seconds = math.inf if asked > 0 else -math.inf  # type: ignore[operator] # text does not overflow
    except ValueError:
        seconds = _seconds_until(asked) if isinstance(asked, str) else math.nan
    if math.isnan(seconds):
        return None
    return max(1, math.ceil(min(seconds, cap, MAX_WAIT))) if seconds > 0 else 1


def _seconds_until(moment: str) -> float:
    """Return the seconds from now until a moment as HTTP writes it; NaN if it is none."""
    try:
        until = parsedate_to_datetime(moment)
        return (until if until.tzinfo else until.replace(tzinfo=dt.UTC)).timestamp() - time.time()
    except (TypeError, ValueError, OverflowError):
        return math.nan
