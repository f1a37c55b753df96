"""Functions and what belongs to them: layers, mappings, roles, logs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.oracles.translation.reading import Part, further, given, tag_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.oracles.translation.reading import Reader

_STANDARD_FUNCTION_SECONDS = 900
_NONE_RESERVED = -1


def function(reader: Reader) -> list[Part]:
    """Translate a function, whose code lies in a bucket."""
    assert reader["timeout"] <= _STANDARD_FUNCTION_SECONDS, (
        "the API's model allows what Lambda does not"
    )
    reader["source_code_hash"]
    shared = {
        "FunctionName": reader["function_name"],
        "Description": reader["description"],
        "Role": reader["role"],
        "Code": {"S3Bucket": reader["s3_bucket"], "S3Key": reader["s3_key"]},
        "Layers": reader["layers"],
        "Runtime": reader["runtime"],
        "Architectures": reader["architectures"],
        "Handler": reader["handler"],
        "Timeout": reader["timeout"],
        "MemorySize": reader["memory_size"],
        "EphemeralStorage": {"Size": reader.block("ephemeral_storage")["size"]},
        "LoggingConfig": logging(reader.block("logging_config")),
        "Environment": {"Variables": reader.block("environment")["variables"]},
        "TracingConfig": {"Mode": reader.block("tracing_config")["mode"]},
    }
    parameters = {**shared, "Publish": reader["publish"], "Tags": reader["tags"]}
    properties = {**shared, "Tags": tag_list(reader)}
    call = ("lambda", "CreateFunction")
    reserved = reader["reserved_concurrent_executions"]
    if reserved == _NONE_RESERVED:
        return [Part("AWS::Lambda::Function", properties, call, parameters)]
    properties["ReservedConcurrentExecutions"] = reserved
    kept = {
        "FunctionName": reader["function_name"],
        "ReservedConcurrentExecutions": reserved,
    }
    return [
        Part("AWS::Lambda::Function", properties, call, parameters),
        further("lambda", "PutFunctionConcurrency", kept),
    ]


def logging(block: Mapping[str, Any]) -> dict[str, Any]:
    """Translate how a function writes its lines; levels are of those in JSON alone."""
    return {
        "LogFormat": block["log_format"],
        "LogGroup": block["log_group"],
        **given(
            ApplicationLogLevel=block.get("application_log_level"),
            SystemLogLevel=block.get("system_log_level"),
        ),
    }


def alias(reader: Reader) -> list[Part]:
    """Translate an alias; which version it means only AWS knows, so it is the first."""
    reader["function_version"]
    properties = {
        "FunctionName": reader["function_name"],
        "Name": reader["name"],
        "Description": reader["description"],
        "FunctionVersion": "1",
    }
    return [Part("AWS::Lambda::Alias", properties, ("lambda", "CreateAlias"), properties)]


def mapping(reader: Reader) -> list[Part]:
    """Translate an event source mapping; its state is AWS's word for whether it is enabled."""
    reader["state"]
    shared = {
        "EventSourceArn": reader["event_source_arn"],
        "FunctionName": reader["function_name"],
        "BatchSize": reader["batch_size"],
        "MaximumBatchingWindowInSeconds": reader["maximum_batching_window_in_seconds"] or 0,
        "FunctionResponseTypes": reader["function_response_types"],
        "ScalingConfig": {
            "MaximumConcurrency": reader.block("scaling_config")["maximum_concurrency"]
        },
        **given(Enabled=reader["enabled"]),
    }
    properties = {**shared, "Tags": tag_list(reader)}
    call = ("lambda", "CreateEventSourceMapping")
    parameters = {**shared, "Tags": reader["tags"]}
    return [Part("AWS::Lambda::EventSourceMapping", properties, call, parameters)]


def invoke_config(reader: Reader) -> list[Part]:
    """Translate what becomes of runs that nobody waits for."""
    (failure,) = reader.block("destination_config")["on_failure"]
    properties = {
        "FunctionName": reader["function_name"],
        "Qualifier": reader["qualifier"],
        "MaximumRetryAttempts": reader["maximum_retry_attempts"],
        "MaximumEventAgeInSeconds": reader["maximum_event_age_in_seconds"],
        "DestinationConfig": {"OnFailure": {"Destination": failure["destination"]}},
    }
    call = ("lambda", "PutFunctionEventInvokeConfig")
    return [Part("AWS::Lambda::EventInvokeConfig", properties, call, properties)]


def layer(reader: Reader) -> list[Part]:
    """Translate a version of a layer."""
    reader["source_code_hash"]
    properties = {
        "LayerName": reader["layer_name"],
        "Description": reader["description"],
        "Content": {"S3Bucket": reader["s3_bucket"], "S3Key": reader["s3_key"]},
        "CompatibleRuntimes": reader["compatible_runtimes"],
        "CompatibleArchitectures": reader["compatible_architectures"],
    }
    call = ("lambda", "PublishLayerVersion")
    return [Part("AWS::Lambda::LayerVersion", properties, call, properties)]


def role(reader: Reader) -> list[Part]:
    """Translate a role."""
    trust, tags = reader.document("assume_role_policy"), tag_list(reader)
    named = {"RoleName": reader["name"], "Description": reader["description"]}
    limits = {
        "Path": reader["path"] or "/",
        "MaxSessionDuration": reader["max_session_duration"] or 3600,
    }
    properties = {**named, **limits, "AssumeRolePolicyDocument": trust, "Tags": tags}
    parameters = {**properties, "AssumeRolePolicyDocument": json.dumps(trust)}
    return [Part("AWS::IAM::Role", properties, ("iam", "CreateRole"), parameters)]


def role_policy(reader: Reader) -> list[Part]:
    """Translate the policy of a role."""
    policy = reader.document("policy")
    named = {"RoleName": reader["role"], "PolicyName": reader["name"]}
    parameters = {**named, "PolicyDocument": json.dumps(policy)}
    properties = {**named, "PolicyDocument": policy}
    return [Part("AWS::IAM::RolePolicy", properties, ("iam", "PutRolePolicy"), parameters)]


def log_group(reader: Reader) -> list[Part]:
    """Translate a log group; how long it keeps lines is a call of its own."""
    name, days = reader["name"], reader["retention_in_days"]
    properties = {"LogGroupName": name, "RetentionInDays": days, "Tags": tag_list(reader)}
    kind = "AWS::Logs::LogGroup"
    named = {"logGroupName": name}
    return [
        Part(kind, properties, ("logs", "CreateLogGroup"), {**named, "tags": reader["tags"]}),
        further("logs", "PutRetentionPolicy", {**named, "retentionInDays": days}),
    ]
