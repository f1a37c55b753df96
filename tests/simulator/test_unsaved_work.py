"""Work that was done while its record could not be written, as the next delivery finds it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs import enqueue
from clarivum_jobs.testing import Deployment, Faults, Outage, World
from clarivum_jobs.testing.machine.loop import START
from clarivum_jobs.worker import Worker
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from clarivum_jobs import JobContext


@pytest.mark.parametrize("attempts", [1, 2, 5])
@pytest.mark.parametrize("away", [5, 60, 3600])
@pytest.mark.parametrize("stays", [True, False])
def test_done_work_whose_record_had_to_wait_is_told_as_what_is_known_of_it(
    attempts: int,
    away: int,
    stays: bool,  # noqa: FBT001 - a parameter of pytest
) -> None:
    """The sandbox that did it completes the record, if that was the last attempt, too.

    Another one finds an attempt that ended without a word: it is made again, or its letter says
    that the work may be done.
    """
    done: list[int] = []

    def handle(_payload: Sample, context: JobContext) -> None:
        time.sleep(1)
        if not done:
            begin = (world.loop.now - START) / 1000
            world.faults = Faults(outages=(Outage("dynamodb", begin, away),))
        done.append(context.attempt)

    def build() -> Worker[Sample]:
        return Worker(Sample, handle)

    with World(0) as world:
        world.deploy(Deployment(JOB, build, timeout=6, max_attempts=attempts))
        enqueue(Sample(name="a"))
        world.run(4)
        if not stays:
            world.functions[JOB].update(build)  # sandboxes begin anew
        world.run(10)
        world.settle(days=2)
        letters = list(world.dead_letters(JOB).messages.values())

    told = [{name: v["StringValue"] for name, v in each.attributes.items()} for each in letters]
    lost = not stays and attempts == 1
    assert done == ([1] if stays or attempts == 1 else [1, 2])
    assert len(told) == lost
    for letter in told:
        assert (letter["error_code"], letter["attempt"]) == ("killed", "1")
        assert "may be done" in letter["reason"]
