"""New code in functions that run: package, upload, and let the alias name a new version."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from envs.deploy.artifacts import KEYS, Artifact, upload
from envs.deploy.live import ALIAS
from envs.desk.opening import LOCAL, manifest_of
from envs.local.demo.stack import ARTIFACT_BUCKET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from envs.local.engine.clients import Aws

_PREFIX = "clarivum-local-"


def served(root: Path) -> dict[str, str]:
    """Return each name that is deployed here, and the job whose code it runs.

    Raises:
        DeskError: The manifest has errors.
    """
    workers = manifest_of(root).workers.get(LOCAL, ())
    return {worker.job.name: worker.job.entry for worker in workers}


@dataclass
class Functions:
    """The functions of the local AWS.

    Attributes:
        aws: The local AWS.
        served: The job whose code each runs, by its name in AWS: a job's own, and its former ones.
        running: Hash of the code that each one's alias names, as far as it was asked.
        before: Version that each one ran before the present one, as far as it was changed here.
    """

    aws: Aws
    served: Mapping[str, str]
    running: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def update(self, built: Path) -> list[str]:
        """Let every function whose zip differs from what runs run its zip; return which.

        Args:
            built: Directory of the build.

        Raises:
            ClientError: The local AWS refused.
        """
        keys = json.loads((built / KEYS).read_text(encoding="utf-8"))["artifacts"]["functions"]
        changed = []
        for name, job in self.served.items():
            zipped = keys[job]
            if self._hash(name) == zipped["sha256"]:
                continue
            path = built / "functions" / f"{job}.zip"
            upload(self.aws.s3, ARTIFACT_BUCKET, [Artifact(zipped["key"], path)])
            self._run(name, zipped["key"])
            self.running[name] = zipped["sha256"]
            changed.append(name)
        return changed

    def _hash(self, name: str) -> str:
        if name not in self.running:
            found = self.aws.functions.get_function_configuration(
                FunctionName=f"{_PREFIX}{name}", Qualifier=ALIAS
            )
            self.running[name] = found["CodeSha256"]
        return self.running[name]

    def _run(self, name: str, key: str) -> None:
        """Let the alias name a new version, and end the one before the last.

        The emulator keeps a process for each version that ever ran, which are hundreds in a day.
        What runs in the last version goes on.
        """
        function = f"{_PREFIX}{name}"
        published = self.aws.functions.update_function_code(
            FunctionName=function, S3Bucket=ARTIFACT_BUCKET, S3Key=key, Publish=True
        )
        last = self.aws.functions.get_alias(FunctionName=function, Name=ALIAS)["FunctionVersion"]
        self.aws.functions.update_alias(
            FunctionName=function, Name=ALIAS, FunctionVersion=published["Version"]
        )
        if name in self.before:
            self.aws.functions.delete_function(FunctionName=function, Qualifier=self.before[name])
        self.before[name] = last
