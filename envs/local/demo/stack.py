"""Bring the whole thing up on this machine, and take it down without leftovers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from envs.deploy import artifacts
from envs.deploy.terraform import Terraform
from envs.local.engine import emulator, processes
from envs.local.engine.clients import ACCOUNT, Aws, credentials
from generator.package.build import build
from generator.package.targets import host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from envs.local.demo.progress import Progress

_ARTIFACT_BUCKET = f"clarivum-local-artifacts-{ACCOUNT}"
_BACKGROUND = ("alarms", "site")
_BUCKET_WITHIN = 60.0  # seconds


class StackError(Exception):
    """Something did not come up; the text says what."""


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
    """Generate, package, start the local AWS, apply `envs/local`; from nothing, every time.

    Raises:
        StackError: A part did not come up.
        PackageError: The jobs cannot be packaged.
        TerraformError: An apply failed.
    """
    take_down(root)
    with progress.step("generate what follows from jobs.yaml"):
        _generate(root)
    with ThreadPoolExecutor(max_workers=2) as pool:
        packaged = pool.submit(build, root, host(), root / "build" / "host")
        with progress.step("start the local AWS and the site"):
            places = emulator.Places.of(root)
            endpoint = emulator.start(places)
            site = _start_site(root, places)
        os.environ.update(credentials(endpoint))
        aws = Aws(endpoint)
        local = _local_root(root, endpoint, site)
        buckets = pool.submit(_bootstrap, root)
        with progress.step("package the workers and their dependencies"):
            packaged.result()
        with progress.step("upload them to the artifact bucket"):
            _wait_for_bucket(aws, buckets)
            zips = artifacts.read(root / "build" / "host")
            artifacts.upload(aws.s3, _ARTIFACT_BUCKET, zips)
        with progress.step("terraform apply envs/local"):
            local.init()
            local.apply()
            buckets.result()
    _start_alarms(root, places, endpoint)
    return Stack(aws, site, local.outputs())


def take_down(root: Path) -> bool:
    """End everything that runs for this tree; return whether anything did."""
    places = emulator.Places.of(root)
    ended = [processes.stop(places.run, name) for name in _BACKGROUND]
    ended.append(emulator.stop(places))
    for state in _states(root):
        if state.is_dir():
            shutil.rmtree(state)
        else:
            state.unlink()
    return any(ended)


def local_root(root: Path) -> Terraform:
    """Return the running `envs/local`, ready to be planned.

    Raises:
        StackError: Nothing runs.
    """
    places = emulator.Places.of(root)
    endpoint, site = emulator.endpoint(places), processes.find(places.run, "site")
    if not endpoint or site is None:
        message = "nothing runs: `make demo KEEP=1` starts it"
        raise StackError(message)
    return _local_root(root, endpoint, site.facts["address"])


def _local_root(root: Path, endpoint: str, site: str) -> Terraform:
    log = emulator.Places.of(root).run / "terraform.log"

    def keep(line: str) -> None:
        with log.open("a", encoding="utf-8") as stream:
            print(line, file=stream)

    return Terraform(
        root / "envs" / "local",
        variables={"endpoint": endpoint, "site_url": site},
        var_files=(root / "build" / "host" / artifacts.KEYS,),
        on_line=keep,
    )


def _bootstrap(root: Path) -> None:
    """Make the buckets every environment starts with."""
    workspace = {"TF_WORKSPACE": "local"}
    terraform = Terraform(
        root / "envs" / "bootstrap",
        variables={"environment": "local", "account_id": ACCOUNT},
        environ={**os.environ, **workspace},
        data_dir=root / ".local" / "bootstrap",
    )
    terraform.init()
    terraform.apply()


def _wait_for_bucket(aws: Aws, buckets: Future[None]) -> None:
    """Wait for the bucket only: its lifecycle rule takes the provider another minute."""
    deadline = time.monotonic() + _BUCKET_WITHIN
    while time.monotonic() < deadline:
        if buckets.done():
            buckets.result()
        try:
            aws.s3.head_bucket(Bucket=_ARTIFACT_BUCKET)
        except ClientError:
            time.sleep(0.2)
        else:
            return
    message = f"`{_ARTIFACT_BUCKET}` was not made within {_BUCKET_WITHIN:.0f} s"
    raise StackError(message)


def _generate(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "generate"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StackError(done.stdout + done.stderr)


def _start_site(root: Path, places: emulator.Places) -> str:
    port = emulator.free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "envs.local.demo.site", str(port)]
    facts = {"address": address}
    site = processes.start(places.run, "site", command, environment=_plain(), cwd=root, facts=facts)
    deadline = time.monotonic() + 10
    while site.running() and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_hits", timeout=2):  # noqa: S310 - our own
                return address
        except OSError:
            time.sleep(0.05)
    message = f"the site did not start; its log: {site.log}"
    raise StackError(message)


def _start_alarms(root: Path, places: emulator.Places, endpoint: str) -> None:
    command = [sys.executable, "-m", "envs.local.engine", "alarms", endpoint]
    processes.start(places.run, "alarms", command, environment=_plain(), cwd=root, facts={})


def _plain() -> dict[str, str]:
    """Return an environment with nothing of the caller's but where programs are."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": os.environ.get("HOME", "/")}


def _states(root: Path) -> Iterator[Path]:
    """Yield the Terraform states of what has just gone."""
    yield from (root / ".local").glob("terraform.tfstate*")
    yield from (root / "envs" / "bootstrap").glob("terraform.tfstate.d/local")
