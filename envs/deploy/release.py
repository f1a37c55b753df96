"""From the working tree to an environment on AWS: package, upload, plan, apply."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
import click

from envs.deploy import artifacts
from envs.deploy.settings import SettingsError
from envs.deploy.terraform import Terraform

if TYPE_CHECKING:
    from pathlib import Path

    from envs.deploy.settings import Settings

_TARGET = "aws"


@dataclass(frozen=True)
class Release:
    """One way to AWS.

    Attributes:
        repository: The working tree.
        settings: The environment.
        assume_yes: Apply without asking.
    """

    repository: Path
    settings: Settings
    assume_yes: bool = False

    def check_account(self) -> None:
        """Compare the credentials at hand with the environment's account.

        Raises:
            SettingsError: They belong to another account.
        """
        sts = boto3.client("sts", region_name=self.settings.region)
        account_id = sts.get_caller_identity()["Account"]
        if account_id != self.settings.account_id:
            message = (
                f"the credentials at hand are of account {account_id}, "
                f"and `{self.settings.name}` lives in {self.settings.account_id}"
            )
            raise SettingsError(message)

    def bootstrap(self) -> None:
        """Make the buckets for state and artifacts."""
        self.check_account()
        settings = self.settings
        values = {
            "project": settings.project,
            "environment": settings.name,
            "account_id": settings.account_id,
            "region": settings.region,
        }
        root = self.repository / "envs" / "bootstrap"
        terraform = Terraform(root, variables=values, on_line=click.echo)
        terraform.init()
        terraform.run("workspace select", "-or-create", settings.name)
        self._apply(terraform)

    def plan(self) -> None:
        """Package, upload and show what an apply would change."""
        self._prepare().plan()

    def deploy(self) -> None:
        """Package, upload and apply."""
        self._apply(self._prepare())

    def _prepare(self) -> Terraform:
        self.check_account()
        package = [sys.executable, "-m", "generator.package", "--target", _TARGET]
        done = subprocess.run(package, cwd=self.repository, check=False)  # noqa: S603 - our module
        if done.returncode:
            message = "packaging failed, nothing was uploaded"
            raise artifacts.ArtifactError(message)
        build = self.repository / "build" / _TARGET
        client = boto3.client("s3", region_name=self.settings.region)
        uploaded = artifacts.upload(client, self.settings.artifact_bucket, artifacts.read(build))
        click.echo(f"uploaded {len(uploaded.sent)} zips, {len(uploaded.present)} were there")
        terraform = Terraform(
            self.settings.root,
            var_files=(build / artifacts.KEYS,),
            on_line=click.echo,
        )
        terraform.init({"bucket": self.settings.state_bucket, "region": self.settings.region})
        return terraform

    def _apply(self, terraform: Terraform) -> None:
        """Show the plan, ask, and apply exactly that plan."""
        kept = self.repository / "build" / f"{self.settings.name}.tfplan"
        kept.parent.mkdir(exist_ok=True)
        if not terraform.plan(kept):
            return
        if self.assume_yes or click.confirm(f"apply this to `{self.settings.name}`?"):
            terraform.apply(kept)
        kept.unlink()
