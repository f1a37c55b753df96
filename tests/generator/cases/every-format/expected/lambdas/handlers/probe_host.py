"""Handler of probe-host: yours to fill in, the generator never touches it again."""

from clarivum_jobs import JobContext, PermanentError
from generated.payloads.probe_host import ProbeHost


def handle(payload: ProbeHost, context: JobContext) -> None:
    """Do the work of one probe-host job.

    Args:
        payload: What was enqueued, validated.
        context: This attempt: its number, the idempotency key, the time left, secrets, a logger.

    Raises:
        PermanentError: Always, until there is an implementation.
    """
    reason = f"{context.job} has no handler yet for a {type(payload).__name__}"
    raise PermanentError(reason, code="not_implemented")
