"""Random schedules of everything that AWS may do to a job, and what must hold in all of them."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from clarivum_jobs import enqueue, enqueue_many
from clarivum_jobs.core.errors import EnqueueError
from clarivum_jobs.records.lookup import by_id
from clarivum_jobs.testing import NONE, ROUGH, Faults
from clarivum_jobs.testing.deployment import TABLE
from tests import chance
from tests.simulator.aws import dynamodb
from tests.simulator.sample import JOB, Sample, sample

pytestmark = [pytest.mark.drawn, pytest.mark.long]

SCHEDULES = chance.count("SIMULATOR_SCHEDULES", 400, 4_000)
WEATHERS = {
    "calm": NONE,
    "rough": ROUGH,
    "copies": Faults(duplicate=0.5, reorder=1),
    "deadly": Faults(kill=0.15, lost_answer=0.1),
    "broken": Faults(error=0.1),
    "crowded": Faults(throttle=0.3),
}
OUTAGES = {name for name, faults in WEATHERS.items() if faults.error}
payloads = st.builds(
    Sample,
    name=st.sampled_from("abc"),
    fails=st.sampled_from([0, 0, 0, 1, 4, 9]),
    takes=st.sampled_from([0, 0, 1, 29.9, 40]),
    hopeless=st.sampled_from([False, False, False, True]),
    asks=st.sampled_from([0, 0, 0, 45, 5000]),
)


class Jobs(RuleBasedStateMachine):
    """One job, sent to and delivered in any order, under any weather."""

    weathers: ClassVar = st.sampled_from(sorted(WEATHERS))

    @initialize(
        number=st.integers(0, 2**32),
        weather=weathers,
        batch_size=st.sampled_from([1, 1, 3]),
        concurrency=st.sampled_from([1, 2, 5]),
    )
    def open(self, number: int, weather: str, batch_size: int, concurrency: int) -> None:
        """Deploy the job into a new world."""
        self.inside = contextlib.ExitStack()
        self.outages = weather in OUTAGES
        opened = sample(
            number, WEATHERS[weather], batch_size=batch_size, concurrency=concurrency, timeout=30
        )
        self.world, self.audit = self.inside.enter_context(opened)

    @rule(payload=payloads, delay=st.sampled_from([0, 0, 5, 900]))
    def send(self, payload: Sample, delay: int) -> None:
        """Enqueue one message."""
        with contextlib.suppress(EnqueueError):
            enqueue(payload, delay=delay)

    @rule(batch=st.lists(payloads, min_size=2, max_size=4))
    def send_many(self, batch: list[Sample]) -> None:
        """Enqueue several in one call."""
        enqueue_many(batch)

    @rule(seconds=st.sampled_from([0.01, 1, 31, 185, 4000]))
    def wait(self, seconds: float) -> None:
        """Let time pass, ending perhaps in the middle of a run."""
        self.world.run(seconds)

    @rule(weather=weathers)
    def turn(self, weather: str) -> None:
        """Let the weather change."""
        self.outages = self.outages or weather in OUTAGES
        self.world.faults = WEATHERS[weather]

    @rule()
    def redrive(self) -> None:
        """Send the dead letters back."""
        self.world.redrive(JOB)

    @invariant()
    def everything_holds(self) -> None:
        """See `Audit`."""
        if hasattr(self, "audit"):
            self.audit.check()

    def teardown(self) -> None:
        """When the faults end and all is worked off, each message is done or dead, none waits."""
        if not hasattr(self, "inside"):
            return
        with self.inside:
            self.world.faults = NONE
            self.world.settle()
            self.audit.check()
            for promise in self.audit.accepted.values():
                assert self.audit.fate(promise) & {"done", "dead"}, promise
                self._assert_told(promise.job_id)
            assert not self.world.busy

    def _assert_told(self, job_id: str) -> None:
        """The record tells the end, unless SQS alone saw it or the table was out of order."""
        letters = self.world.dead_letters(JOB).messages.values()
        unseen = any(job_id in each.body and not each.attributes for each in letters)
        record = by_id(dynamodb(), TABLE, JOB, job_id)
        told = record is not None and record.status in {"done", "duplicate", "dead"}
        assert told or unseen or self.outages, record


def explore(half: int) -> None:
    """Draw a half of the schedules, and let each of them happen."""
    os.environ["POWERTOOLS_METRICS_DISABLED"] = "true"
    logging.disable(logging.CRITICAL)  # ten thousand worlds say a lot
    Jobs.TestCase.settings = settings(
        max_examples=SCHEDULES // 2,
        stateful_step_count=6,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    seed(chance.SEED + half)(Jobs).TestCase().runTest()


def test_no_schedule_breaks_an_invariant() -> None:
    """Nothing is lost, nothing done twice, no attempt too many, no run outlives its claim."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as processes:
        list(processes.map(explore, range(2)))
