"""Which resource type is translated how: the whole table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracles.translation import functions, keeping, messages, watching
from tests.oracles.translation.reading import Part, Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.oracles.rendered import Resource

TABLE: Mapping[str, Callable[[Reader], list[Part]]] = {
    "aws_cloudwatch_dashboard": watching.dashboard,
    "aws_cloudwatch_log_group": functions.log_group,
    "aws_cloudwatch_metric_alarm": watching.alarm,
    "aws_dynamodb_table": keeping.table,
    "aws_iam_role": functions.role,
    "aws_iam_role_policy": functions.role_policy,
    "aws_lambda_alias": functions.alias,
    "aws_lambda_event_source_mapping": functions.mapping,
    "aws_lambda_function": functions.function,
    "aws_lambda_function_event_invoke_config": functions.invoke_config,
    "aws_lambda_layer_version": functions.layer,
    "aws_s3_bucket": keeping.bucket,
    "aws_s3_bucket_lifecycle_configuration": keeping.lifecycle,
    "aws_s3_bucket_ownership_controls": keeping.ownership,
    "aws_s3_bucket_policy": keeping.bucket_policy,
    "aws_s3_bucket_public_access_block": keeping.public_access,
    "aws_s3_bucket_server_side_encryption_configuration": keeping.encryption,
    "aws_s3_bucket_versioning": keeping.versioning,
    "aws_scheduler_schedule": watching.schedule,
    "aws_scheduler_schedule_group": watching.group,
    "aws_secretsmanager_secret": messages.secret,
    "aws_sesv2_email_identity": messages.identity,
    "aws_sns_topic": messages.topic,
    "aws_sns_topic_policy": messages.topic_policy,
    "aws_sns_topic_subscription": messages.subscription,
    "aws_sqs_queue": messages.queue,
}


def translate(resource: Resource) -> list[Part]:
    """Return a resource in AWS's words; an attribute that nobody translates is an error."""
    reader = Reader(resource.values)
    parts = TABLE[resource.type](reader)
    assert reader.unread() == set(), f"{resource.address}: not translated: {reader.unread()}"
    return parts
