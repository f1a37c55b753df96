"""What keeps a piece of work from being done now, or from being done at all."""

from clarivum_jobs.core.errors import JobsError, PermanentError

KILLED = "killed"
"""Code of an attempt that ended without a word."""

NOT_BEGUN = "receives_spent"
"""Code of a message whose receives were used up before any attempt at its work."""


class InProgressError(JobsError):
    """Another delivery with the same key is being worked on.

    Attributes:
        seconds: Until its claim ends at the latest.
        code: Stable name of the reason.
    """

    code = "in_progress"

    def __init__(self, seconds: int) -> None:
        """Remember how long the other claim lasts."""
        super().__init__("another delivery with the same key was still being worked on")
        self.seconds = seconds


class RecordStoreError(JobsError):
    """The record could not be claimed or completed.

    Attributes:
        code: `record_store` if the work was not begun, `record_not_saved` if it was done.
    """

    def __init__(self, *, done: bool) -> None:
        """Remember whether the work was done."""
        state = "the work was done, but" if done else "the work was not begun:"
        super().__init__(f"{state} its record could not be written")
        self.code = "record_not_saved" if done else "record_store"


class AttemptsSpentError(JobsError):
    """The work has had all its attempts, or the message its receives, and nobody parked it.

    Attributes:
        code: Stable name of the reason, kept on the dead letter: that of the last attempt.
        attempts: How many attempts at the work there were.
    """

    def __init__(self, attempts: int, receives: int, code: str, reason: str = "") -> None:
        """Say how many there were, and how the last one ended if the record knows more."""
        self.code, self.attempts = code, attempts
        used = f"{attempts} attempts and {receives} receives are used up"
        if reason:
            text = reason
        elif code == NOT_BEGUN:
            text = f"{used}, and the work was never begun"
        elif code == KILLED:
            text = (
                f"{used}, and the last attempt was ended before it could say why;"
                " its work may be done all the same"
            )
        else:
            text = f"{used}, and the last attempt ended with {code}"
        super().__init__(text)


class ConflictingDuplicateError(PermanentError):
    """Work with this key is on record as done, with other content, and the job wants to know."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "work with the same idempotency key was done before, with other content: the key may"
            " leave out a field",
            code="conflicting_duplicate",
        )
