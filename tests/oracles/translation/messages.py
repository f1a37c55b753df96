"""Queues, topics, secrets and mail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.oracles.translation.reading import Part, further, given, tag_list

if TYPE_CHECKING:
    from tests.oracles.translation.reading import Reader


def queue(reader: Reader) -> list[Part]:
    """Translate a queue, its policy included."""
    name, policy = reader["name"], reader.document("policy")
    redrive = reader.document("redrive_policy")
    allowed = reader.document("redrive_allow_policy")
    numbers: dict[str, Any] = {
        "VisibilityTimeout": reader["visibility_timeout_seconds"],
        "DelaySeconds": reader["delay_seconds"],
        "MessageRetentionPeriod": reader["message_retention_seconds"],
        "ReceiveMessageWaitTimeSeconds": reader["receive_wait_time_seconds"],
        "MaximumMessageSize": reader["max_message_size"],
        "SqsManagedSseEnabled": reader["sqs_managed_sse_enabled"],
    }
    documents = given(RedrivePolicy=redrive, RedriveAllowPolicy=allowed)
    properties = {"QueueName": name, **numbers, **documents, "Tags": tag_list(reader)}
    attributes = {key: str(value).lower() for key, value in numbers.items()}
    attributes |= {key: json.dumps(value) for key, value in documents.items()}
    attributes["Policy"] = json.dumps(policy)
    call = ("sqs", "CreateQueue")
    tags = reader.get("tags") or {}
    guarded = {"Queues": [reader["url"]], "PolicyDocument": policy}
    set_policy = {"QueueUrl": reader["url"], "Attributes": {"Policy": json.dumps(policy)}}
    return [
        Part(
            "AWS::SQS::Queue",
            properties,
            call,
            {"QueueName": name, "Attributes": attributes, "tags": tags},
        ),
        Part("AWS::SQS::QueuePolicy", guarded, ("sqs", "SetQueueAttributes"), set_policy),
    ]


def topic(reader: Reader) -> list[Part]:
    """Translate a topic, with its policy where it carries one."""
    name, policy = reader["name"], reader.document("policy")
    reader.get("tracing_config")  # AWS's own where nothing is said
    tags = tag_list(reader)
    attributes = given(Policy=json.dumps(policy) if policy else None)
    made = Part(
        "AWS::SNS::Topic",
        {"TopicName": name, **({"Tags": tags} if tags else {})},
        ("sns", "CreateTopic"),
        {"Name": name, "Attributes": attributes, "Tags": tags},
    )
    return [made, *([_topic_policy(reader["arn"], policy)] if policy else [])]


def topic_policy(reader: Reader) -> list[Part]:
    """Translate a topic's policy that stands by itself."""
    return [_topic_policy(reader["arn"], reader.document("policy"))]


def subscription(reader: Reader) -> list[Part]:
    """Translate who is told of a topic; how the provider waits is its own."""
    properties = {
        "TopicArn": reader["topic_arn"],
        "Protocol": reader["protocol"],
        "Endpoint": reader["endpoint"],
    }
    for own in (
        *("confirmation_timeout_in_minutes", "endpoint_auto_confirms", "raw_message_delivery"),
        *("confirmation_was_authenticated", "filter_policy_scope", "owner_id"),
        "pending_confirmation",
    ):
        reader.get(own)
    return [Part("AWS::SNS::Subscription", properties, ("sns", "Subscribe"), properties)]


def _topic_policy(arn: str, policy: object) -> Part:
    parameters = {
        "TopicArn": arn,
        "AttributeName": "Policy",
        "AttributeValue": json.dumps(policy),
    }
    properties = {"Topics": [arn], "PolicyDocument": policy}
    return Part("AWS::SNS::TopicPolicy", properties, ("sns", "SetTopicAttributes"), parameters)


def secret(reader: Reader) -> list[Part]:
    """Translate a secret; its recovery window is a word of the call that deletes it."""
    name = reader["name"]
    reader.get("policy")  # a resource of its own, and none is made
    window = {"SecretId": name, "RecoveryWindowInDays": reader["recovery_window_in_days"]}
    properties = {"Name": name}
    kind = "AWS::SecretsManager::Secret"
    return [
        Part(kind, properties, ("secretsmanager", "CreateSecret"), {"Name": name}),
        further("secretsmanager", "DeleteSecret", window),
    ]


def identity(reader: Reader) -> list[Part]:
    """Translate an identity that mail is sent from."""
    properties = {"EmailIdentity": reader["email_identity"]}
    return [
        Part("AWS::SES::EmailIdentity", properties, ("sesv2", "CreateEmailIdentity"), properties)
    ]
