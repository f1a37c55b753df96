"""New code in functions that run: package, upload, and let the alias name a new version."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from envs.deploy.artifacts import KEYS, Artifact, upload
from envs.deploy.live import ALIAS
from envs.local.demo.stack import ARTIFACT_BUCKET

if TYPE_CHECKING:
    from pathlib import Path

    from envs.local.engine.clients import Aws

_PREFIX = "clarivum-local-"


@dataclass
class Functions:
    """The functions of the local AWS.

    Attributes:
        aws: The local AWS.
        running: Hash of the code that each job's alias names, as far as it was asked.
    """

    aws: Aws
    running: dict[str, str] = field(default_factory=dict)

    def update(self, built: Path) -> list[str]:
        """Let every job whose zip differs from what runs run its zip; return which.

        Args:
            built: Directory of the build.

        Raises:
            ClientError: The local AWS refused.
        """
        keys = json.loads((built / KEYS).read_text(encoding="utf-8"))["artifacts"]["functions"]
        changed = []
        for job, zipped in keys.items():
            if self._hash(job) == zipped["sha256"]:
                continue
            path = built / "functions" / f"{job}.zip"
            upload(self.aws.s3, ARTIFACT_BUCKET, [Artifact(zipped["key"], path)])
            self._run(job, zipped["key"])
            self.running[job] = zipped["sha256"]
            changed.append(job)
        return changed

    def _hash(self, job: str) -> str:
        if job not in self.running:
            found = self.aws.functions.get_function_configuration(
                FunctionName=f"{_PREFIX}{job}", Qualifier=ALIAS
            )
            self.running[job] = found["CodeSha256"]
        return self.running[job]

    def _run(self, job: str, key: str) -> None:
        name = f"{_PREFIX}{job}"
        published = self.aws.functions.update_function_code(
            FunctionName=name, S3Bucket=ARTIFACT_BUCKET, S3Key=key, Publish=True
        )
        self.aws.functions.update_alias(
            FunctionName=name, Name=ALIAS, FunctionVersion=published["Version"]
        )
