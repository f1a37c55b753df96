"""AWS clients: made when first needed, kept for the life of the process.

Time limits are short: a web function that enqueues must not hang, and a worker has a deadline.
"""

import functools
import os
from typing import TYPE_CHECKING

from clarivum_jobs.core.foreign import kind_of, plain

if TYPE_CHECKING:
    from botocore.config import Config
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

# ruff: noqa: PLC0415 - boto3 takes longer to import than everything else; it is loaded on first use


@functools.cache
def sqs() -> "SQSClient":
    """Return the client for queues."""
    import boto3

    return boto3.client("sqs", config=config(read_timeout=5, tries=3, checked=False))


@functools.cache
def dynamodb() -> "DynamoDBClient":
    """Return the client for the record table."""
    import boto3

    return boto3.client("dynamodb", config=config(read_timeout=3, tries=4, checked=False))


@functools.cache
def scheduler() -> "EventBridgeSchedulerClient":
    """Return the client for one-time schedules."""
    import boto3

    return boto3.client("scheduler", config=config(read_timeout=5, tries=3))


@functools.cache
def s3() -> "S3Client":
    """Return the client for buckets.

    What it signs for others is signed by version 4 and leads to the bucket's own region: elsewhere
    a new bucket answers with a redirect, which a signature does not survive.
    """
    import boto3
    from botocore.config import Config

    signed = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    return boto3.client("s3", config=config(read_timeout=20, tries=3).merge(signed))


@functools.cache
def ses() -> "SESV2Client":
    """Return the client for mail. It tries once: a second try could send a second mail."""
    import boto3

    return boto3.client("sesv2", config=config(read_timeout=10, tries=1))


def aws_errors() -> tuple[type[Exception], ...]:
    """Return what a call to AWS may raise, for use in an `except` clause."""
    from botocore.exceptions import BotoCoreError, ClientError

    return (BotoCoreError, ClientError)


def error_code(error: BaseException) -> str:
    """Return AWS's code for an error, or the kind of error that kept AWS from answering."""
    response = getattr(error, "response", None)
    answer = response.get("Error") if isinstance(response, dict) else None
    code = answer.get("Code") if isinstance(answer, dict) else None
    # Other libraries put other things under these names.
    return plain(code) if isinstance(code, str) and code else kind_of(error)


_REFUSALS = frozenset(
    {
        *("AccessDenied", "AccessDeniedException", "InvalidSecurity", "OptInRequired"),
        *("InvalidClientTokenId", "NotAuthorized", "SignatureDoesNotMatch"),
        *("NonExistentQueue", "QueueDoesNotExist", "InvalidAddress", "UnsupportedOperation"),
        *("InvalidMessageContents", "InvalidParameterValue", "MissingParameter"),
        *("ValidationException", "ResourceNotFoundException", "ParamValidationError"),
        *("KmsAccessDenied", "KmsDisabled", "KmsNotFound", "KmsInvalidKeyUsage"),
        *("DisabledException", "NotFoundException"),
    }
)
"""Codes, without the service's name before them, that are about what was asked for and by whom."""


def is_refusal(code: str) -> bool:
    """Whether a code says that somebody has to change something, and not that a service is away."""
    return code.rpartition(".")[2] in _REFUSALS


def config(*, read_timeout: int, tries: int, checked: bool = True) -> "Config":
    """Return how a client waits, in seconds, and how often it tries.

    The region is AWS_REGION where that is set, as in the other SDKs, ours for TypeScript among
    them; boto3 by itself reads AWS_DEFAULT_REGION alone.

    Args:
        read_timeout: How long it waits for an answer.
        tries: How often it asks in all.
        checked: Whether botocore checks each request's types. It takes a sixth of a call; where
            the library alone makes the requests, mypy and the simulator have checked them.
    """
    from botocore.config import Config

    return Config(
        region_name=os.environ.get("AWS_REGION"),
        connect_timeout=2,
        read_timeout=read_timeout,
        retries={"mode": "standard", "total_max_attempts": tries},
        parameter_validation=checked,
    )
