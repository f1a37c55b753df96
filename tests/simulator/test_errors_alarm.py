"""A function that cannot be loaded is heard of in minutes, whatever its timeout."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from clarivum_jobs import enqueue
from clarivum_jobs.testing import Deployment, World
from generator.alarm_kinds import LATENCY, PERIOD
from generator.hearing import hearings
from tests.generator import manifests
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 1000
SOON = 20 * 60


def broken() -> NoReturn:
    """Fail as an entry point does whose import fails."""
    message = "No module named 'x'"
    raise ImportError(message)


def errors_until_dead(timeout: int, visibility_timeout: int) -> tuple[list[int], int]:
    """Return the milliseconds at which one message's invocations failed, and when it was dead."""
    with World(0) as world:
        world.deploy(
            Deployment(JOB, broken, timeout=timeout, visibility_timeout=visibility_timeout)
        )
        enqueue(Sample(name="a"))
        start = world.loop.now
        while not world.dead_letters(JOB).messages:
            world.run(60)
        return [run.ended - start for run in world.runs], world.loop.now - start


@pytest.mark.parametrize("timeout", [30, 120, 900])
def test_the_alarm_for_errors_rings_at_the_first_crash(timeout: int, tmp_path: Path) -> None:
    """One message is enough; a higher threshold would first be heard of by the dead letter."""
    made = manifests.worker(tmp_path, timeout=f"{timeout}s")
    errors, dead = errors_until_dead(timeout, made.visibility_timeout)
    sums = [sum(e <= other < e + PERIOD * SECONDS for other in errors) for e in errors]
    rings = next(e for e, total in zip(errors, sums, strict=True) if total >= made.alarms.errors)
    said = next(iter(hearings(made)))

    assert made.alarms.errors == 1
    assert rings / SECONDS + LATENCY <= said.after <= SOON
    assert said.alarm == "errors"
    assert max(sums) < 5, "five in five minutes, the threshold that never rang, is out of reach"
    assert dead / SECONDS > 2 * said.after
