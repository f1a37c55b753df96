"""Bringing everything up: what was kept goes on; what was not is made from nothing, once."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from envs.deploy import artifacts
from envs.deploy.terraform import require_terraform
from envs.local.demo import stack
from envs.local.demo.keys import put_secrets
from envs.local.engine import emulator, processes
from envs.local.engine.clients import Aws, credentials
from envs.local.loop import memory
from envs.local.loop.reload import Functions, served
from generator.package.build import build
from generator.package.targets import host

if TYPE_CHECKING:
    from pathlib import Path

    from envs.local.demo.progress import Progress

TABLE = "clarivum-local-jobs"


@dataclass(frozen=True)
class Running:
    """What runs.

    Attributes:
        root: The repository.
        places: Where the emulator keeps its things.
        aws: The local AWS.
        site: Address of the website.
    """

    root: Path
    places: emulator.Places
    aws: Aws
    site: str


def start(root: Path, progress: Progress) -> Running:
    """Bring everything up, and apply only what was not applied before.

    Raises:
        StackError: A part did not come up, or the manifest has errors.
        EmulatorError: The emulator did not start.
        InstallError: The emulator's packages could not be installed.
        PackageError: The jobs cannot be packaged.
        TerraformError: There is no Terraform.
    """
    require_terraform(os.environ)
    places = emulator.Places.of(root)
    known = memory.recall(root)
    with progress.step("generate what follows from jobs.yaml"):
        stack.generate(root)
    with ThreadPoolExecutor(max_workers=1) as pool:
        packaged = pool.submit(build, root, host(), root / "build" / "host")
        with progress.step("start the local AWS and the site"):
            running, known = _up(root, places, known)
        with progress.step("package the workers and their dependencies"):
            packaged.result()
    if memory.applied(root, running.aws.endpoint, running.site) != known.applied:
        apply(running, progress)
    else:
        with progress.step("update the functions that were edited meanwhile"):
            Functions(running.aws, served(root)).update(root / "build" / "host")
    stack.start_alarms(root, places, running.aws.endpoint)
    return running


def apply(running: Running, progress: Progress) -> None:
    """Upload the zips and apply what follows from the manifest; remember that it was.

    Raises:
        StackError: Terraform refused.
    """
    root, places, aws = running.root, running.places, running.aws
    memory.remember(root, memory.now(root, aws.endpoint, running.site, done=False))
    with progress.step("upload the zips to the artifact bucket"):
        buckets = stack.begin_apply(root, places, "bootstrap")
        stack.wait_for_bucket(aws, buckets)
        built = root / "build" / "host"
        artifacts.upload(aws.s3, stack.ARTIFACT_BUCKET, artifacts.read(built))
    with progress.step("terraform apply envs/local"):
        stack.finish(stack.begin_apply(root, places, "local"))
        stack.finish(buckets)
    put_secrets(aws)
    memory.remember(root, memory.now(root, aws.endpoint, running.site))


def end(root: Path) -> None:
    """End everything that runs for this tree, and keep its state for the next start."""
    places = emulator.Places.of(root)
    for name in stack.BACKGROUND:
        processes.stop(places.run, name)
    emulator.stop(places, keep=True)


def _up(root: Path, places: emulator.Places, known: memory.Memory) -> tuple[Running, memory.Memory]:
    """Start the emulator with what it kept; from nothing if it kept nothing that can be used."""
    end(root)
    if not _kept(root, known):
        stack.take_down(root)
        known = memory.Memory()
    running = _started(root, places, known)
    if known.applied and not _whole(running.aws):
        # It was killed before it could write down what it held.
        stack.take_down(root)
        known = memory.Memory()
        running = _started(root, places, known)
    return running, known


def _started(root: Path, places: emulator.Places, known: memory.Memory) -> Running:
    port = known.port if known.port and emulator.is_free(known.port) else 0
    endpoint = emulator.start(places, keep=True, port=port)
    os.environ.update(credentials(endpoint))
    free = known.site_port and emulator.is_free(known.site_port)
    site = stack.start_site(root, places, endpoint, known.site_port if free else 0)
    return Running(root, places, Aws(endpoint), site)


def _kept(root: Path, known: memory.Memory) -> bool:
    return bool(known.applied) and any(stack.states_of(root))


def _whole(aws: Aws) -> bool:
    try:
        aws.dynamodb.describe_table(TableName=TABLE)
    except (ClientError, BotoCoreError):
        return False
    return True
