"""What the tests of handlers share."""

from clarivum_jobs import JobContext
from clarivum_jobs.core.context import Secrets
from clarivum_jobs.privacy.observability import make_logger


def attempt(remaining: float = 60.0) -> JobContext:
    """Return the context of a first attempt with so many seconds left."""
    return JobContext(
        job="sample-job",
        job_id="job-1",
        idempotency_key="f" * 64,
        attempt=1,
        max_attempts=5,
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        logger=make_logger("handler-test"),
        remaining_time=lambda: remaining,
        secret=Secrets({}),
    )
