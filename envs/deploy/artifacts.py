"""Bring the zips of a build into an environment's artifact bucket.

A key holds the hash of its content, so that nothing is ever replaced: what is there is skipped, and
going back to an older commit finds its zips still in place.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mypy_boto3_s3 import S3Client

KEYS = "artifacts.auto.tfvars.json"
_AT_ONCE = 8


class ArtifactError(Exception):
    """A build is missing or does not agree with its own keys."""


@dataclass(frozen=True)
class Artifact:
    """One zip of a build, and the key it belongs under."""

    key: str
    path: Path


@dataclass(frozen=True)
class Upload:
    """What an upload did: the keys it sent, and those that were there."""

    sent: tuple[str, ...]
    present: tuple[str, ...]


def read(build: Path) -> tuple[Artifact, ...]:
    """Return the zips of `build/<target>`.

    Raises:
        ArtifactError: There is no build, or a zip is not the one its key names.
    """
    keys = build / KEYS
    if not keys.is_file():
        message = f"there is no {keys}: run `python -m generator.package --target {build.name}`"
        raise ArtifactError(message)
    artifacts = json.loads(keys.read_text(encoding="utf-8"))["artifacts"]
    found = [Artifact(artifacts["layer"], build / "layer.zip")]
    for job, function in sorted(artifacts["functions"].items()):
        found.append(Artifact(function["key"], build / "functions" / f"{job}.zip"))
    for artifact in found:
        _check(artifact)
    return tuple(found)


def upload(client: S3Client, bucket: str, artifacts: Iterable[Artifact]) -> Upload:
    """Send what the bucket does not have yet."""
    wanted = tuple(artifacts)

    def send(artifact: Artifact) -> bool:
        if _present(client, bucket, artifact.key):
            return False
        client.put_object(Bucket=bucket, Key=artifact.key, Body=artifact.path.read_bytes())
        return True

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        sent = tuple(pool.map(send, wanted))
    outcome = tuple(zip(wanted, sent, strict=True))
    return Upload(
        sent=tuple(artifact.key for artifact, new in outcome if new),
        present=tuple(artifact.key for artifact, new in outcome if not new),
    )


def _check(artifact: Artifact) -> None:
    if not artifact.path.is_file():
        message = f"{artifact.path} is missing: package again"
        raise ArtifactError(message)
    digest = hashlib.sha256(artifact.path.read_bytes()).hexdigest()
    if digest not in artifact.key:
        message = f"{artifact.path} is not the zip that {artifact.key} names: package again"
        raise ArtifactError(message)


def _present(client: S3Client, bucket: str, key: str) -> bool:
    try:
        client.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:  # noqa: PLR2004 - not found
            return False
        raise
    return True
