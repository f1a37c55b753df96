"""From `jobs.yaml` to jobs that ran: real Terraform, real zips, a real emulator process.

The tests share one world and run in this order; the last one ends it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import pytest

from envs.deploy.live import Live
from envs.deploy.versions import moves_back
from envs.local.demo import roots
from envs.local.demo.stack import ARTIFACT_BUCKET
from envs.local.engine import emulator
from envs.local.engine.clients import Aws, credentials
from envs.local.engine.plan import unexplained, unused
from envs.local.engine.quirks import QUIRKS
from tests.e2e import seventh
from tests.e2e.conftest import World, run

pytestmark = pytest.mark.e2e


def test_an_interrupted_demo_leaves_nothing_behind(clone: Path) -> None:
    """Ctrl-C in the middle of the apply ends every process at once."""
    command = [sys.executable, "-m", "envs.local.demo"]
    environment = {**os.environ, "PYTHONPATH": "lambdas"}
    with subprocess.Popen(command, cwd=clone, env=environment, stdout=subprocess.DEVNULL) as demo:
        log = clone / ".local" / "run" / "apply-local.log"
        deadline = time.monotonic() + 1200
        while not (log.is_file() and "Creating..." in log.read_text()):
            assert demo.poll() is None, "the demo ended by itself"
            assert time.monotonic() < deadline, "the apply did not begin"
            time.sleep(0.2)
        demo.send_signal(signal.SIGINT)
        status = demo.wait(timeout=600)

    assert status == 130
    assert _processes_of(clone) == []


def test_the_demo_is_as_it_should_be(world: World) -> None:
    """Every job of the demo ends as expected, and the demo says so by its exit status."""
    assert world.status == 0, world.output
    assert [row["problems"] for row in world.rows] == [[]] * len(world.rows)
    assert len(world.rows) >= 7


def test_the_failing_job_died_after_exactly_five_attempts(world: World) -> None:
    """It is dead-lettered with its reason, its alarm rings and on-call was told."""
    (row,) = [row for row in world.rows if row["case"] == "page out of order"]

    assert row["attempts"] == "5"
    assert row["reason"]
    assert row["alarm"] == "ALARM, on-call told"


def test_a_job_added_to_the_manifest_runs(world: World) -> None:
    """A block in `jobs.yaml` and a handler are all it took; enqueued twice, it works once."""
    assert _issued(world) == 1


def test_a_second_plan_changes_nothing(world: World) -> None:
    """After the apply a plan is empty, save for what the list of quirks explains, all of it."""
    terraform = roots.local(world.root)
    kept = world.root / ".local" / "second.tfplan"

    terraform.plan(kept)

    plan = terraform.show(kept)
    assert [str(change) for change in unexplained(plan, QUIRKS)] == []
    assert unused(plan, QUIRKS) == []


def test_a_rollback_lets_the_queue_start_the_version_before(world: World) -> None:
    """A deploy whose code cannot even be imported is taken back without building anything."""
    aws = Aws(emulator.endpoint(world.places))
    live = Live(aws.functions, aws.s3, ARTIFACT_BUCKET, "clarivum-local-")
    function = f"clarivum-local-{seventh.NAME}"
    live.record(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    aws.functions.update_function_configuration(FunctionName=function, Handler="nowhere.handle")
    broken = int(aws.functions.publish_version(FunctionName=function)["Version"])
    live.move({function: broken})
    live.record(dt.datetime(2026, 1, 2, tzinfo=dt.UTC))

    back = moves_back(live.versions(), live.releases())
    live.move(back)

    assert back == {function: broken - 1}
    assert _issued(world) == 1


def test_nothing_is_left_running(world: World) -> None:
    """Stopping ends every process that was started for the copy, functions included."""
    assert _processes_of(world.root) != []

    status, output = run(world.root, "-m", "envs.local.demo.stop")

    assert (status, output) == (0, "stopped\n")
    assert _processes_of(world.root) == []
    assert not world.places.data.exists()


def _issued(world: World) -> int:
    """Enqueue the seventh job twice, and return how often its work was done once it was."""
    reward = str(uuid.uuid4())
    more = {
        **credentials(emulator.endpoint(world.places)),
        **roots.local(world.root).outputs()["producer"]["environment"],
    }

    status, output = run(world.root, "-c", seventh.PRODUCER, reward, more=more)

    assert status == 0, output
    address = f"/coupons/{reward}?key={output.strip()}"
    deadline = time.monotonic() + 600
    while not (hits := _hits(world)).get(address) and time.monotonic() < deadline:
        time.sleep(0.5)
    return hits.get(address, 0)


def _hits(world: World) -> dict[str, int]:
    with urllib.request.urlopen(f"{world.site}/_hits", timeout=300) as answer:  # noqa: S310 - our own
        hits: dict[str, int] = json.load(answer)
        return hits


def _processes_of(root: Path) -> list[str]:
    """Return the processes, this one's apart, whose command names the copy or that run in it."""
    listing = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,stat=,command="],  # noqa: S607 - ps is found on the PATH
        capture_output=True,
        text=True,
        check=True,
    )
    rows = (line.split(maxsplit=2) for line in listing.stdout.splitlines())
    living = [row for row in rows if len(row) == 3 and not row[1].startswith("Z")]
    return [
        row[2] for row in living if row[0] != str(os.getpid()) and _belongs(row[0], row[2], root)
    ]


def _belongs(pid: str, command: str, root: Path) -> bool:
    if str(root) in command:
        return True
    try:
        return str(root) in str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return False
