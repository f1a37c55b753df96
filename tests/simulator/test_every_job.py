"""Every job of the manifest, without a line about any of them, and a sample that must be caught."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs.testing import Deployment, Faults, Kill
from clarivum_jobs.testing.checks.checkup import Case, Checkup, CheckupError
from clarivum_jobs.worker import Worker
from tests.simulator.manifest import checkup, deployment, payload_of, site, workers
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from clarivum_jobs import JobContext
    from clarivum_jobs.testing import World
    from clarivum_jobs.testing.plugin import Simulate

pytestmark = pytest.mark.long

UNRECOGNISED = {"email-fulfillment": "SES has no way to recognise a mail that it has sent"}
"""Jobs whose third party cannot tell a repeat, and why: a kill between its answer and the record
repeats the effect, which no library can prevent."""


@pytest.mark.parametrize("name", workers())
def test_running_twice_is_running_once(name: str) -> None:
    """Two sends of one payload have the effects of one."""
    checkup(name).run_twice()


@pytest.mark.parametrize("name", workers())
def test_killing_at_each_write_repeats_no_effect(name: str) -> None:
    """A worker killed at any call, and tried again, has the effects of one that was not."""
    if name not in UNRECOGNISED:
        checkup(name).kill_at_each_write()
        return
    with pytest.raises(CheckupError, match="moment='after'"):
        checkup(name).kill_at_each_write()


@pytest.mark.parametrize("name", workers())
def test_copies_at_a_time_repeat_no_effect(name: str) -> None:
    """Copies that are delivered while one runs have the effects of one."""
    checkup(name).duplicate_while_running()


@pytest.mark.parametrize("name", [name for name, worker in workers().items() if worker.schedules])
def test_schedules_enqueue_each_moment_once(name: str, simulate: Simulate) -> None:
    """Over a day, daylight saving apart, each moment of each schedule is one piece of work."""
    world, _ = simulate(deployment(name), seed=1, faults=Faults(late_timer=1))
    site(world)
    world.run(86_400 + 600)
    fires = sum(" fired " in line for line in world.trace.lines)
    keys = {key for key, item in world.table.items.items() if "status" in item}

    assert fires > 0
    assert len(keys) == fires
    assert payload_of(name).contract.name == name


def _careless(worlds: list[World]) -> Checkup:
    """A job whose handler tells its third party nothing that a repeat could be recognised by."""

    def handle(payload: Sample, _context: JobContext) -> None:
        worlds[-1].effect("charge", payload.name, recognised=False)

    return Checkup(Deployment(JOB, lambda: Worker(Sample, handle)), Sample(name="a"), worlds.append)


def test_handler_that_passes_no_key_on_is_caught_and_replayed() -> None:
    """The check-up finds the double charge; the case it names shows it again, to the byte."""
    careless = _careless([])
    with pytest.raises(CheckupError, match="'charge:a': 2") as caught:
        careless.kill_at_each_write()

    found = re.search(r"^replay: (.*)$", str(caught.value), re.MULTILINE)
    assert found is not None
    case = eval(found[1], {"Case": Case, "Faults": Faults, "Kill": Kill})  # noqa: S307 - our own text
    again = careless.replay(case)
    assert again.effects.done == {"charge:a": 2}
    assert again.trace.text in str(caught.value)
