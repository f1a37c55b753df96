"""What shares a batch: no message harms its neighbours, whatever its handler does."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from clarivum_jobs import JobContext, PermanentError, RetryAfter, enqueue, enqueue_many
from clarivum_jobs.testing import Faults, World
from clarivum_jobs.testing.machine.loop import Killed
from tests import chance
from tests.simulator.sample import JOB, Sample, sample

if TYPE_CHECKING:
    from clarivum_jobs.testing.checks.audit import Audit
    from tests.simulator.sample import Handler

pytestmark = [pytest.mark.drawn, pytest.mark.long]

EXAMPLES = chance.count("SIMULATOR_BATCHES", 12, 300)
few = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a failure shows itself without a smaller one
    suppress_health_check=list(HealthCheck),
)


class Panic(BaseException):
    """As native extensions raise it."""


class Unaskable(Exception):  # noqa: N818
    """Fails at whatever it is asked."""

    @property
    def code(self) -> str:
        """Leave the process."""
        sys.exit("asked")

    response = seconds = code

    def __str__(self) -> str:
        """Leave the process."""
        return str(sys.exit("asked"))


def _die(world: World) -> None:
    process = world.loop.current
    assert process is not None
    process.kill()
    raise Killed


def _raise(error: BaseException) -> None:
    raise error


def _later() -> Any:  # noqa: ANN401 - a generator
    yield


MISBEHAVIOUR = {
    "crash": (_die, "killed", 5),
    "hang": (lambda _world: time.sleep(10_000), "killed", 5),
    "exit": (lambda _world: sys.exit(3), "SystemExit", 5),
    "panic": (lambda _world: _raise(Panic("native")), "Panic", 5),
    "interrupt": (lambda _world: _raise(KeyboardInterrupt()), "KeyboardInterrupt", 5),
    "closing": (lambda _world: _raise(GeneratorExit()), "GeneratorExit", 5),
    "unaskable": (lambda _world: _raise(Unaskable()), "Unaskable", 5),
    "group": (
        lambda _world: _raise(BaseExceptionGroup("many", [Panic(), ValueError()])),
        "BaseExceptionGroup",
        5,
    ),
    "memory": (lambda _world: _raise(MemoryError()), "MemoryError", 5),
    "waits": (lambda _world: _raise(RetryAfter(7)), "retry_after", 5),
    "generator": (lambda _world: _later(), "handler_not_run", 5),
    "hopeless": (lambda _world: _raise(PermanentError("no", code="hopeless")), "hopeless", 1),
}
"""What a handler does, the code on its dead letter, and how often it was tried."""

STARTS: list[str] = []


def zoo(world: World, _audit: Audit) -> Handler:
    """Make a handler that behaves as the payload's name says."""

    def handle(payload: Sample, context: JobContext) -> object:
        STARTS.append(payload.name)
        kind = payload.name.partition("-")[0]
        time.sleep(payload.takes)
        if kind in MISBEHAVIOUR:
            return MISBEHAVIOUR[kind][0](world)
        world.effect("deliver", context.idempotency_key)
        return None

    return handle


def _letters(world: World) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for letter in world.dead_letters(JOB).messages.values():
        told = {name: value["StringValue"] for name, value in letter.attributes.items()}
        name = letter.body.partition('"name":"')[2].partition('"')[0]
        found.setdefault(name, []).append((told["error_code"], told["attempt"]))
    return found


@few
@given(
    seed=st.integers(0, 1000),
    kinds=st.lists(
        st.one_of(st.just("good"), st.just("good"), st.sampled_from(sorted(MISBEHAVIOUR))),
        min_size=2,
        max_size=10,
    ),
    batch=st.integers(1, 10),
    concurrency=st.integers(2, 4),
    reorder=st.sampled_from([0, 1]),
)
def test_healthy_messages_are_done_whatever_their_neighbours_do(
    seed: int, kinds: list[str], batch: int, concurrency: int, reorder: int
) -> None:
    """Each bad one is tried as often as it may be and parked once, with what happened."""
    STARTS.clear()
    names = [f"{kind}-{number}" for number, kind in enumerate(kinds)]
    with sample(seed, Faults(reorder=reorder), zoo, batch_size=batch, concurrency=concurrency) as (
        world,
        _,
    ):
        enqueue_many([Sample(name=name) for name in names])
        world.settle(days=2)
        letters, effects = _letters(world), dict(world.effects.done)
        assert not world.busy

    expected = {
        name: [(code, str(attempts))]
        for name in names
        for _, code, attempts in [MISBEHAVIOUR.get(name.partition("-")[0], (None, "", 0))]
        if attempts
    }
    assert letters == expected
    assert sorted(effects.values()) == [1] * (len(names) - len(expected))
    tries = Counter(STARTS)
    assert {name: tries[name] for name in expected} == {
        name: int(told[0][1]) for name, told in expected.items()
    }


@few
@given(
    seed=st.integers(0, 1000),
    batch=st.integers(2, 10),
    timeout=st.sampled_from([10, 30, 60]),
    part=st.floats(0.05, 0.8),
    count=st.integers(5, 20),
    concurrency=st.integers(2, 5),
    reorder=st.sampled_from([0, 1]),
)
def test_what_finds_no_time_in_its_batch_is_done_later(  # noqa: PLR0913, PLR0917 - what it draws
    seed: int, batch: int, timeout: int, part: float, count: int, concurrency: int, reorder: int
) -> None:
    """However few of a batch fit into a run, none is parked untried, and none loses an attempt."""
    STARTS.clear()
    with sample(
        seed,
        Faults(reorder=reorder),
        zoo,
        batch_size=batch,
        timeout=timeout,
        visibility_timeout=6 * timeout,
        concurrency=concurrency,
    ) as (world, audit):
        enqueue_many([Sample(name=f"good-{n}", takes=part * timeout) for n in range(count)])
        world.settle(days=3)
        audit.check()
        assert _letters(world) == {}
        assert len(world.effects.done) == count
    assert len(STARTS) == count


def test_what_is_done_is_deleted_before_its_neighbours_run() -> None:
    """The sandbox dies at the second message; the first is gone from the queue by then."""
    with sample(handler=zoo, batch_size=10, concurrency=2) as (world, _):
        enqueue_many([Sample(name=name) for name in ("good-1", "crash-2", "good-3")])
        world.run(60)
        left = [message.body for message in world.queue(JOB).messages.values()]

    assert len(left) == 2
    assert not any("good-1" in body for body in left)


def test_what_ended_a_sandbox_runs_alone_from_then_on() -> None:
    """Once a crash is on record its neighbours are all done before it is tried again."""
    for seed in range(8):
        STARTS.clear()
        with sample(seed, handler=zoo, batch_size=10, concurrency=2) as (world, _):
            enqueue(Sample(name="crash-0"))
            enqueue_many([Sample(name=f"good-{number}") for number in range(1, 10)])
            world.run(185)
        first, *rest = STARTS

        assert first == "crash-0"
        assert set(rest[:9]) == {f"good-{number}" for number in range(1, 10)}, seed


def test_what_was_received_most_often_goes_first() -> None:
    """Who has the fewest receives left is served before those that can come again."""
    STARTS.clear()
    with sample(handler=zoo, batch_size=10, concurrency=2) as (world, _):
        queue = world.queue(JOB)
        enqueue_many([Sample(name=f"good-{number}") for number in range(6)])
        for receives, message in enumerate(queue.messages.values()):
            message.receives = receives
        world.settle()

    assert [name[-1] for name in STARTS] == list("543210")


def test_a_suspect_is_not_starved_by_a_full_queue() -> None:
    """It gives way three times; then others do, so that it comes to its end as well."""
    STARTS.clear()
    numbers: Any = {"batch_size": 10, "concurrency": 2, "timeout": 10, "visibility_timeout": 30}
    with sample(handler=zoo, **numbers) as (world, _):
        enqueue(Sample(name="crash-0"))
        for number in range(1, 200):
            enqueue(Sample(name=f"good-{number}", takes=4))
        while world.queue(JOB).messages and not world.dead_letters(JOB).messages:
            world.run(60)
        waiting = len(world.queue(JOB).messages)
        letters = _letters(world)

    assert letters == {"crash-0": [("killed", "5")]}
    assert waiting > 30, "it came to its end long before the others did"
