"""The table and the buckets; what Terraform splits into several resources is several parts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.oracles.translation.reading import Part, further

if TYPE_CHECKING:
    from tests.oracles.translation.reading import Reader

_BUCKET = "AWS::S3::Bucket"


def table(reader: Reader) -> list[Part]:
    """Translate the table; its time to live and its backups are calls of their own."""
    name, ttl = reader["name"], reader.block("ttl")
    backups = reader.block("point_in_time_recovery")["enabled"]
    shared: dict[str, Any] = {
        "TableName": name,
        "BillingMode": reader["billing_mode"],
        "DeletionProtectionEnabled": reader["deletion_protection_enabled"],
        "AttributeDefinitions": [
            {"AttributeName": found["name"], "AttributeType": found["type"]}
            for found in reader["attribute"]
        ],
        "KeySchema": _keys(reader["hash_key"], reader.get("range_key")),
        "GlobalSecondaryIndexes": [
            {
                "IndexName": index["name"],
                "KeySchema": _keys(index["hash_key"], index["range_key"]),
                "Projection": {"ProjectionType": index["projection_type"]},
            }
            for index in reader["global_secondary_index"]
        ],
    }
    encrypted = reader.block("server_side_encryption")["enabled"]
    lifetime = {"AttributeName": ttl["attribute_name"], "Enabled": ttl["enabled"]}
    restored = {"PointInTimeRecoveryEnabled": backups}
    properties = {
        **shared,
        "SSESpecification": {"SSEEnabled": encrypted},
        "TimeToLiveSpecification": lifetime,
        "PointInTimeRecoverySpecification": restored,
    }
    kind, named = "AWS::DynamoDB::Table", {"TableName": name}
    parameters = {**shared, "SSESpecification": {"Enabled": encrypted}}
    lives = {**named, "TimeToLiveSpecification": lifetime}
    recovers = {**named, "PointInTimeRecoverySpecification": restored}
    return [
        Part(kind, properties, ("dynamodb", "CreateTable"), parameters),
        further("dynamodb", "UpdateTimeToLive", lives),
        further("dynamodb", "UpdateContinuousBackups", recovers),
    ]


def _keys(partition: str, sort: str | None) -> list[dict[str, str]]:
    found = {"HASH": partition, "RANGE": sort}
    return [{"AttributeName": name, "KeyType": kind} for kind, name in found.items() if name]


def bucket(reader: Reader) -> list[Part]:
    """Translate a bucket; whether it may be emptied is a word of Terraform's own."""
    reader.get("force_destroy")
    reader.get("policy")
    named = {"BucketName": reader["bucket"]}
    parameters = {"Bucket": reader["bucket"]}
    return [Part(_BUCKET, named, ("s3", "CreateBucket"), parameters)]


def versioning(reader: Reader) -> list[Part]:
    """Translate the versions of a bucket."""
    settings = {"Status": reader.block("versioning_configuration")["status"]}
    return [_setting(reader, "Versioning", settings, settings)]


def encryption(reader: Reader) -> list[Part]:
    """Translate the encryption of a bucket."""
    (default,) = reader.block("rule")["apply_server_side_encryption_by_default"]
    algorithm = {"SSEAlgorithm": default["sse_algorithm"]}
    properties = {
        "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": algorithm}]
    }
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": algorithm}]}
    parameters = {"Bucket": _named(reader), "ServerSideEncryptionConfiguration": rules}
    named = {"BucketEncryption": properties}
    return [Part(_BUCKET, named, ("s3", "PutBucketEncryption"), parameters)]


def ownership(reader: Reader) -> list[Part]:
    """Translate who owns the objects of a bucket."""
    rules = {"Rules": [{"ObjectOwnership": reader.block("rule")["object_ownership"]}]}
    named = {"OwnershipControls": rules}
    parameters = {"Bucket": _named(reader), "OwnershipControls": rules}
    return [Part(_BUCKET, named, ("s3", "PutBucketOwnershipControls"), parameters)]


def public_access(reader: Reader) -> list[Part]:
    """Translate what the public may not do."""
    settings = {
        "BlockPublicAcls": reader["block_public_acls"],
        "BlockPublicPolicy": reader["block_public_policy"],
        "IgnorePublicAcls": reader["ignore_public_acls"],
        "RestrictPublicBuckets": reader["restrict_public_buckets"],
    }
    named = {"PublicAccessBlockConfiguration": settings}
    parameters = {"Bucket": _named(reader), "PublicAccessBlockConfiguration": settings}
    return [Part(_BUCKET, named, ("s3", "PutPublicAccessBlock"), parameters)]


def lifecycle(reader: Reader) -> list[Part]:
    """Translate what is forgotten, and when."""
    rules, theirs = [], []
    for rule in reader["rule"]:
        (old,), (begun,) = (
            rule["noncurrent_version_expiration"],
            rule["abort_incomplete_multipart_upload"],
        )
        shared = {
            "Status": rule["status"],
            "AbortIncompleteMultipartUpload": {
                "DaysAfterInitiation": begun["days_after_initiation"]
            },
        }
        expiry = {"NoncurrentDays": old["noncurrent_days"]}
        rules.append({"Id": rule["id"], **shared, "NoncurrentVersionExpiration": expiry})
        theirs.append(
            {
                "ID": rule["id"],
                **shared,
                "NoncurrentVersionExpiration": expiry,
                "Filter": {"Prefix": ""},
            }
        )
    named = {"LifecycleConfiguration": {"Rules": rules}}
    parameters = {"Bucket": _named(reader), "LifecycleConfiguration": {"Rules": theirs}}
    return [Part(_BUCKET, named, ("s3", "PutBucketLifecycleConfiguration"), parameters)]


def bucket_policy(reader: Reader) -> list[Part]:
    """Translate the policy of a bucket."""
    policy, name = reader.document("policy"), _named(reader)
    parameters = {"Bucket": name, "Policy": json.dumps(policy)}
    properties = {"Bucket": name, "PolicyDocument": policy}
    return [Part("AWS::S3::BucketPolicy", properties, ("s3", "PutBucketPolicy"), parameters)]


def _named(reader: Reader) -> str:
    """Return the bucket's name; a mocked provider knows it as some letters."""
    return str(reader["bucket"])


def _setting(
    reader: Reader, name: str, properties: dict[str, Any], settings: dict[str, Any]
) -> Part:
    parameters = {"Bucket": _named(reader), f"{name}Configuration": settings}
    named = {f"{name}Configuration": properties}
    return Part(_BUCKET, named, ("s3", f"PutBucket{name}"), parameters)
