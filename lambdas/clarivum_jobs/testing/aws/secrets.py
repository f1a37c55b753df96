"""Secrets Manager: values that are put in by hand and rotated, read by the role that may."""

from dataclasses import dataclass, field

from clarivum_jobs.testing.aws.names import ENVIRONMENT, PROJECT, arn
from clarivum_jobs.testing.machine.router import Answer, Caller, Params, RefusedError

ARN = arn("secretsmanager", f"secret:{PROJECT}/{ENVIRONMENT}/")
"""What ARNs of secrets begin with, as `modules/platform` names them."""

_CURRENT, _PREVIOUS = "AWSCURRENT", "AWSPREVIOUS"


@dataclass(slots=True)
class Secrets:
    """The secrets of a world, by name.

    Terraform makes a secret without a value: until somebody puts one in, reading it is refused.

    Attributes:
        versions: The values of each secret, oldest first; text or bytes.
    """

    versions: dict[str, list[str | bytes]] = field(default_factory=dict)

    def declare(self, name: str) -> None:
        """Make a secret, if it is new."""
        self.versions.setdefault(name, [])

    def put(self, name: str, value: str | bytes) -> None:
        """Give a secret a new value; what it had stays readable as its previous one."""
        self.versions.setdefault(name, []).append(value)

    def empty(self, name: str) -> None:
        """Take every value away."""
        self.versions[name] = []

    def call(self, operation: str, params: Params, _caller: Caller) -> Answer:
        """Carry out one operation."""
        if operation != "GetSecretValue":
            raise RefusedError(
                code="InvalidRequestException", why=f"The simulation has no {operation}."
            )
        name = str(params["SecretId"]).removeprefix(ARN)
        stage = params.get("VersionStage", _CURRENT)
        age = {_CURRENT: 1, _PREVIOUS: 2}.get(stage, 0)
        versions = self.versions.get(name, [])
        if not age or len(versions) < age:
            raise RefusedError(
                code="ResourceNotFoundException",
                why=f"Secrets Manager can't find the specified secret value for {stage}.",
            )
        value = versions[-age]
        kind = "SecretString" if isinstance(value, str) else "SecretBinary"
        return {"ARN": ARN + name, "Name": name, kind: value, "VersionStages": [stage]}
