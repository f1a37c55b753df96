"""Values for the secrets that Terraform has made, as a person puts them in once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envs.local.demo.site import KEY

if TYPE_CHECKING:
    from envs.local.engine.clients import Aws


def put_secrets(aws: Aws) -> None:
    """Give every secret the value that the demo's parties ask for."""
    for secret in aws.secrets.list_secrets()["SecretList"]:
        aws.secrets.put_secret_value(SecretId=secret["ARN"], SecretString=KEY)
