"""Whether an invocation has the time to finish another record of its batch."""

import random

from clarivum_jobs.core import backoff
from clarivum_jobs.core.errors import JobsError

# For the calls around the work: claim, completion, visibility.
_RESERVE = 2.0

# The next record may be slower than the slowest so far.
_MARGIN = 1.5


# Seconds within which messages that are kept apart come back.
_ALONE = 10.0

# Doubling stops here; the longest wait was reached before.
_LAST_DOUBLING = 20


class NotBegunError(JobsError):
    """A message goes back for the sake of others in its batch; it was not worked on.

    Attributes:
        code: Stable name of the reason.
    """

    def __init__(self, reason: str, span: float, *, code: str) -> None:
        """Say why.

        Args:
            reason: In words.
            span: Seconds that it takes until there may be room for it.
            code: Stable name of the reason.
        """
        super().__init__(reason)
        self.code = code
        self._span = span

    def wait(self, receives: int) -> int:
        """Return the seconds that it waits: somewhere in a span that doubles with each receive.

        Messages that found no room come back apart, over a time in which more of them find some.
        """
        span = min(self._span * 2 ** min(receives - 1, _LAST_DOUBLING), backoff.MAX_WAIT)
        return round(random.uniform(0, span))  # noqa: S311 - jitter, no secret


class NoTimeError(NotBegunError):
    """The invocation ends too soon to begin this record."""

    def __init__(self, span: float) -> None:
        """Say so; a record takes `span` seconds."""
        super().__init__("the invocation had too little time left to begin", span, code="no_time")


class PutOffError(NotBegunError):
    """The message runs in an invocation without others, or others do."""

    def __init__(self) -> None:
        """Say so."""
        reason = "a message of its batch may end the sandbox, and is worked on alone"
        super().__init__(reason, _ALONE, code="put_off")


class TimeBudget:
    """How long the records of one batch take."""

    def __init__(self) -> None:
        """Begin a batch, of which nothing is known."""
        self._slowest: float | None = None

    def took(self, seconds: float) -> None:
        """Learn how long a record took."""
        self._slowest = max(seconds, self._slowest or 0.0)

    @property
    def slowest(self) -> float:
        """Seconds that the slowest record so far took."""
        return self._slowest or 0.0

    def allows(self, remaining: float) -> bool:
        """Whether to begin another record with `remaining` seconds left.

        The first is always begun: whoever refused it would refuse it for ever.
        """
        return self._slowest is None or remaining > self._slowest * _MARGIN + _RESERVE
