"""What a schedule's runs do to each other, and to themselves when they are late."""

from __future__ import annotations

import pytest

from clarivum_jobs.testing import Faults, Timer, World
from tests.simulator.sample import JOB, sample

LONG = {"name": "nightly", "takes": 5000}


def _timer(overlap: str = "allow", max_age: int = 0, **payload: object) -> Timer:
    return Timer("hourly", "cron(0 * * * ? *)", "UTC", {**LONG, **payload}, overlap, max_age)


def _states(world: World) -> list[str]:
    found = (item.get("job_status", {}).get("S", "") for item in world.table.items.values())
    return sorted(state.rpartition("#")[2] for state in found if state)


@pytest.mark.parametrize(("overlap", "runs"), [("allow", 4), ("skip", 2)])
def test_run_that_would_overlap_is_skipped_if_the_schedule_says_so(overlap: str, runs: int) -> None:
    """Work of 83 minutes, asked for every hour: `skip` leaves out every second run."""
    timers = (_timer(overlap),)
    with sample(timers=timers, timeout=6000, visibility_timeout=36_000) as (world, audit):
        world.run(4 * 3600 + 60)
        audit.check()

        assert len(audit.accepted) == runs
        assert sum('"skipped": "overlap"' in line for line in world.trace.lines) == 4 - runs


def test_moment_that_fires_twice_does_not_block_itself() -> None:
    """The second event of one moment is the same run, not its follower."""
    timers = (_timer("skip", takes=0),)
    with sample(timers=timers, faults=Faults(late_timer=1)) as (world, audit):
        world.run(3 * 3600 + 60)
        audit.check()

        assert len(world.effects.asked) == 3
        assert not any('"skipped"' in line for line in world.trace.lines)


def test_stale_run_is_dropped_and_told() -> None:
    """After an outage of the workers, runs older than their limit are not begun any more."""
    with sample(timers=(_timer(max_age=1800, takes=0),)) as (world, audit):
        world.mappings[JOB].enabled = False
        world.run(5 * 3600 + 600)
        world.mappings[JOB].enabled = True
        world.mappings[JOB].wake()
        world.run(300)
        audit.check()
        told, effects = _states(world), len(world.effects.asked)

    assert told == ["done", "stale", "stale", "stale", "stale"]
    assert effects == 1
    assert len(audit.accepted) == 5


def test_event_that_comes_too_late_is_not_enqueued() -> None:
    """A run that the scheduler could not deliver in time is skipped at the door."""
    event = {
        "schedule": "hourly",
        "scheduled_time": "2025-12-31T20:00:00Z",
        "schedule_arn": "arn",
        "payload": {"name": "a"},
        "max_age": 3600,
    }
    with sample() as (world, audit):
        world.invoke(JOB, event)
        world.run(60)

        assert world.runs[0].response == {"skipped": "stale"}
        assert not audit.accepted
