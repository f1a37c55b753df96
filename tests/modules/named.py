"""What AWS tells apart by name: the names of everything that a call of a module makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clarivum_jobs.testing.terraform.expressions import Scope
from clarivum_jobs.testing.terraform.modules import Module, files
from clarivum_jobs.testing.terraform.provider import provider
from tests.modules.readme import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Name = tuple[str, str]
"""The type of a resource, and a name that no other of the type may have."""

OF_THE_ACCOUNT = {
    "aws_budgets_budget": ("name",),
    "aws_iam_policy": ("name",),
    "aws_iam_role": ("name",),
    "aws_s3_bucket": ("bucket",),
}
"""What has its name in all regions of an account, and a bucket in all of AWS."""

OF_A_REGION = {
    "aws_cloudwatch_dashboard": ("dashboard_name",),
    "aws_cloudwatch_log_group": ("name",),
    "aws_cloudwatch_metric_alarm": ("alarm_name",),
    "aws_dynamodb_table": ("name",),
    "aws_lambda_function": ("function_name",),
    "aws_lambda_layer_version": ("layer_name",),
    "aws_scheduler_schedule": ("group_name", "name"),
    "aws_scheduler_schedule_group": ("name",),
    "aws_secretsmanager_secret": ("name",),
    "aws_sns_topic": ("name",),
    "aws_sqs_queue": ("name",),
}
"""What has its name in one region."""

PARTS = {
    "aws_iam_role_policy",
    "aws_lambda_alias",
    "aws_lambda_event_source_mapping",
    "aws_lambda_function_event_invoke_config",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_logging",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
    "aws_sns_topic_policy",
    "aws_sns_topic_subscription",
}
"""What belongs to something that has a name, and is told apart by that."""


def call(module: str, **given: Any) -> Module:  # noqa: ANN401 - variables of any type
    """Return a module with its variables given, in the model's account."""
    return Module(MODULES / module, given, _made)


def _made(kind: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return provider(kind, said)
    except KeyError:
        return _Whatever()


class _Whatever(dict[str, Any]):
    """What AWS would know of a resource that no job needs."""

    def __missing__(self, name: str) -> str:
        return f"({name})"


def names(module: Module, directory: Path) -> Iterator[Name]:
    """Yield the name of everything that a module and those that it calls make."""
    file = files(directory)
    for block in file.of("resource"):
        kind, label = block.labels
        repeated = {"for_each", "count"} & set(block.attributes)
        for values in _each(module.resources[kind][label], repeated=bool(repeated)):
            if kind not in PARTS:
                keys = (OF_THE_ACCOUNT | OF_A_REGION)[kind]
                yield kind, "/".join(str(values[key]) for key in keys)
    for block in file.of("module"):
        (label,) = block.labels
        source = (directory / block.attributes["source"](Scope({}))).resolve()
        called = module.modules[label]
        repeated = {"for_each", "count"} & set(block.attributes)
        for one in _each(called, repeated=bool(repeated)):
            yield from names(one.module, source)


def told_apart(name: Name) -> Name:
    """Return a name as AWS compares it: IAM's differ in more than their capitals."""
    kind, text = name
    return kind, text.lower() if kind.startswith("aws_iam_") else text


def _each(found: Any, *, repeated: bool) -> list[Any]:  # noqa: ANN401 - one value or several
    if not repeated:
        return [found]
    return [found[key] for key in found] if isinstance(found, Mapping) else list(found)
