"""One change of an environment: planned, judged, and applied as it was planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
import click

from envs.deploy import protection, removal, secrets
from envs.deploy.facts import APART, Facts

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_secretsmanager import SecretsManagerClient

    from envs.deploy.settings import Settings
    from envs.deploy.terraform import Terraform


class RemovalError(Exception):
    """A plan would lose what must stay; the text says what, why, and what to do."""


@dataclass(frozen=True)
class Change:
    """One change on its way.

    Attributes:
        terraform: The root, initialised.
        settings: The environment.
        kept: Where the plan is kept for its apply.
        facts: Looks at what a removal depends on.
        client: Of the environment's secrets.
    """

    terraform: Terraform
    settings: Settings
    kept: Path
    facts: Facts
    client: SecretsManagerClient

    @classmethod
    def of(cls, terraform: Terraform, settings: Settings, kept: Path) -> Change:
        """Return a change of an environment as its credentials see it."""
        region = settings.region
        sqs = boto3.client("sqs", region_name=region)
        scheduler = boto3.client("scheduler", region_name=region)
        facts = Facts(sqs, scheduler, f"{settings.base}-delayed")
        client = boto3.client("secretsmanager", region_name=region)
        return cls(terraform, settings, kept, facts, client)

    def plan(self) -> bool:
        """Plan, and say whether there is anything to do."""
        self.kept.parent.mkdir(exist_ok=True)
        return self.terraform.plan(self.kept)

    def recover_secrets(self, *, restore: bool) -> bool:
        """Look for deleted secrets that the plan would make anew; return whether to plan again.

        Args:
            restore: Bring them back with their values; otherwise only say that it would be done.
        """
        names = secrets.planned(self.terraform.show(self.kept))
        found = tuple(secrets.deleted(self.client, names))
        for secret in found:
            if not restore:
                click.echo(f"the secret {secret.name} is deleted: deploying brings it back")
                continue
            secrets.restore(self.client, secret)
            self.terraform.adopt(secret.address, secret.arn)
            click.echo(f"the secret {secret.name} was deleted and is back, with its value")
        return restore and bool(found)

    def judge(self) -> bool:
        """Refuse a plan that would lose what must stay; return whether it loses anything.

        Raises:
            RemovalError: It would.
        """
        plan = self.terraform.show(self.kept)
        lost = removal.losses(plan)
        ending = removal.ending(lost)
        if ending:
            click.echo(f"looking twice, {APART:.0f} s apart, at {', '.join(sorted(ending))}")
        held = removal.refusals(lost, self.facts.known(ending), removal.readers(plan))
        if held:
            raise RemovalError("\n".join(map(str, held)))
        return bool(lost)

    def plan_the_end(self) -> bool:
        """Plan to remove everything, and say whether there is anything.

        Raises:
            RemovalError: The environment is protected.
        """
        self.kept.parent.mkdir(exist_ok=True)
        if not self.terraform.plan(self.kept, destroy=True):
            return False
        held = protection.protected(self.terraform.show(self.kept))
        if held:
            name = self.settings.name
            message = (
                f"error[removal]: `{name}` is protected: {held[0]} and {len(held) - 1} more would "
                f"refuse\n  hint: set deletion_protection = false in envs/{name}/main.tf and "
                "deploy that first"
            )
            raise RemovalError(message)
        return True

    def apply(self) -> None:
        """Apply exactly what was planned."""
        self.terraform.apply(self.kept)

    def forget(self) -> None:
        """Remove the kept plan: it holds values."""
        self.kept.unlink(missing_ok=True)
