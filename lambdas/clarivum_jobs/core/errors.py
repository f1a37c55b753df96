"""What can go wrong, named by what the reader can do about it.

No message here ever holds a payload's value: these texts end in logs and dead letters.
"""


class JobsError(Exception):
    """Anything this library raises on purpose."""


class InvalidPayloadError(JobsError):
    """A payload does not fit its job's contract, when it is made or sent; nothing was sent.

    Attributes:
        job: Name of the job, or of the class if it is an object inside of payloads.
        violations: One `field: what is wrong` for each problem, free of the payload's values.
        code: Stable name of the reason.
    """

    code = "invalid_payload"

    def __init__(self, job: str, violations: tuple[str, ...]) -> None:
        """Remember what is wrong with a payload of `job`."""
        super().__init__(f"payload of {job} is invalid: {'; '.join(violations)}")
        self.job = job
        self.violations = violations


class MessageTooLargeError(InvalidPayloadError):
    """A payload is larger than a message may be; store it and send where it lies."""

    code = "message_too_large"


class EnqueueError(JobsError):
    """The queue did not take a message; sending it again is safe.

    Left by a handler it uses up no attempt, unless its code says that the queue refuses: no right,
    no such queue.

    Attributes:
        code: Error code of SQS, or the kind of the connection's failure.
    """

    def __init__(self, job: str, code: str) -> None:
        """Remember which job's queue refused, and why."""
        super().__init__(f"the queue of {job} did not take the message: {code}")
        self.job = job
        self.code = code


class JobClosedError(JobsError):
    """A job takes nothing new, as it is draining or retired; nothing was sent.

    Attributes:
        job: Name of the job.
        code: Stable name of the reason.
    """

    code = "job_closed"

    def __init__(self, job: str) -> None:
        """Remember which job is closed."""
        super().__init__(f"{job} takes nothing new: it is draining or retired")
        self.job = job


class EnvelopeError(JobsError):
    """A message is not one of ours, or is for another job.

    Attributes:
        code: Stable name of the reason, kept on the dead letter.
    """

    def __init__(self, reason: str, *, code: str) -> None:
        """Remember the reason and its stable name."""
        super().__init__(reason)
        self.code = code


class NewerVersionError(EnvelopeError):
    """A message was written by newer code than this; while code is rolled out, that soon ends."""


class SecretUnavailableError(JobsError):
    """A secret's value cannot be had: it has none yet, or the store does not answer.

    Attributes:
        code: Stable name of the reason.
    """

    code = "secret_unavailable"

    def __init__(self, name: str, why: str) -> None:
        """Name the secret, never its value, and AWS's code for why."""
        super().__init__(f"secret {name} cannot be had: {why}")


class PermanentError(JobsError):
    """Raise it in a handler when trying again cannot help: the message is parked at once.

    Attributes:
        code: Stable name of the reason, kept on the dead letter.
    """

    def __init__(self, reason: str, *, code: str = "permanent") -> None:
        """Say in `reason` what a person needs to know; do not put payload values into it."""
        super().__init__(reason)
        self.code = code


class SandboxEndedError(BaseException):
    """The sandbox of this code is gone. Only a simulation can say so, and nothing judges it."""


class HandlerExitError(JobsError):
    """A handler was left by what is no `Exception`: an exit, a cancellation, a native panic.

    Let through, it would fail the whole batch and end the sandbox.

    Attributes:
        code: Kind of what left the handler.
    """

    def __init__(self, kind: str) -> None:
        """Remember what it was."""
        self.code = kind
        super().__init__(f"{kind} left the handler")


class HandlerNotRunError(JobsError):
    """A handler returned work instead of doing it: a coroutine, a generator, a future, a function.

    Attributes:
        code: Stable name of the reason.
    """

    code = "handler_not_run"

    def __init__(self, kind: str) -> None:
        """Say what it returned."""
        super().__init__(f"the handler returned a {kind}, which nobody runs; do the work in it")


class UnsuitableHandlerError(JobsError):
    """A handler is of a kind that a worker cannot run to its end."""


class RetryAfter(JobsError):  # noqa: N818 - reads as what it asks for: `raise RetryAfter(30)`
    """Raise it in a handler when it is known how long the other side wants to be left alone.

    Attributes:
        seconds: How long to wait; the job's backoff cap stays the upper bound.
        code: Stable name of the reason.
    """

    def __init__(self, seconds: float, reason: str = "", *, code: str = "retry_after") -> None:
        """Ask for the next attempt no sooner than in `seconds`.

        What is no number of seconds, such as a header's text that is none, leaves the wait to the
        job's backoff.
        """
        super().__init__(reason or f"asked to wait {seconds} s")
        self.seconds = seconds
        self.code = code


class SettingsError(JobsError):
    """The function's environment lacks what the runtime needs."""
