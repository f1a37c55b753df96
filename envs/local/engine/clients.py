"""boto3 clients of the local AWS."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from envs.local.engine.emulator import REGION

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient

ACCOUNT = "000000000000"
_KEY = "test"  # the emulator's root; it asks for no other
_ONE_PATIENT_TRY = Config(read_timeout=900, retries={"total_max_attempts": 1})


def credentials(endpoint: str) -> dict[str, str]:
    """Return the environment variables that point any AWS tool at the local AWS."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": _KEY,
        "AWS_SECRET_ACCESS_KEY": _KEY,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def stay_on_this_machine(environment: MutableMapping[str, str]) -> None:
    """Make sure that no command started with `environment` reaches a real account.

    A profile or a region of the user's would be picked up by Terraform and boto3 alike, and a
    proxy would be asked for addresses that only this machine knows.
    """
    for name in [name for name in environment if name.startswith("AWS_")]:
        del environment[name]
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        environment[name] = os.devnull
    for name in ("NO_PROXY", "no_proxy"):
        known = environment.get(name, "")
        environment[name] = f"{known},127.0.0.1" if known else "127.0.0.1"


class Aws:
    """Clients of one endpoint, made when first used."""

    def __init__(self, endpoint: str) -> None:
        """Keep the address; nothing is called yet."""
        self.endpoint = endpoint
        self._session = boto3.Session(
            aws_access_key_id=_KEY, aws_secret_access_key=_KEY, region_name=REGION
        )

    @cached_property
    def cloudwatch(self) -> CloudWatchClient:
        """Alarms."""
        return self._session.client("cloudwatch", endpoint_url=self.endpoint)

    @cached_property
    def dynamodb(self) -> DynamoDBClient:
        """Tables."""
        return self._session.client("dynamodb", endpoint_url=self.endpoint)

    @cached_property
    def functions(self) -> LambdaClient:
        """Lambda functions; a run that a busy machine is late with is not asked for again."""
        return self._session.client("lambda", endpoint_url=self.endpoint, config=_ONE_PATIENT_TRY)

    @cached_property
    def logs(self) -> CloudWatchLogsClient:
        """Log groups."""
        return self._session.client("logs", endpoint_url=self.endpoint)

    @cached_property
    def s3(self) -> S3Client:
        """Buckets and objects."""
        return self._session.client("s3", endpoint_url=self.endpoint)

    @cached_property
    def scheduler(self) -> EventBridgeSchedulerClient:
        """Schedules."""
        return self._session.client("scheduler", endpoint_url=self.endpoint)

    @cached_property
    def secrets(self) -> SecretsManagerClient:
        """Secrets."""
        return self._session.client("secretsmanager", endpoint_url=self.endpoint)

    @cached_property
    def sqs(self) -> SQSClient:
        """Queues."""
        return self._session.client("sqs", endpoint_url=self.endpoint)
