"""From an environment to the differences of its plan, which is made, read and forgotten."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from envs.deploy import artifacts
from envs.deploy.provider import ProviderNotFoundError
from envs.deploy.settings import SettingsError, read
from envs.deploy.terraform import Terraform, TerraformError
from envs.desk.opening import LOCAL
from envs.drift import allowed
from envs.drift.document import UnreadablePlanError, require_whole
from envs.drift.plan import differences
from generator.manifest.names import module_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from typing import Any

    from envs.drift.difference import Difference
    from generator.manifest.resolved import Manifest

_NO_PLAN = (
    TerraformError,
    ProviderNotFoundError,
    SettingsError,
    artifacts.ArtifactError,
    UnreadablePlanError,
)


class PlanFailedError(Exception):
    """There is no plan, so nobody knows whether anything differs."""


def planned(
    root: Path, manifest: Manifest, environment: str, today: dt.date
) -> tuple[Difference, ...]:
    """Plan an environment, and return what differs and nobody bears.

    Raises:
        PlanFailedError: Terraform could not plan.
        AllowListError: The allow-list cannot be read.
    """
    entries = allowed.read(root / "envs" / environment)
    try:
        terraform = _local(root) if environment == LOCAL else _on_aws(root, environment)
        plan = plan_of(terraform)
    except _NO_PLAN as error:
        raise PlanFailedError(str(error)) from error
    names = [worker.job.name for worker in manifest.workers.get(environment, ())]
    jobs = {module_name(name): name for name in names}
    found = differences(_without_quirks(plan) if environment == LOCAL else plan, jobs)
    return allowed.sort_out(found, entries, today)


def plan_of(terraform: Terraform) -> Mapping[str, Any]:
    """Return the plan, empty if Terraform would change nothing.

    Raises:
        UnreadablePlanError: Terraform says that it would change something, and not what.
    """
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "drift.tfplan")
        if not terraform.plan(kept):
            return {}
        plan = terraform.show(kept)
    require_whole(plan)
    if next(differences(plan, {}), None) is None:
        message = "Terraform would change something that its plan's JSON does not name"
        raise UnreadablePlanError(message)
    return plan


def _local(root: Path) -> Terraform:
    from envs.local.demo import roots  # noqa: PLC0415 - the emulator is not for AWS

    try:
        found = roots.local(root)
    except roots.NothingRunsError as error:
        raise PlanFailedError(str(error)) from error
    return Terraform(found.root, found.variables, found.var_files)


def _on_aws(root: Path, environment: str) -> Terraform:
    """Return the root with the zips at hand; they are packaged and, unlike for a deploy, stay."""
    settings = read(root, environment)
    package = [sys.executable, "-m", "generator.package", "--target", "aws"]
    done = subprocess.run(package, cwd=root, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - our module
    if done.returncode:
        message = "packaging failed, so there is no plan"
        raise PlanFailedError(message)
    keys = root / "build" / "aws" / artifacts.KEYS
    terraform = Terraform(settings.root, var_files=(keys,), environ=os.environ)
    terraform.init({"bucket": settings.state_bucket, "region": settings.region})
    return terraform


def _without_quirks(plan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a plan of the emulator less what the emulator alone reads otherwise."""
    from envs.local.engine.plan import without  # noqa: PLC0415 - the emulator is not for AWS
    from envs.local.engine.quirks import QUIRKS  # noqa: PLC0415 - likewise

    return without(plan, QUIRKS)
