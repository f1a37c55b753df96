"""A schedule's lock lasts no longer than the message that holds it can live."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs.testing import Deployment, Timer, World
from clarivum_jobs.worker import Worker
from tests import chance
from tests.simulator.sample import JOB, LongWork, Sample

if TYPE_CHECKING:
    from clarivum_jobs import JobContext

MINUTE, HOUR = 60, 3_600
WAYS = ("purged unseen", "purged after it failed", "purged while it waits for ever")


def _lives(numbers: dict[str, int]) -> int:
    """Return the seconds that a run's message can be alive after the last word on it."""
    return numbers["message_retention"] + numbers["timeout"]


@pytest.mark.parametrize("how", WAYS)
def test_the_lock_ends_when_the_message_cannot_live_any_more(how: str) -> None:
    """The queue is emptied at a drawn moment; the next run is one of those after the retention."""
    draw = chance.drawer(f"overlap lock {how}")
    for _ in range(3):
        numbers = {
            "message_retention": draw.choice([MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 7 * HOUR]),
            "timeout": draw.choice([5, 60, 600]),
            "max_attempts": draw.choice([2, 5, 12]),
            "batch_size": draw.randint(1, 10),
        }
        runs = _runs_after(how, draw.randrange(1, 20 * MINUTE), numbers)
        assert runs, (numbers, "no run at all")
        assert runs[0] <= _lives(numbers) + 15 * MINUTE, (numbers, runs)


def _runs_after(how: str, after: int, numbers: dict[str, int]) -> list[float]:
    """Return when runs began, in seconds after the queue lost the message of the first."""
    gone: list[int] = []
    began: list[float] = []

    def handle(world: World, _payload: Sample, _context: JobContext) -> None:
        if gone:
            began.append((world.loop.now - gone[0]) / 1000)
            return
        if how == WAYS[2]:
            time.sleep(1e6)
        raise RuntimeError

    timer = Timer("often", "rate(10 minutes)", payload={"name": "x"}, overlap="skip")
    with World(draw_seed(how, after)) as world:
        values: dict[str, Any] = {**numbers, "visibility_timeout": 6 * numbers["timeout"]}
        world.deploy(
            Deployment(
                JOB,
                lambda: Worker(Sample, lambda p, c: handle(world, p, c)),
                timers=(timer,),
                **values,
            )
        )
        world.mappings[JOB].enabled = how != WAYS[0]
        world.run(10 * MINUTE + 30 + after % (9 * MINUTE))
        world.queue(JOB).messages.clear()
        gone.append(world.loop.now)
        world.mappings[JOB].enabled = True
        end = world.loop.now + 1000 * (_lives(numbers) + HOUR)
        while not began and world.loop.now < end:
            world.run(10 * MINUTE)
    return began


def draw_seed(how: str, after: int) -> int:
    """Return the seed of one world."""
    return WAYS.index(how) * 100_000 + after


def test_a_run_at_work_keeps_the_lock_though_its_message_expired() -> None:
    """What holds the claim is not gone: the retention ends in the middle of the work."""
    work = LongWork()
    timer = Timer("often", "rate(5 minutes)", payload={"name": "x"}, overlap="skip")
    numbers: dict[str, Any] = {"timeout": 850, "visibility_timeout": 5100, "message_retention": 120}
    with World(3) as world:
        world.deploy(
            Deployment(
                JOB,
                lambda: Worker(Sample, lambda p, c: work(world, p, c)),
                timers=(timer,),
                concurrency=5,
                **numbers,
            )
        )
        world.run(3 * HOUR)

    assert work.overlaps == []
