"""What a handler gets beside its payload."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarivum_jobs.errors import SettingsError

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

# Seconds a secret is kept in memory: a rotated one is seen within minutes.
_SECRET_AGE = 300


@dataclass(frozen=True, slots=True)
class JobContext:
    """One attempt at one job.

    Attributes:
        job: Name of the job.
        job_id: Id of the enqueue that asked for it.
        idempotency_key: Equal for equal work. Pass it on to whatever offers to do a thing once.
        attempt: Number of this attempt, from 1.
        max_attempts: Number of the last attempt.
        traceparent: W3C trace context of this attempt.
        logger: Structured; knows the job, its id and the attempt, and hides sensitive values.
        remaining_time: Returns the seconds until the invocation is ended.
        secret: Returns the value of a secret that the manifest lists for the job.
    """

    job: str
    job_id: str
    idempotency_key: str
    attempt: int
    max_attempts: int
    traceparent: str
    logger: "Logger"
    remaining_time: Callable[[], float]
    secret: "Callable[[str], str]"


@dataclass(frozen=True, slots=True)
class Secrets:
    """Fetches secrets by their names in the manifest.

    Attributes:
        arns: ARN of each secret.
    """

    arns: Mapping[str, str]

    def __call__(self, name: str) -> str:
        """Return a secret's value.

        Raises:
            SettingsError: The manifest does not list the secret for this job.
        """
        arn = self.arns.get(name)
        if arn is None:
            message = f"the job lists no secret {name!r} in jobs.yaml"
            raise SettingsError(message)
        from aws_lambda_powertools.utilities import parameters  # noqa: PLC0415 - few jobs need it

        return str(parameters.get_secret(arn, max_age=_SECRET_AGE))
