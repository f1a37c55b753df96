"""What an environment should be, from its manifest and its root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import hcl2

from envs.deploy.settings import SettingsError
from generator.pipeline import examine
from generator.rules.environments import is_for_trial

if TYPE_CHECKING:
    from pathlib import Path

    from envs.deploy.settings import Settings
    from generator.manifest.resolved import Worker


@dataclass(frozen=True, slots=True)
class Subject:
    """One environment.

    Attributes:
        base: Beginning of every name.
        account_id: Account that it lives in.
        region: Region that it lives in.
        bucket: Bucket of the zips.
        workers: Its jobs.
        mail_domain: Domain that mails are sent from; empty where none are.
        needs_on_call: Whether somebody must hear of its alarms.
    """

    base: str
    account_id: str
    region: str
    bucket: str
    workers: tuple[Worker, ...]
    mail_domain: str
    needs_on_call: bool

    @property
    def topic_arn(self) -> str:
        """The on-call topic."""
        return f"arn:aws:sns:{self.region}:{self.account_id}:{self.base}-on-call"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Full names of the secrets that jobs read."""
        project, _, environment = self.base.rpartition("-")
        folder = f"{project}/{environment}"
        names = {secret for worker in self.workers for secret in worker.job.secrets}
        return tuple(f"{folder}/{name}" for name in sorted(names))


def subject_of(repository: Path, settings: Settings) -> Subject:
    """Return what an environment should be.

    Raises:
        SettingsError: The manifest is broken, or does not list the environment.
    """
    examined = examine(repository / "jobs.yaml", repository)
    if examined.manifest is None:
        message = "jobs.yaml has errors: `make validate` names them"
        raise SettingsError(message)
    if settings.name not in examined.manifest.workers:
        message = f"jobs.yaml does not list the environment `{settings.name}`"
        raise SettingsError(message)
    values = hcl2.loads((settings.root / "terraform.tfvars").read_text(encoding="utf-8"))
    return Subject(
        base=settings.base,
        account_id=settings.account_id,
        region=settings.region,
        bucket=settings.artifact_bucket,
        workers=examined.manifest.workers[settings.name],
        mail_domain=str(values.get("mail_domain", "")).strip('"'),
        needs_on_call=not is_for_trial(settings.name),
    )
