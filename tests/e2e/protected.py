"""A protected environment on an emulator that enforces policies, from the modules as they are."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

from envs.deploy.change import Change
from envs.deploy.facts import Facts
from envs.deploy.settings import Settings
from envs.deploy.terraform import Terraform
from envs.local.engine import emulator
from envs.local.engine.clients import ACCOUNT, credentials
from generator.pipeline import examine
from generator.render.terraform import terraform
from tests.generator.manifests import job, manifest, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REPOSITORY = Path(__file__).resolve().parents[2]
_NOT_COPIED = shutil.ignore_patterns(".terraform*")
_SETTINGS = Settings(Path(), "shop", "prod", ACCOUNT, emulator.REGION)

MAIN = """
locals {
  project     = "shop"
  environment = "prod"
}

module "platform" {
  source               = "../../modules/platform"
  project              = local.project
  environment          = local.environment
  artifact_bucket      = "zips"
  layer                = { artifact = "layer.zip" }
  secrets              = local.secrets
  closed               = local.closed
  on_call              = { required = false, level = local.alarm_level }
  secret_recovery_days = 7
  deletion_protection  = %s
}
"""

# A worker that gives every message back, so that it stays what it is: waiting.
_HANDLER = """
def lambda_handler(event, context):
    return {"batchItemFailures": [{"itemIdentifier": r["messageId"]} for r in event["Records"]]}
"""


@dataclass
class Environment:
    """One environment, its Terraform, and its AWS.

    Attributes:
        root: Terraform root.
        endpoint: Address of the emulator.
        trusted: The certificate it answers with.
        main: Text of the root, with a place for whether it is protected.
        waits: The waits between looks, none of which is waited.
    """

    root: Path
    endpoint: str
    trusted: Path
    main: str
    waits: list[float] = field(default_factory=list)

    def client(self, service: str) -> Any:  # noqa: ANN401 - a client of any service
        """Return a client as its root user, whom only a policy of a resource refuses."""
        session = boto3.Session("test", "test", region_name=emulator.REGION)
        return session.client(
            service,  # type: ignore[call-overload] # any service
            endpoint_url=self.endpoint,
            verify=str(self.trusted),
        )

    @property
    def environ(self) -> dict[str, str]:
        """The environment that every command against it runs in."""
        return {**os.environ, **credentials(self.endpoint), "AWS_CA_BUNDLE": str(self.trusted)}

    @property
    def terraform(self) -> Terraform:
        """Terraform as a person runs it by hand."""
        variables = {"endpoint": self.endpoint}
        files = (self.root / "artifacts.json",)
        return Terraform(self.root, variables=variables, var_files=files, environ=self.environ)

    @property
    def change(self) -> Change:
        """The next change as `make deploy` makes it, save that it does not wait."""
        facts = Facts(
            self.client("sqs"), self.client("scheduler"), "shop-prod-delayed", self.waits.append
        )
        secrets = self.client("secretsmanager")
        return Change(self.terraform, _SETTINGS, self.root / "kept.tfplan", facts, secrets)

    def declare(self, jobs: Mapping[str, object], *, protected: bool = True) -> None:
        """Write the manifest and what the generator makes of it."""
        text = manifest(jobs, environments=["prod"])
        examined = examine(write(self.root, text))
        assert examined.manifest is not None, examined.findings
        generated = terraform(examined.manifest.workers["prod"])
        (self.root / "jobs.gen.tf").write_text(generated, encoding="utf-8")
        (self.root / "main.tf").write_text(self.main % str(protected).lower(), encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(_packed()).digest()).decode()
        functions = {name: {"key": "function.zip", "sha256": digest} for name in jobs}
        keys = {"layer": "layer.zip", "functions": functions}
        (self.root / "artifacts.json").write_text(json.dumps({"artifacts": keys}))

    def deploy(self) -> None:
        """Do what `make deploy` does from the plan on."""
        change = self.change
        assert change.plan(), "nothing changes"
        if change.recover_secrets(restore=True):
            change.plan()
        change.judge()
        change.apply()

    def url(self, queue: str) -> str:
        """Return the address of a queue."""
        return str(self.client("sqs").get_queue_url(QueueName=queue)["QueueUrl"])

    def state(self) -> set[str]:
        """Return the addresses of everything that Terraform knows."""
        lines: list[str] = []
        known = Terraform(self.root, environ=self.environ, on_line=lines.append)
        known.run("state list")
        return {line for line in lines if ".data." not in line and not line.startswith("data.")}


def a_job(**settings: object) -> dict[str, object]:
    """Return a job that is quick to deploy."""
    return job(timeout="3s", **settings)


@contextmanager
def environment(directory: Path, main: str = MAIN) -> Iterator[Environment]:
    """Start an emulator with an empty environment in it, and end it.

    Args:
        directory: Where all of it lies.
        main: Text of the root, with a place for whether it is protected.
    """
    places = emulator.Places(
        directory / "run", directory / "aws", emulator.Places.of(REPOSITORY).venv
    )
    root = directory / "envs" / "prod"
    root.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "modules", directory / "modules", ignore=_NOT_COPIED)
    for name in ("providers.tf", "variables.tf", "versions.tf"):
        shutil.copy2(REPOSITORY / "envs" / "local" / name, root)
    endpoint = emulator.start(places, strict=True)
    try:
        made = Environment(root, endpoint, emulator.certificate(places), main)
        _upload(made.client("s3"))
        yield made
    finally:
        emulator.stop(places)


def _upload(s3: Any) -> None:  # noqa: ANN401 - a client
    where = {"LocationConstraint": emulator.REGION}
    s3.create_bucket(Bucket="zips", CreateBucketConfiguration=where)
    for key in ("layer.zip", "function.zip"):
        s3.put_object(Bucket="zips", Key=key, Body=_packed())


def _packed() -> bytes:
    """Return a zip with the workers; the same bytes each time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("send_receipt", "stays"):
            place = zipfile.ZipInfo(f"generated/entrypoints/{name}.py")
            archive.writestr(place, _HANDLER)
    return packed.getvalue()
