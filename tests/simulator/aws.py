"""Real boto3 clients, made once: in a simulated world their calls end in the simulation."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import boto3

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient


@functools.cache
def _session() -> boto3.Session:
    return boto3.Session(
        aws_access_key_id="simulated",
        aws_secret_access_key="simulated",  # noqa: S106 - opens nothing
        region_name="eu-west-1",
    )


@functools.cache
def sqs() -> SQSClient:
    """The SQS client."""
    return _session().client("sqs")


@functools.cache
def dynamodb() -> DynamoDBClient:
    """The DynamoDB client."""
    return _session().client("dynamodb")


@functools.cache
def scheduler() -> EventBridgeSchedulerClient:
    """The EventBridge Scheduler client."""
    return _session().client("scheduler")


@functools.cache
def secrets() -> SecretsManagerClient:
    """The Secrets Manager client."""
    return _session().client("secretsmanager")


@functools.cache
def s3() -> S3Client:
    """The S3 client."""
    return _session().client("s3")
