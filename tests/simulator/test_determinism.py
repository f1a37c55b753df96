"""A simulation depends on its seed and on nothing else, and leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import os
import random
import time
import uuid
from typing import Any

import botocore.client
import pytest

from clarivum_jobs.testing import NONE, ROUGH, World
from tests.simulator.aws import sqs
from tests.simulator.parity.probe import URL, everything_fails, probe


def _story(seed: int) -> World:
    """A run in which chance has a say in everything."""

    def answer(event: dict[str, Any], context: object) -> dict[str, Any]:
        sqs().send_message(QueueUrl=f"{URL}-dlq", MessageBody=f"{uuid.uuid4()} {random.random()}")  # noqa: S311
        time.sleep(random.uniform(0, 3))  # noqa: S311
        return everything_fails(event, context)

    with probe(answer, seed=seed, faults=ROUGH, batch_size=3) as world:
        for number in range(12):
            sqs().send_message(QueueUrl=URL, MessageBody=str(number))
            world.run(1)
        world.settle()
    return world


def test_equal_seeds_give_equal_bytes() -> None:
    """Two runs of one seed have the same trace to the byte; another seed has another."""
    first, second, other = (_story(seed).trace for seed in (5, 5, 6))

    assert first.text == second.text
    assert len({first.digest, second.digest, other.digest}) == 2


def test_virtual_time_is_everywhere() -> None:
    """Clock, sleep and date agree inside a world, and cost no real time."""
    before = time.perf_counter()
    with probe() as world:
        begin = time.time()
        time.sleep(86_400)

        assert time.time() == begin + 86_400
        assert dt.datetime.now(dt.UTC).timestamp() == world.loop.now / 1000
        assert isinstance(dt.datetime.now(), dt.datetime)  # noqa: DTZ005
    assert time.perf_counter() - before < 43_200


def test_everything_is_put_back() -> None:
    """After a world, even one left by an error, time, chance, AWS and environment are real."""

    def state() -> tuple[object, ...]:
        call = botocore.client.BaseClient._make_api_call  # type: ignore[attr-defined] # noqa: SLF001
        return (time.time, time.sleep, dt.datetime, uuid.uuid4, os.urandom, call, dict(os.environ))

    before, chance = state(), random.getstate()
    with pytest.raises(ZeroDivisionError), World(1, NONE):
        assert 1 / (random.random() * 0)  # noqa: S311 - uses up chance, then fails

    assert state() == before
    assert random.getstate() == chance
