"""Secrets that a plan would make while AWS still keeps the deleted ones of the same names.

A deleted secret holds its name for the days in which it can be brought back, and creating another
fails. Bringing it back keeps its value, so an environment that was taken down works again at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_secretsmanager import SecretsManagerClient

_TYPE = "aws_secretsmanager_secret"
_UNKNOWN = "ResourceNotFoundException"


@dataclass(frozen=True, slots=True)
class Deleted:
    """A secret in its recovery window.

    Attributes:
        address: Where the plan would make it anew.
        arn: What it is on AWS.
        name: Its name.
    """

    address: str
    arn: str
    name: str


def planned(plan: Mapping[str, Any]) -> dict[str, str]:
    """Return the secrets that a plan would make: names by address.

    Args:
        plan: The document of `terraform show -json` for a saved plan.
    """
    return {
        resource["address"]: resource["change"]["after"]["name"]
        for resource in plan.get("resource_changes", ())
        if resource["type"] == _TYPE and resource["change"]["actions"] == ["create"]
    }


def deleted(client: SecretsManagerClient, names: Mapping[str, str]) -> Iterator[Deleted]:
    """Yield those of some secrets that are deleted and can be brought back.

    Args:
        client: Of the environment's region.
        names: Names by address.
    """
    for address, name in names.items():
        try:
            found = client.describe_secret(SecretId=name)
        except ClientError as error:
            if error.response["Error"]["Code"] == _UNKNOWN:
                continue
            raise
        if "DeletedDate" in found:
            yield Deleted(address, found["ARN"], name)


def restore(client: SecretsManagerClient, secret: Deleted) -> None:
    """Bring one back with its value; done twice it is done once."""
    client.restore_secret(SecretId=secret.arn)
