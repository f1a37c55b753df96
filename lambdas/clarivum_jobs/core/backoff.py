"""How long a failed message waits: exponential, with full jitter, never above the cap."""

import datetime as dt
import math
import random

MAX_WAIT = 900

# Doubling stops here; the cap was reached long before, and the power stays small.
_LAST_DOUBLING = 20


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


def asked_wait(asked: object, *, cap: int) -> int | None:
    """Return a wait that the other side asked for, within the cap.

    Args:
        asked: Seconds, as a number or as a header's text, or a time span.
        cap: Seconds it is never longer than.

    Returns:
        Whole seconds from 1; none if what was asked for is no span of time.
    """
    if isinstance(asked, dt.timedelta):
        asked = asked.total_seconds()
    if isinstance(asked, bool) or not isinstance(asked, int | float | str):
        return None
    try:
        seconds = float(asked)
    except (ValueError, OverflowError):
        return None
    if math.isnan(seconds):
        return None
    return max(1, math.ceil(min(seconds, cap, MAX_WAIT))) if seconds > 0 else 1
