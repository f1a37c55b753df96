"""An hour without what surrounds a job costs no message and no attempt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from clarivum_jobs import JobContext, JobContract, enqueue, enqueue_many
from clarivum_jobs.testing import Deployment, Faults, World
from clarivum_jobs.testing.machine.faults import Outage
from clarivum_jobs.testing.machine.function import Run
from clarivum_jobs.worker import Worker
from tests import chance
from tests.simulator.sample import JOB, Sample, sample

if TYPE_CHECKING:
    from clarivum_jobs.testing.checks.audit import Audit
    from tests.simulator.sample import Handler

pytestmark = [pytest.mark.drawn, pytest.mark.long]

HOUR = 3600
SECRET = "api-key"  # noqa: S105 - a name
few = settings(
    max_examples=chance.count("SIMULATOR_OUTAGES", 8, 200),
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a failure shows itself without a smaller one
    suppress_health_check=list(HealthCheck),
)

outages = st.builds(
    Outage,
    st.sampled_from(["dynamodb", "secretsmanager", "sqs"]),
    begin=st.sampled_from([0, 0, 5, 100]),
    seconds=st.just(HOUR),
    code=st.sampled_from(["", "ThrottlingException", "AccessDeniedException"]),
    share=st.sampled_from([1, 1, 0.9]),
    silent=st.booleans(),
)


def needing(world: World, _audit: Audit) -> Handler:
    """Make a handler that needs a secret, and fails as often as its payload says."""

    def handle(payload: Sample, context: JobContext) -> None:
        context.secret(SECRET)
        if context.attempt <= payload.fails:
            message = "not yet"
            raise RuntimeError(message)
        world.effect("deliver", context.idempotency_key)

    return handle


@few
@given(
    seed=st.integers(0, 1000),
    outage=outages,
    fails=st.lists(st.integers(0, 4), min_size=1, max_size=6),
    visibility=st.sampled_from([60, 180, 5400]),
    batch=st.sampled_from([1, 10]),
)
@example(seed=0, outage=Outage("dynamodb"), fails=[0, 4], visibility=180, batch=1)
@example(seed=0, outage=Outage("secretsmanager"), fails=[0, 4], visibility=180, batch=1)
def test_an_hour_without_a_service_dead_letters_nothing(
    seed: int, outage: Outage, fails: list[int], visibility: int, batch: int
) -> None:
    """Message after message waits, and is done with all its attempts once the hour is over."""
    numbers: Any = {"visibility_timeout": visibility, "batch_size": batch, "backoff_cap": 2}
    with sample(seed, handler=needing, secrets=(SECRET,), **numbers) as (world, audit):
        enqueue_many([Sample(name=str(n), fails=count) for n, count in enumerate(fails)])
        world.faults = Faults(outages=(outage,))
        world.settle(days=1)
        audit.check()
        assert not world.dead_letters(JOB).messages
        assert list(world.effects.done.values()) == [1] * len(fails)
        assert not world.busy


@few
@given(
    seed=st.integers(0, 1000), throttled=st.integers(1, HOUR), visibility=st.sampled_from([60, 180])
)
@example(seed=0, throttled=HOUR, visibility=180)
def test_an_hour_of_throttling_dead_letters_nothing(
    seed: int, throttled: int, visibility: int
) -> None:
    """Each receive in vain lasts a visibility timeout; the fifth attempt is still to be had."""
    with sample(seed, Faults(throttle=1), visibility_timeout=visibility) as (world, audit):
        enqueue(Sample(name="a", fails=4))
        world.run(throttled)
        world.faults = Faults()
        world.settle()
        audit.check()
        assert not world.dead_letters(JOB).messages
        assert list(audit.starts.values()) == [5]


def test_a_third_service_that_a_handler_needs_to_enqueue_costs_no_attempt() -> None:
    """While the queue of a follow-up cannot be reached, the same attempt is made again."""
    seen: list[int] = []

    def chaining(_world: World, _audit: Audit) -> Handler:
        def handle(payload: Sample, context: JobContext) -> None:
            seen.append(context.attempt)
            if payload.name == "first":
                try:
                    enqueue(Sample(name="second"))
                except Exception as error:
                    message = "could not go on"
                    raise RuntimeError(message) from error

        return handle

    with sample(handler=chaining, enqueues=(JOB,)) as (world, _):
        enqueue(Sample(name="first"))
        world.faults = Faults(outages=(Outage("sqs", operations=("SendMessage",)),))
        world.settle(days=1)
        assert not world.dead_letters(JOB).messages

    assert set(seen) == {1}
    assert len(seen) > 5


class Newer(Sample):
    """The sample job, one version on."""

    contract: ClassVar[JobContract] = JobContract(name=JOB, version=2, key=("name",))


def test_messages_of_a_newer_version_wait_for_the_roll_out() -> None:
    """The old worker parks none of them; the new one does them, however late it comes."""
    seen: list[int] = []
    worker: list[Any] = [Worker(Sample, lambda _payload, _context: None)]
    build = Deployment(JOB, lambda: lambda event, context: worker[0](event, context))  # noqa: PLW0108 - as of each run
    with World() as world:
        world.deploy(build)
        enqueue_many([Newer(name=str(number)) for number in range(5)])
        world.run(HOUR)
        assert not world.dead_letters(JOB).messages
        worker[0] = Worker(Newer, lambda _payload, context: seen.append(context.attempt))
        world.settle(days=1)
        assert not world.dead_letters(JOB).messages

    assert seen == [1] * 5


@few
@given(seed=st.integers(0, 1000), fails=st.lists(st.booleans(), min_size=1, max_size=5))
def test_the_reason_outlasts_an_hour_without_the_dead_letter_queue(
    seed: int, fails: list[bool]
) -> None:
    """What has failed for good waits with its reason on record, and is parked with that."""
    with sample(seed) as (world, audit):
        enqueue_many([Sample(name=str(n), fails=9, hopeless=no) for n, no in enumerate(fails)])
        world.faults = Faults(outages=(Outage("sqs", operations=("SendMessage",)),))
        world.settle(days=1)
        audit.check()
        letters = [letter.attributes for letter in world.dead_letters(JOB).messages.values()]
        told = sorted(
            (each["error_code"]["StringValue"], each["attempt"]["StringValue"]) for each in letters
        )
        reasons = {each["reason"]["StringValue"] for each in letters}

    assert [code for code, _ in told] == sorted(
        "hopeless" if no else "RuntimeError" for no in fails
    )
    assert {count for code, count in told if code == "RuntimeError"} <= {"5"}
    assert reasons <= {"it cannot be", "RuntimeError: attempt 5 fails for [hidden]"}


@few
@given(
    seed=st.integers(0, 1000),
    weather=st.builds(
        Faults,
        kill=st.sampled_from([0, 0.1, 0.3]),
        throttle=st.sampled_from([0, 0.3]),
        duplicate=st.sampled_from([0, 0.3]),
        reorder=st.sampled_from([0, 1]),
    ),
    fails=st.lists(st.integers(0, 9), min_size=1, max_size=6),
    batch=st.integers(1, 4),
)
def test_a_letter_says_what_happened(
    seed: int, weather: Faults, fails: list[int], batch: int
) -> None:
    """Its attempt is how often the handler began; `killed` is said of runs that were.

    A message that is killed in the very last of its receives is moved by SQS, which says nothing.
    """
    begun: dict[str, list[tuple[Run, bool]]] = {}

    def told(world: World, _audit: Audit) -> Handler:
        def handle(payload: Sample, context: JobContext) -> None:
            run = world.router.current
            assert isinstance(run, Run)
            bad = context.attempt <= payload.fails
            begun.setdefault(payload.name, []).append((run, bad))
            if bad:
                message = "not yet"
                raise RuntimeError(message)

        return handle

    with sample(seed, weather, told, batch_size=batch) as (world, _):
        enqueue_many([Sample(name=str(n), fails=count) for n, count in enumerate(fails)])
        world.run(86_400)
        letters = list(world.dead_letters(JOB).messages.values())
        most = world.queue(JOB).max_receives
    for letter in letters:
        if not letter.attributes:
            count, last = _last_receive(world, letter.body)
            assert last.state in {"killed", "timeout"} or count < most  # the rest were throttled
            continue
        name = json.loads(letter.body)["data"]["name"]
        tries = begun.get(name, [])
        said = {key: value["StringValue"] for key, value in letter.attributes.items()}
        run, raised = tries[-1]
        killed = run.state in {"killed", "timeout"}
        expected = {"killed"} if killed else set()
        expected |= {"RuntimeError"} if raised else set()
        # A sandbox may die between the claim and the handler: that attempt was begun as well.
        expected |= {"killed"} if int(said["attempt"]) > len(tries) else set()
        assert said["error_code"] in expected
        assert len(tries) <= int(said["attempt"]) <= 5
        assert weather.kill or len(tries) == int(said["attempt"])


def _last_receive(world: World, body: str) -> tuple[int, Run]:
    """Return the last run that had a message, and how often the message had been received."""
    had = {
        int(record["attributes"]["ApproximateReceiveCount"]): run
        for run in world.runs
        for record in run.event["Records"]
        if record["body"] == body
    }
    return max(had), had[max(had)]


@pytest.mark.parametrize("size", [1, 250_000, 258_048])
def test_whatever_the_queue_takes_can_be_parked_with_its_reason(size: int) -> None:
    """A message of the largest size has room for its reason in the dead-letter queue."""
    with sample() as (world, _):
        queue = world.queue(JOB)
        queue.send("x" * min(size, queue.largest), {})
        world.settle()
        (letter,) = world.dead_letters(JOB).messages.values()

    assert queue.largest == 258_048
    assert letter.attributes["error_code"]["StringValue"] == "invalid_envelope"
    assert letter.attributes["attempt"]["StringValue"] == "0"
