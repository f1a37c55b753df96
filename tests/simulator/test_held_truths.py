"""What is on record is true: done is done once, begun work ends, and a dead run blocks nobody."""

from __future__ import annotations

import contextlib
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs import cancel, enqueue
from clarivum_jobs.testing import Deployment, Faults, World
from clarivum_jobs.testing.deployment import Timer
from clarivum_jobs.testing.machine.faults import Kill
from clarivum_jobs.testing.machine.loop import Killed
from clarivum_jobs.worker import Worker
from tests.simulator.sample import JOB, LongWork, Sample, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clarivum_jobs import JobContext

HOURLY = Timer("hourly", "cron(0 * * * ? *)", payload={"name": "x"}, overlap="skip")


@contextlib.contextmanager
def world_of(
    handle: Callable[[World, Sample, JobContext], object],
    faults: Faults | None = None,
    **numbers: Any,  # noqa: ANN401 - those of a deployment
) -> Iterator[World]:
    """Open a world with one job, whose handler is told its world."""
    with World(1, faults or Faults()) as world:
        world.deploy(
            Deployment(JOB, lambda: Worker(Sample, lambda p, c: handle(world, p, c)), **numbers)
        )
        yield world


def mail(world: World, _payload: Sample, context: JobContext) -> None:
    """Have an effect that nobody recognises."""
    world.effect("mail", context.idempotency_key, recognised=False)


def statuses(world: World) -> list[str]:
    """Return what the records of work say."""
    return [item["status"]["S"] for item in world.table.items.values() if "status" in item]


def codes(world: World) -> list[str]:
    """Return the reasons in the dead-letter queue."""
    letters = world.dead_letters(JOB).messages.values()
    return [letter.attributes.get("error_code", {}).get("StringValue", "") for letter in letters]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("call", range(1, 8))
def test_work_on_record_as_done_is_not_done_again(call: int, moment: str) -> None:
    """A sandbox dies at any call: once the record says done, the effect is not repeated."""
    kill = Kill(1, call, moment)  # type: ignore[arg-type] # one of the two words
    with world_of(mail, Faults(latency=(5, 5), kills=(kill,))) as world:
        enqueue(Sample(name="x"))
        world.run(1)
        done = statuses(world) == ["done"]
        world.settle()

        assert statuses(world) == ["done"]
        assert not done or list(world.effects.done.values()) == [1]


@pytest.mark.parametrize("attempts", [49, 50, 51, 60, 120])
def test_attempts_are_counted_beyond_what_the_record_lists(attempts: int) -> None:
    """The list is cut, the number is not; the last attempt's own reason is on the letter."""
    seen: list[int] = []

    def fails(_world: World, _payload: Sample, context: JobContext) -> None:
        seen.append(context.attempt)
        message = "provider down"
        raise RuntimeError(message)

    with world_of(fails, max_attempts=attempts) as world:
        enqueue(Sample(name="x"))
        world.settle(days=12)

        assert seen == list(range(1, attempts + 1))
        assert codes(world) == ["RuntimeError"]


@pytest.mark.parametrize("max_age", [30, 60, 120, 600])
@pytest.mark.parametrize("seconds", [0, 40])
def test_begun_work_is_never_stale(max_age: int, seconds: int) -> None:
    """A limit of age is for what was not begun; what fails ends in the dead-letter queue."""

    def fails(_world: World, _payload: Sample, _context: JobContext) -> None:
        time.sleep(seconds)
        raise RuntimeError

    timer = Timer("hourly", "cron(0 * * * ? *)", payload={"name": "x"}, max_age=max_age)
    with world_of(fails, timers=(timer,)) as world:
        world.run(6 * 3_600)

        assert len(codes(world)) >= 4
        assert set(statuses(world)) <= {"dead", "waiting", "running"}


@pytest.mark.parametrize("how", ["purged", "killed and no sandbox since"])
def test_a_run_that_is_gone_blocks_no_longer_than_it_could_live(how: str) -> None:
    """The queue was purged, or SQS moved the message: the schedule goes on within some hours."""
    state: dict[str, Any] = {"ran": 0, "broken": False}

    def handle(world: World, _payload: Sample, _context: JobContext) -> None:
        state["ran"] += 1
        if state["ran"] > 1:
            return
        if how == "purged":
            raise RuntimeError
        process: Any = world.loop.current
        process.kill()
        raise Killed

    def build(world: World) -> Worker[Sample]:
        if state["broken"]:
            message = "bad deploy"
            raise ImportError(message)
        return Worker(Sample, lambda p, c: handle(world, p, c))

    with World(1) as world:
        world.deploy(Deployment(JOB, lambda: build(world), timers=(HOURLY,)))
        world.run(3_600 + 5)
        if how == "purged":
            world.queue(JOB).messages.clear()
        else:
            state["broken"] = True
            world.functions[JOB]._idle.clear()  # noqa: SLF001 - no sandbox survives the bad deploy
            world.run(3 * 3_600)
            state["broken"] = False
        before = state["ran"]
        world.run(2 * 86_400)

    assert state["ran"] - before >= 48 - 8


def test_the_second_event_of_a_moment_hides_no_run_at_work() -> None:
    """Its message is a duplicate or stale; the note goes on naming the run that does the work."""
    work = LongWork()
    timer = Timer("often", "rate(10 minutes)", payload={"name": "x"}, overlap="skip", max_age=300)
    numbers = {"timeout": 900, "visibility_timeout": 900, "concurrency": 5}
    with world_of(work, Faults(late_timer=1.0), timers=(timer,), **numbers) as world:
        world.run(4 * 3_600)

        assert work.overlaps == []
        assert statuses(world).count("done") >= 8


def test_cancel_says_yes_only_before_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS deletes a schedule some time after it fired: until then it is there, and too late."""
    with sample() as (world, _):
        kind = type(world.scheduler)
        forget = kind._forget  # noqa: SLF001 - made to linger, as on AWS
        monkeypatch.setattr(kind, "_forget", lambda *_: None)
        first = enqueue(Sample(name="x"), delay=3_600)
        assert first.schedule
        world.run(3_600 + 10)

        assert len(world.runs) == 1
        assert cancel(Sample(name="x")) is False
        world.run(600)
        monkeypatch.setattr(kind, "_forget", forget)
        second = enqueue(Sample(name="x"), delay=7_200)
        assert second.job_id != first.job_id
        assert cancel(Sample(name="x")) is True
        assert cancel(Sample(name="x")) is False


@pytest.mark.parametrize("form", ["bare", "destination", "destination of text", "request"])
def test_a_schedules_dead_letter_runs_when_it_is_moved_back(form: str) -> None:
    """Scheduler's and Lambda's forms are the run itself, under its usual key: once, not twice."""
    arn = "arn:aws:scheduler:eu-west-1:000000000000:schedule/simulated/hourly"
    run = {
        "schedule": "hourly",
        "scheduled_time": "2026-01-01T00:00:00Z",
        "schedule_arn": arn,
        "payload": {"name": "x"},
    }
    condition = {"condition": "RetriesExhausted"}
    envelope = {"version": "1.0", "requestContext": condition, "requestPayload": run}
    forms = {
        "bare": run,
        "destination": {**envelope, "responsePayload": {}},
        "destination of text": {**envelope, "requestPayload": json.dumps(run)},
        "request": {"FunctionName": "x", "InvocationType": "Event", "Payload": json.dumps(run)},
    }
    body = json.dumps(forms[form])
    with world_of(mail, timers=(HOURLY,)) as world:
        for _ in range(2):
            world.queue(JOB).send(body, {})
            world.run(60)

        assert codes(world) == []
        assert list(world.effects.done.values()) == [1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"payload": [1]}, "invalid_schedule_event"),
        ({"max_age": -1}, "invalid_schedule_event"),
        ({"overlap": "never"}, "invalid_schedule_event"),
        ({"payload": {"name": 7}}, "invalid_payload"),
    ],
)
def test_a_schedules_dead_letter_that_cannot_be_read_is_parked_at_once(
    change: dict[str, object], code: str
) -> None:
    """Its reason is what is wrong with it; no attempt is wasted on it."""
    run = {"schedule": "s", "scheduled_time": "2026-01-01T00:00:00Z", "schedule_arn": "arn"}
    with world_of(mail, timers=(HOURLY,)) as world:
        world.queue(JOB).send(json.dumps({**run, "payload": {"name": "x"}, **change}), {})
        world.run(60)

        assert codes(world) == [code]
        assert len(world.runs) == 1


@pytest.mark.parametrize("attempts", [1, 3])
def test_the_dead_letter_of_a_delayed_message_is_the_message(attempts: int) -> None:
    """Scheduler's letter holds the request that it made of SQS: moved back, its work is done."""

    def fails_first(world: World, payload: Sample, context: JobContext) -> None:
        if context.attempt < attempts:
            raise RuntimeError
        mail(world, payload, context)

    with world_of(fails_first) as world:
        enqueue(Sample(name="MessageBody"), delay=3_600)
        (schedule,) = world.scheduler.schedules.values()
        target = schedule.params["Target"]
        queue = world.queue(JOB)
        request = {"MessageBody": target["Input"], "QueueUrl": f"https://sqs.test/1/{JOB}"}
        cancel(Sample(name="MessageBody"))
        for _ in range(2):
            queue.send(json.dumps(request), {})
            world.settle()

        assert codes(world) == []
        assert statuses(world) == ["done"]
        assert list(world.effects.done.values()) == [1]


@pytest.mark.parametrize("missing", ["id", "source", "type", "idempotencykey", "contractversion"])
def test_a_message_without_what_tells_it_is_refused_once(missing: str) -> None:
    """No identity is made up at each receive: such a message would have attempts without end."""
    envelope = {
        "specversion": "1.0",
        "id": "by-hand",
        "source": "hand",
        "type": f"jobs.{JOB}",
        "idempotencykey": "a" * 64,
        "contractversion": 1,
        "data": {"name": "x"},
    }
    del envelope[missing]
    with world_of(mail) as world:
        world.queue(JOB).send(json.dumps(envelope), {})
        world.settle()

        assert codes(world) == ["invalid_envelope"]
        assert world.effects.done == {}
