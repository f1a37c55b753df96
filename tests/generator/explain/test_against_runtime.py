"""What `explain` says is what the worker does: each number against the runtime's own code."""

import datetime as dt
import math
import random
import re
import time
import types
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import enqueue
from clarivum_jobs.core import backoff, settings
from clarivum_jobs.core.errors import PermanentError, RetryAfter
from clarivum_jobs.testing import Deployment, World
from clarivum_jobs.testing.aws.cron import next_fire
from clarivum_jobs.worker import Worker as EntryPoint
from generated.payloads.sitemap_regeneration import SitemapRegeneration
from generator.explain.fires import COUNT, fires_of
from generator.manifest.resolved import Schedule, Worker
from generator.manifest.timeline import MAX_WAIT, MIN_WAIT, longest_wait, max_receives, timeline_of
from tests.generator.explain.manifests import WORKERS

ROOT = Path(__file__).parents[3]
JOB = "sitemap-regeneration"
SLACK = 1.0
"""Seconds for each attempt: the simulated AWS takes some milliseconds for each call."""

ALMOST = 0.5
"""Seconds before its timeout at which a handler of these tests fails."""


def lived(worker: Worker, handle: Callable[..., object]) -> tuple[list[float], float]:
    """Return the seconds at which a message's attempts began, and when it was a dead letter."""
    deployment = Deployment(
        JOB,
        build=lambda: EntryPoint(SitemapRegeneration, handle),
        timeout=worker.timeout,
        visibility_timeout=worker.visibility_timeout,
        max_attempts=worker.max_attempts,
        delay=worker.delay,
        message_retention=worker.message_retention,
        dead_letter_retention=worker.dead_letter_retention,
        backoff_base=worker.backoff.base,
        backoff_cap=worker.backoff.cap,
    )
    with World(seed=1) as world:
        world.deploy(deployment)
        sent = world.loop.now
        enqueue(SitemapRegeneration(revision="r1"))
        dead = world.dead_letters(JOB)
        while not dead.messages:
            world.run(1)
        began = [(run.started - sent) / 1000 for run in world.runs]
        return began, (world.loop.now - sent) / 1000


def fail(*_: Any) -> None:  # noqa: ANN401 - a handler
    """Fail at once."""
    message = "no"
    raise ValueError(message)


def close(expected: list[int], measured: list[float]) -> bool:
    """Say whether every measured time is the expected one, give or take the calls around it."""
    return len(expected) == len(measured) and all(
        abs(first - second) <= SLACK * index + ALMOST
        for index, (first, second) in enumerate(zip(expected, measured, strict=True))
    )


@pytest.mark.parametrize("base", [0, 1, 2, 10, 60, 899, 900])
@pytest.mark.parametrize("cap", [0, 1, 2, 10, 899, 900])
def test_the_longest_wait_is_the_runtimes(base: int, cap: int) -> None:
    """The generator's arithmetic and the worker's agree for every attempt."""
    for attempt in (*range(1, 30), 100, 1000):
        expected = max(MIN_WAIT, backoff.longest_wait(attempt, base=base, cap=cap))

        assert longest_wait(attempt, base=base, cap=cap) == expected


@given(st.integers(1, 995), st.integers(0, 43_200), st.integers(1, 10_000))
def test_the_receives_are_the_runtimes_and_the_modules(
    attempts: int, visibility: int, batch: int
) -> None:
    """The rules, the library and the text of the module say the same number."""
    module = (ROOT / "modules" / "job" / "main.tf").read_text("utf-8")
    known: dict[str, object] = {"max": max, "min": min, "ceil": math.ceil}
    known["var"] = types.SimpleNamespace(
        retry=types.SimpleNamespace(max_attempts=attempts),
        queue=types.SimpleNamespace(visibility_timeout=visibility),
        polling=types.SimpleNamespace(batch_size=batch),
    )
    for name in ("in_vain", "for_batch", "max_receives"):
        formula = re.search(rf"^  {name} += (.+)$", module, re.MULTILINE)
        assert formula
        known[name] = eval(formula[1].replace("local.", ""), known)  # noqa: S307 - our own module's
    worker = replace(
        WORKERS["plain"],
        max_attempts=attempts,
        visibility_timeout=visibility,
        batch_size=batch,
    )

    assert max_receives(worker) == known["max_receives"]
    assert settings.max_receives(attempts, visibility, batch) == known["max_receives"]


def test_no_wait_leaves_the_bounds() -> None:
    """The jitter is drawn between the shortest and the longest wait, and reaches both."""
    assert MAX_WAIT == backoff.MAX_WAIT
    for attempt in range(1, 6):
        longest = longest_wait(attempt, base=2, cap=900)
        waits = {backoff.wait(attempt, base=2, cap=900) for _ in range(4000)}

        assert waits == set(range(MIN_WAIT, longest + 1))


@pytest.mark.parametrize("name", WORKERS)
def test_attempts_that_fail_at_once_begin_at_the_earliest(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the shortest waits, the attempts come when `explain` says at the earliest."""
    timeline = timeline_of(WORKERS[name])
    monkeypatch.setattr(random, "uniform", lambda low, _: low)

    began, _ = lived(WORKERS[name], fail)

    assert close([attempt.earliest for attempt in timeline.attempts], began)


@pytest.mark.parametrize("name", WORKERS)
def test_attempts_that_fail_at_their_end_begin_as_late_as_said(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the whole timeout used and the longest waits, the attempts come when `explain` says."""
    worker = WORKERS[name]
    monkeypatch.setattr(random, "uniform", lambda _, high: high)

    def handle(*_: Any) -> None:  # noqa: ANN401 - a handler
        time.sleep(worker.timeout - ALMOST)
        fail()

    began, dead = lived(worker, handle)

    timeline = timeline_of(worker)
    assert close([attempt.failing for attempt in timeline.attempts], began)
    assert dead <= timeline.dead_latest


@pytest.mark.parametrize("name", WORKERS)
def test_attempts_that_are_killed_begin_as_late_as_said(name: str) -> None:
    """A worker that never ends is killed, and the message comes back when its time is over."""
    worker = WORKERS[name]

    began, dead = lived(worker, lambda *_: time.sleep(worker.timeout + 60))

    timeline = timeline_of(worker)
    *attempts, parked = began
    assert close([attempt.killed for attempt in timeline.attempts], attempts)
    # Whoever receives it next parks it without another attempt.
    assert parked == pytest.approx(attempts[-1] + worker.visibility_timeout, abs=SLACK)
    assert dead <= timeline.dead_latest + SLACK * worker.max_attempts


@pytest.mark.parametrize("name", WORKERS)
def test_no_handler_is_later_dead_than_the_worst(name: str) -> None:
    """A handler that runs long and asks for the longest wait each time keeps to the bound."""
    worker = WORKERS[name]

    def handle(*_: Any) -> None:  # noqa: ANN401 - a handler
        time.sleep(worker.timeout - ALMOST)
        raise RetryAfter(dt.timedelta(days=1).total_seconds())

    _, dead = lived(worker, handle)

    assert dead <= timeline_of(worker).dead_latest + SLACK * worker.max_attempts


def test_what_is_refused_for_good_is_dead_at_the_earliest() -> None:
    """A permanent error parks the message at its first attempt."""
    worker = WORKERS["plain"]

    def handle(*_: Any) -> None:  # noqa: ANN401 - a handler
        message = "never"
        raise PermanentError(message)

    began, dead = lived(worker, handle)

    assert len(began) == 1
    assert (
        timeline_of(worker).dead_earliest <= dead <= timeline_of(worker).dead_earliest + 2 * SLACK
    )


@pytest.mark.parametrize(
    ("trigger", "zone"),
    [
        ({"cron": "30 4 * * ? *"}, "Europe/Berlin"),
        ({"cron": "30 2 * * ? *"}, "Europe/Berlin"),
        ({"cron": "0 9 ? * MON#1 *"}, "America/New_York"),
        ({"cron": "15 10 ? * 6L *"}, "Australia/Lord_Howe"),
        ({"cron": "0 8 LW * ? *"}, "Asia/Kathmandu"),
        ({"cron": "0/20 9-17 ? * MON-FRI *"}, "UTC"),
        ({"rate": "90 minutes"}, ""),
        ({"at": "2027-03-28T03:30:00"}, "Europe/Berlin"),
    ],
)
def test_the_next_fires_are_the_simulators(trigger: dict[str, str], zone: str) -> None:
    """The fires that `explain` lists are those at which the simulated Scheduler starts a run."""
    after = dt.datetime(2027, 3, 26, 12, tzinfo=dt.UTC)
    schedule = Schedule("s", trigger, zone, enabled=True, payload={}, where=())
    expected: list[dt.datetime] = []
    moment: dt.datetime | None = after
    while moment is not None and len(expected) < COUNT:
        moment = next_fire(schedule.expression, zone or "UTC", moment, after)
        expected += [moment] if moment else []

    found = fires_of(schedule, after)

    assert [fire.astimezone(dt.UTC) for fire in found.moments] == expected
    assert {str(fire.tzinfo) for fire in found.moments} == {str(ZoneInfo(zone or "UTC"))}
