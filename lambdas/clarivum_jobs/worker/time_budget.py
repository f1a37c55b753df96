"""Whether an invocation has the time to finish another record of its batch."""

from clarivum_jobs.core.errors import JobsError

# For the calls around the work: claim, completion, visibility.
_RESERVE = 2.0

# The next record may be slower than the slowest so far.
_MARGIN = 1.5


class NoTimeError(JobsError):
    """The invocation ends too soon to begin this record; its attempt was not used for work."""

    code = "no_time"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("the invocation had too little time left to begin")


class TimeBudget:
    """How long the records of one batch take."""

    def __init__(self) -> None:
        """Begin a batch, of which nothing is known."""
        self._slowest: float | None = None

    def took(self, seconds: float) -> None:
        """Learn how long a record took."""
        self._slowest = max(seconds, self._slowest or 0.0)

    def allows(self, remaining: float) -> bool:
        """Whether to begin another record with `remaining` seconds left.

        The first is always begun: whoever refused it would refuse it for ever.
        """
        return self._slowest is None or remaining > self._slowest * _MARGIN + _RESERVE
