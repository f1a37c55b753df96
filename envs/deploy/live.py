"""The aliases `live` of an environment's functions, and the records that deploys leave of them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client

    from envs.deploy.versions import Versions

ALIAS = "live"
_KEPT_RELEASES = 50
_RELEASES = "releases/"


@dataclass(frozen=True)
class Live:
    """What runs in one environment.

    Attributes:
        functions: Client of Lambda.
        objects: Client of S3.
        bucket: The environment's artifact bucket, where the records lie.
        prefix: What the names of the environment's functions begin with.
    """

    functions: LambdaClient
    objects: S3Client
    bucket: str
    prefix: str

    def versions(self) -> Versions:
        """Return the version that each alias names; what has no alias is no job's function."""
        found: Versions = {}
        for page in self.functions.get_paginator("list_functions").paginate():
            for function in page["Functions"]:
                name = function["FunctionName"]
                if name.startswith(self.prefix):
                    for alias in self.functions.list_aliases(FunctionName=name)["Aliases"]:
                        if alias["Name"] == ALIAS:
                            found[name] = int(alias["FunctionVersion"])
        return found

    def move(self, versions: Versions) -> None:
        """Let aliases name other versions.

        Raises:
            ClientError: Lambda refused; the aliases before it in order of name have moved.
        """
        for name, version in sorted(versions.items()):
            self.functions.update_alias(FunctionName=name, Name=ALIAS, FunctionVersion=str(version))

    def record(self, moment: dt.datetime) -> None:
        """Write down what runs, for a later rollback; records beyond the newest fifty go."""
        body = json.dumps(self.versions(), indent=2, sort_keys=True).encode()
        key = f"{_RELEASES}{moment.astimezone(dt.UTC):%Y-%m-%dT%H-%M-%SZ}.json"
        self.objects.put_object(
            Bucket=self.bucket, Key=key, Body=body, ContentType="application/json"
        )
        for old in self._keys()[:-_KEPT_RELEASES]:
            self.objects.delete_object(Bucket=self.bucket, Key=old)

    def releases(self) -> list[Versions]:
        """Return what earlier deploys left running, the oldest first."""
        return [
            {str(name): int(version) for name, version in json.loads(body).items()}
            for body in (
                self.objects.get_object(Bucket=self.bucket, Key=key)["Body"].read()
                for key in self._keys()
            )
        ]

    def _keys(self) -> list[str]:
        pages = self.objects.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=_RELEASES
        )
        return sorted(entry["Key"] for page in pages for entry in page.get("Contents", ()))
