"""The arithmetic of waiting lines, against lines that are played: by hand and by the simulator."""

from __future__ import annotations

import heapq
import math
import time
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import JobContext, JobContract, Payload, enqueue
from clarivum_jobs.testing import Deployment, World
from clarivum_jobs.worker import Worker
from generator.capacity import queueing
from generator.capacity.queueing import Load
from tests.chance import drawer
from tests.figures import say

if TYPE_CHECKING:
    import random

PLAYED = 60_000

loads = st.builds(
    Load,
    rate=st.floats(0.001, 10_000),
    seconds=st.floats(0.001, 900),
    workers=st.integers(1, 1000),
)


class Piece(Payload):
    """Work that takes its time."""

    contract: ClassVar[JobContract] = JobContract(name="piece", version=1, key=("number",))

    number: int
    takes: float


def _played(load: Load, chance: random.Random) -> float:
    """Return the mean wait of many messages before so many workers, played out."""
    free = [0.0] * load.workers
    now = waited = 0.0
    for _ in range(PLAYED):
        now += chance.expovariate(load.rate)
        begun = max(now, heapq.heappop(free))
        waited += begun - now
        heapq.heappush(free, begun + chance.expovariate(1 / load.seconds))
    return waited / PLAYED


@pytest.mark.parametrize(
    ("busy", "workers", "within"), [(0.5, 1, 0.1), (0.7, 1, 0.2), (0.7, 4, 0.2), (0.8, 20, 0.4)]
)
def test_the_wait_is_that_of_a_line_played_out(busy: float, workers: int, within: float) -> None:
    """As long as the formula says, give or take what chance takes."""
    load = Load(rate=busy * workers / 2.5, seconds=2.5, workers=workers)

    played = _played(load, drawer(f"{__name__} {busy} {workers}"))

    say(f"wait at {busy:.0%} of {workers}: {queueing.wait(load):.3f} s, played {played:.3f} s")
    assert played == pytest.approx(queueing.wait(load), rel=within)


def test_known_values_of_erlangs_formula() -> None:
    """One worker: rho / (mu - lambda). Two workers at half load: a third of the messages wait."""
    assert queueing.wait(Load(0.5, 1.0, 1)) == pytest.approx(1.0)
    assert queueing.wait(Load(1.0, 1.0, 2)) == pytest.approx(1 / 3)


@given(load=loads)
def test_more_workers_wait_less_and_a_growing_queue_waits_for_ever(load: Load) -> None:
    """For any load: no wait is negative, and none is finite where the queue grows."""
    more = Load(load.rate, load.seconds, load.workers + 1)

    assert 0 <= queueing.wait(more) <= queueing.wait(load)
    assert math.isinf(queueing.wait(load)) is (load.busy >= 1)
    assert (load.growth > 0) is (load.rate > load.capacity)
    if load.busy < 1:
        expected = load.rate * queueing.wait(load)
        assert queueing.waiting(load) == pytest.approx(expected)


@given(load=loads, busy=st.floats(0.05, 0.95))
def test_no_fewer_workers_would_do(load: Load, busy: float) -> None:
    """As many as are needed are enough, and one less is not, unless it is the only one."""
    needed = queueing.fewest_workers(load.rate, load.seconds, busy)

    assert Load(load.rate, load.seconds, needed).busy <= busy * (1 + 1e-6)
    if needed > 1:
        assert Load(load.rate, load.seconds, needed - 1).busy > busy * (1 - 1e-6)


@pytest.mark.long
def test_the_simulator_drains_an_outage_when_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Through the worker, its table and its queue: what came in an outage, while more comes."""
    load, outage = Load(rate=0.4, seconds=4.0, workers=3), 300.0
    begun: dict[int, float] = {}

    def handle(payload: Piece, _context: JobContext) -> None:
        begun[payload.number] = time.time()
        time.sleep(payload.takes)

    late = round(load.rate * outage)
    with World(seed=5) as world:
        world.deploy(Deployment("piece", lambda: Worker(Piece, handle), concurrency=load.workers))
        for number in range(late):
            enqueue(Piece(number=number, takes=load.seconds))
        began, number = world.loop.now, late
        while len(begun) < number:
            enqueue(Piece(number=number, takes=load.seconds))
            number += 1
            world.run(1 / load.rate)
        took = (world.loop.now - began) / 1000
    capsys.readouterr()

    expected = queueing.drained_after(load, outage)
    say(f"an outage of {outage:.0f} s is drained after {took:.0f} s, said were {expected:.0f} s")
    assert took == pytest.approx(expected, rel=0.15)
