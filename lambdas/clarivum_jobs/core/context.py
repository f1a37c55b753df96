"""What a handler gets beside its payload."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from clarivum_jobs.core import clients
from clarivum_jobs.core.errors import SecretUnavailableError, SettingsError

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

# Seconds a secret is kept in memory: a rotated one is seen within minutes.
_SECRET_AGE = 300


def _unrecorded(_job: str, _children: Iterable[str]) -> None:
    """Write nothing down: where no worker runs, as in a test of a handler alone, is no record."""


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
        secret: Returns the value of a secret that the manifest lists for the job; `fresh=True`
            fetches it anew, as every attempt after the first does by itself.
        split_into: Writes the children of this job down on its record: the name of their job, and
            their ids as their receipts have them.
    """

    job: str
    job_id: str
    idempotency_key: str
    attempt: int
    max_attempts: int
    traceparent: str
    logger: "Logger"
    remaining_time: Callable[[], float]
    secret: "Secret"
    split_into: Callable[[str, Iterable[str]], None] = _unrecorded


@dataclass(frozen=True, slots=True)
class Secrets:
    """Fetches secrets by their names in the manifest.

    Attributes:
        arns: ARN of each secret.
    """

    arns: Mapping[str, str]

    def __call__(self, name: str, *, fresh: bool = False) -> str:
        """Return a secret's value.

        Args:
            name: Its name in the manifest.
            fresh: Whether to fetch it anew, past what is kept in memory.

        Raises:
            SettingsError: The manifest does not list the secret for this job, or it is binary.
            SecretUnavailableError: It has no value, or the store does not answer.
        """
        arn = self.arns.get(name)
        if arn is None:
            message = f"the job lists no secret {name!r} in jobs.yaml"
            raise SettingsError(message)
        from aws_lambda_powertools.utilities import parameters  # noqa: PLC0415 - few jobs need it

        providers = vars(parameters.base)["DEFAULT_PROVIDERS"]  # which it does not export
        if "secrets" not in providers:
            # By itself it would wait for minutes, longer than most functions live.
            patient = clients.config(read_timeout=3, tries=2)
            providers["secrets"] = parameters.SecretsProvider(boto_config=patient)
        try:
            value = parameters.get_secret(arn, max_age=_SECRET_AGE, force_fetch=fresh)
        except parameters.GetParameterError as error:
            raise SecretUnavailableError(name, _why(error)) from None
        if not value:
            raise SecretUnavailableError(name, "it is empty")
        if not isinstance(value, str):
            message = f"secret {name} is binary: store it as text, such as its Base64"
            raise SettingsError(message)
        return value

    def anew(self, name: str, *, fresh: bool | None = None) -> str:
        """Return a secret's value as of now: what failed is not tried again with an old one.

        Args:
            name: Its name in the manifest.
            fresh: As in a call; unless it is given, the value in memory serves where the store
                does not answer.

        Raises:
            SettingsError: The manifest does not list the secret for this job, or it is binary.
            SecretUnavailableError: It has no value, or the store does not answer.
        """
        try:
            return self(name, fresh=fresh is not False)
        except SecretUnavailableError:
            if fresh:
                raise
            return self(name)

    def fetch(self) -> None:
        """Have every secret of the job in memory, so that no attempt begins without.

        Raises:
            SecretUnavailableError: One has no value, or the store does not answer.
        """
        for name in self.arns:
            with contextlib.suppress(SettingsError):  # which is for the handler to meet
                self(name)


def _why(error: BaseException) -> str:
    """Return AWS's code for why a value could not be fetched; Powertools hides its error."""
    return clients.error_code(error.__context__ or error)


class Secret(Protocol):
    """How a handler asks for a secret."""

    def __call__(self, name: str, *, fresh: bool = ...) -> str:
        """Return the value of the secret of this name in the manifest.

        From a job's second attempt on it is fetched anew unless `fresh` is false: the first may
        have failed because the value in memory was rotated.

        Raises:
            SettingsError: The manifest does not list the secret for this job, or it is binary.
            SecretUnavailableError: It has no value, or the store does not answer. Let it pass: the
                message waits, and the attempt does not count.
        """
