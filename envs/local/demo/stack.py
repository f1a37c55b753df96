"""Bring the whole thing up on this machine, and take it down without leftovers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from envs.deploy import artifacts
from envs.deploy.terraform import require_terraform
from envs.local.demo import roots
from envs.local.engine import emulator, processes
from envs.local.engine.clients import ACCOUNT, Aws, credentials
from envs.local.loop import memory
from generator.package.build import build
from generator.package.targets import host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from envs.local.demo.progress import Progress
    from envs.local.engine.processes import Background

ARTIFACT_BUCKET = f"clarivum-local-artifacts-{ACCOUNT}"
_SITE_BUCKET = f"clarivum-local-site-{ACCOUNT}"
BACKGROUND = ("apply-local", "apply-bootstrap", "alarms", "site")
_SITE_WITHIN = 180.0  # seconds
_TWICE = re.compile(r"StatusCode: 4(?:00|09)\b.*already ?exists", re.IGNORECASE)
_TAIL = 30  # lines of a log that say why something failed


class StackError(Exception):
    """Something did not come up; the text says what."""


class RepeatedCreationError(StackError):
    """An apply was refused what it had just made itself.

    Seen rarely, on a busy machine: the emulator's answer to a creation is lost, the provider asks
    again, is told that the thing exists, and gives up. Terraform's state and the emulator no
    longer agree then, and only a start from nothing brings them together.
    """


@dataclass(frozen=True)
class Stack:
    """What runs.

    Attributes:
        aws: The local AWS.
        site: Address of the website, without a slash at its end.
        outputs: What the `envs/local` root says of itself.
    """

    aws: Aws
    site: str
    outputs: Mapping[str, Any]


def bring_up(root: Path, progress: Progress) -> Stack:
    """Bring everything up from nothing; once more if the emulator lost count of its creations.

    Raises:
        StackError: A part did not come up.
        TerraformError: There is no Terraform.
        ProviderNotFoundError: The AWS provider cannot be had.
        EmulatorError: The emulator did not start.
        InstallError: The emulator's packages could not be installed.
        PackageError: The jobs cannot be packaged.
    """
    try:
        return from_nothing(root, progress)
    except RepeatedCreationError as error:
        progress.say("the emulator lost an answer to Terraform; once more from nothing")
        progress.say(f"  {str(error).splitlines()[-1]}")
        return from_nothing(root, progress)


def from_nothing(root: Path, progress: Progress) -> Stack:
    """Generate, package, start the local AWS, apply `envs/local`.

    Raises:
        RepeatedCreationError: The emulator and Terraform disagree about what there is.
        StackError: A part did not come up.
        EmulatorError: The emulator did not start.
        InstallError: The emulator's packages could not be installed.
        PackageError: The jobs cannot be packaged.
    """
    require_terraform(os.environ)
    take_down(root)
    places = emulator.Places.of(root)
    with progress.step("generate what follows from jobs.yaml"):
        generate(root)
    with ThreadPoolExecutor(max_workers=1) as pool:
        packaged = pool.submit(build, root, host(), root / "build" / "host")
        with progress.step("start the local AWS and the site"):
            # `make dev` goes on with what a demo made.
            endpoint = emulator.start(places, keep=True)
            site = start_site(root, places, endpoint)
        os.environ.update(credentials(endpoint))
        aws = Aws(endpoint)
        buckets = begin_apply(root, places, "bootstrap")
        with progress.step("package the workers and their dependencies"):
            packaged.result()
    with progress.step("upload them to the artifact bucket"):
        wait_for_bucket(aws, buckets)
        artifacts.upload(aws.s3, ARTIFACT_BUCKET, artifacts.read(root / "build" / "host"))
    with progress.step("terraform apply envs/local"):
        finish(begin_apply(root, places, "local"))
        finish(buckets)
    start_alarms(root, places, endpoint)
    memory.remember(root, memory.now(root, endpoint, site))
    return Stack(aws, site, roots.local(root).outputs())


def start_alarms(root: Path, places: emulator.Places, endpoint: str) -> None:
    """Start what evaluates the alarms on queues."""
    command = [sys.executable, "-m", "envs.local.engine", "alarms", endpoint]
    processes.start(places.run, "alarms", command, environment=os.environ, cwd=root, facts={})


def take_down(root: Path) -> bool:
    """End everything that runs for this tree; return whether anything did."""
    places = emulator.Places.of(root)
    ended = [processes.stop(places.run, name) for name in BACKGROUND]
    ended.append(emulator.stop(places))
    for state in states_of(root):
        if state.is_dir():
            shutil.rmtree(state)
        else:
            state.unlink()
    return any(ended)


def begin_apply(root: Path, places: emulator.Places, name: str) -> Background:
    """Begin to apply one of the two roots, in a process group of its own."""
    command = [sys.executable, "-m", "envs.local.demo.roots", name]
    return processes.start(
        places.run, f"apply-{name}", command, environment=os.environ, cwd=root, facts={}
    )


def finish(process: Background) -> None:
    """Wait for an apply.

    Raises:
        StackError: It failed; with Terraform's words.
    """
    if processes.wait(process):
        raise failure(process.name, Path(process.log).read_text(encoding="utf-8"))


def failure(name: str, log: str) -> StackError:
    """Return what became of an apply that failed, with the first words of its first error."""
    lines = log.splitlines()
    first = next((n for n, line in enumerate(lines) if line.startswith("Error")), -_TAIL)
    message = f"{name} failed\n" + "\n".join(lines[first:][:_TAIL])
    errors = [line for line in lines if line.startswith("Error")]
    if errors and all(_TWICE.search(line) for line in errors):
        return RepeatedCreationError(f"{name} failed\n{errors[0]}")
    return StackError(message)


def wait_for_bucket(aws: Aws, buckets: Background) -> None:
    """Wait for the bucket only: its lifecycle rule takes the provider another minute.

    Raises:
        StackError: It is not made.
    """
    while True:
        try:
            aws.s3.head_bucket(Bucket=ARTIFACT_BUCKET)
        except ClientError:
            if not buckets.running():
                finish(buckets)
            time.sleep(0.2)
        else:
            return


def generate(root: Path) -> None:
    """Write what follows from the manifest.

    Raises:
        StackError: It has errors; the text is what the generator says.
    """
    done = subprocess.run(
        [sys.executable, "-m", "generator", "generate"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StackError(done.stdout + done.stderr)


def start_site(root: Path, places: emulator.Places, endpoint: str, port: int = 0) -> str:
    """Start the website, on a free port unless one is named, and return its address.

    Raises:
        StackError: It does not answer.
    """
    port = port or emulator.free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "envs.local.demo.site", str(port), endpoint, _SITE_BUCKET]
    facts = {"address": address}
    site = processes.start(
        places.run, "site", command, environment=os.environ, cwd=root, facts=facts
    )
    deadline = time.monotonic() + _SITE_WITHIN
    while site.running() and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_hits", timeout=2):  # noqa: S310 - our own
                return address
        except OSError:
            time.sleep(0.05)
    message = f"the site did not start; its log: {site.log}"
    raise StackError(message)


def states_of(root: Path) -> Iterator[Path]:
    """Yield the Terraform states of what runs here, or has just gone."""
    yield from (root / ".local").glob("terraform.tfstate*")
    yield from (root / "envs" / "bootstrap").glob("terraform.tfstate.d/local")
