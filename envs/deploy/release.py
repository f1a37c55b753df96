"""From the working tree to an environment on AWS: package, upload, plan, judge, apply."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
import click

from envs.deploy import artifacts, neighbours
from envs.deploy.change import Change
from envs.deploy.live import Live
from envs.deploy.settings import SettingsError
from envs.deploy.terraform import Terraform
from envs.deploy.versions import moves_back

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

    def check_place(self) -> None:
        """Compare the account, and look who else lives in it.

        Raises:
            SettingsError: It is another account, or names would clash in it.
        """
        self.check_account()
        neighbours.refuse_two_owners(self.repository, self.settings)
        neighbours.refuse(boto3.client("s3", region_name=self.settings.region), self.settings)

    def bootstrap(self) -> None:
        """Make the buckets for state and artifacts."""
        self.check_place()
        settings = self.settings
        values = {
            "project": settings.project,
            "environment": settings.name,
            "account_id": settings.account_id,
            "region": settings.region,
        }
        root = self.repository / "envs" / "bootstrap"
        access = root / f"{settings.name}.tfvars"
        files = (access,) if access.is_file() else ()
        terraform = Terraform(root, variables=values, var_files=files, on_line=click.echo)
        terraform.init()
        terraform.run("workspace select", "-or-create", settings.name)
        self._apply(self._change(terraform))

    def plan(self) -> None:
        """Package, and show what an apply would change; nothing is uploaded.

        Who plans may be a pull request: what it uploaded under a name would be run by a deploy.

        Raises:
            RemovalError: It would lose what must stay.
        """
        change = self._change(self._prepare(upload=False))
        try:
            if change.plan():
                change.recover_secrets(restore=False)
                change.judge()
        finally:
            change.forget()

    def deploy(self) -> None:
        """Package, upload, apply, and write down which versions run then.

        Raises:
            RemovalError: It would lose what must stay.
        """
        if self._apply(self._change(self._prepare())):
            self._live.record(dt.datetime.now(dt.UTC))

    def rollback(self, job: str | None) -> None:
        """Let queue and schedules start the versions that ran before; nothing is built.

        Args:
            job: The only job to go back; otherwise all of the release before do.

        Raises:
            NoEarlierReleaseError: No release on record is older than what runs.
        """
        self.check_account()
        live = self._live
        running = live.versions()
        function = f"{live.prefix}{job}" if job else None
        back = moves_back(running, live.releases(), function)
        live.move(back)
        for name, version in sorted(back.items()):
            click.echo(f"{name}: version {running[name]} -> {version}")

    def take_down(self) -> None:
        """Remove everything but the state and the zips.

        Raises:
            RemovalError: The environment is protected.
        """
        change = self._change(self._prepare())
        try:
            if change.plan_the_end() and self._agreed(f"take `{self.settings.name}` down?"):
                change.apply()
        finally:
            change.forget()

    @property
    def _live(self) -> Live:
        settings = self.settings
        return Live(
            boto3.client("lambda", region_name=settings.region),
            boto3.client("s3", region_name=settings.region),
            settings.artifact_bucket,
            f"{settings.base}-",
        )

    def _prepare(self, *, upload: bool = True) -> Terraform:
        self.check_place()
        package = [sys.executable, "-m", "generator.package", "--target", _TARGET]
        done = subprocess.run(package, cwd=self.repository, check=False)  # noqa: S603 - our module
        if done.returncode:
            message = "packaging failed, nothing was uploaded"
            raise artifacts.ArtifactError(message)
        build = self.repository / "build" / _TARGET
        zips = artifacts.read(build)
        if upload:
            client = boto3.client("s3", region_name=self.settings.region)
            uploaded = artifacts.upload(client, self.settings.artifact_bucket, zips)
            click.echo(f"uploaded {len(uploaded.sent)} zips, {len(uploaded.present)} were there")
        terraform = Terraform(
            self.settings.root,
            var_files=(build / artifacts.KEYS,),
            on_line=click.echo,
        )
        terraform.init({"bucket": self.settings.state_bucket, "region": self.settings.region})
        return terraform

    def _change(self, terraform: Terraform) -> Change:
        kept = self.repository / "build" / f"{self.settings.name}.tfplan"
        return Change.of(terraform, self.settings, kept)

    def _apply(self, change: Change) -> bool:
        """Show the plan, judge it, ask, apply exactly that plan; return whether it was applied."""
        try:
            if not change.plan():
                return False
            if change.recover_secrets(restore=True):
                change.plan()
            loses = change.judge()
            if not self._agreed(f"apply this to `{self.settings.name}`?"):
                return False
            if loses and not self.assume_yes:
                change.judge()  # who was asked took time, and a message may have come meanwhile
            change.apply()
            return True
        finally:
            change.forget()

    def _agreed(self, question: str) -> bool:
        return self.assume_yes or click.confirm(question)
