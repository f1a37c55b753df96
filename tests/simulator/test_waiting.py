"""How long failed messages wait."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs import enqueue
from tests.simulator.sample import JOB, Sample, sample

if TYPE_CHECKING:
    from clarivum_jobs.testing import World


def _waits(world: World) -> list[float]:
    pairs = itertools.pairwise(world.runs)
    return [(later.started - earlier.ended) / 1000 for earlier, later in pairs]


def test_waits_grow_and_never_pass_the_cap() -> None:
    """The bound doubles from the base to the cap; above the cap no wait is ever seen."""
    longest = [0.0] * 4
    for seed in range(60):
        with sample(seed, backoff_base=100, backoff_cap=300) as (world, audit):
            enqueue(Sample(name="a", fails=9))
            world.settle()
            audit.check()
            waits = _waits(world)
            assert len(waits) == 4
            longest = [max(pair) for pair in zip(longest, waits, strict=True)]

    assert longest[0] <= 100.1
    assert longest[1] <= 200.1
    assert max(longest) <= 300.1
    assert longest[0] < longest[1] < longest[2]


def test_waits_use_the_whole_span() -> None:
    """Full jitter: messages that failed together come back spread from nothing to the bound."""
    with sample(backoff_base=100, concurrency=50) as (world, _):
        for number in range(40):
            enqueue(Sample(name=str(number), fails=1))
        world.settle()
        again = sorted(run.started for run in world.runs[40:])
        begin = world.runs[0].started

    offsets = [(moment - begin) / 1000 for moment in again]
    assert offsets[0] < 20
    assert offsets[-1] > 80
    assert len(set(map(math.floor, offsets))) > 15


def test_third_party_is_left_alone_as_long_as_it_asks() -> None:
    """`RetryAfter` sets the wait, up to the cap."""
    for asked, waited in ((45, 45), (5000, 900)):
        with sample() as (world, audit):
            enqueue(Sample(name="a", asks=asked))
            world.settle()
            audit.check()

            assert _waits(world) == pytest.approx([waited], abs=1)
            assert not world.dead_letters(JOB).messages
