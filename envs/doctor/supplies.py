"""What is deployed from: the bucket, and the zips of the build at hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from envs.deploy.artifacts import KEYS
from envs.doctor.finding import Finding, judged

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client

    from envs.doctor.subject import Subject

_GONE = frozenset({"404", "NoSuchBucket", "NoSuchKey", "NotFound"})


def artifacts(s3: S3Client, subject: Subject, build: Path) -> Finding:
    """Look whether the bucket holds what the build at hand names."""
    try:
        s3.head_bucket(Bucket=subject.bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _GONE:
            raise
        return Finding("artifacts", "wrong", f"no bucket {subject.bucket}", "make bootstrap")
    keys = build / KEYS
    if not keys.is_file():
        return Finding("artifacts", "unknown", "nothing is built here", "make package")
    named = json.loads(keys.read_text(encoding="utf-8"))["artifacts"]
    wanted = sorted({named["layer"], *named["functions"].values()})
    missing = [key for key in wanted if not _is_there(s3, subject.bucket, key)]
    return judged(
        "artifacts",
        f"not uploaded: {', '.join(missing)}" if missing else "",
        f"{len(wanted)} are in {subject.bucket}",
        "`make plan` uploads them",
    )


def functions(client: LambdaClient, subject: Subject) -> Finding:
    """Look whether every job's function is deployed and can run."""
    wrong = []
    for worker in subject.workers:
        try:
            found = client.get_function_configuration(FunctionName=worker.base, Qualifier="live")
        except client.exceptions.ResourceNotFoundException:
            wrong.append(f"{worker.base} is not deployed")
            continue
        if found.get("State", "Active") != "Active":
            wrong.append(f"{worker.base} is {found['State']} ({found.get('StateReason', '')})")
    return judged(
        "functions",
        "; ".join(wrong),
        f"{len(subject.workers)} are deployed",
        "make deploy",
    )


def _is_there(s3: S3Client, bucket: str, key: str) -> bool:
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] in _GONE:
            return False
        raise
    return True
