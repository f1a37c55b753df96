"""Handlers that enqueue: what the manifest grants is what works, deployed and simulated alike."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

import boto3
import pytest
from botocore.exceptions import ClientError

from clarivum_jobs import EnqueueError, JobContract, Payload, cancel, enqueue, enqueue_many
from clarivum_jobs.testing import Deployment, World
from clarivum_jobs.testing.aws.names import BASE, BASE_URL
from clarivum_jobs.worker import Worker
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from clarivum_jobs import JobContext

SHORT, LONG = 60, dt.timedelta(hours=1)
OTHER = "other"
BEYOND = 7
"""More failures than a piece of work has attempts."""


class Other(Payload):
    """What the other job is asked to do."""

    contract: ClassVar[JobContract] = JobContract(name=OTHER, version=1, key=("name",))

    name: str = "a"


def _run(act: Callable[[], object], enqueues: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Let a handler act once; return what the other job ran for, and how the acting one failed."""
    ran: list[str] = []
    failed: list[str] = []

    def first(_payload: Sample, _context: JobContext) -> None:
        try:
            act()
        except Exception as error:
            failed.append(f"{type(error).__name__}: {error}")
            raise

    def second(payload: Other, _context: JobContext) -> None:
        ran.append(payload.name)

    with World(0) as world:
        world.deploy(Deployment(JOB, lambda: Worker(Sample, first), enqueues=enqueues))
        world.deploy(Deployment(OTHER, lambda: Worker(Other, second)))
        enqueue(Sample(name="a"))
        world.run(7200)
    return ran, failed


@pytest.mark.parametrize("delay", [0, SHORT, LONG])
def test_what_is_granted_arrives(delay: int | dt.timedelta) -> None:
    """At once, by message timer and by one-time schedule."""
    assert _run(lambda: enqueue(Other(), delay=delay), (OTHER,)) == (["a"], [])


def test_what_is_granted_can_be_taken_back() -> None:
    """A handler cancels what it scheduled."""

    def act() -> None:
        enqueue(Other(), delay=LONG)
        assert cancel(Other())

    assert _run(act, (OTHER,)) == ([], [])


@pytest.mark.parametrize(
    "act",
    [
        lambda: enqueue(Other()),
        lambda: enqueue(Other(), delay=LONG),
        lambda: enqueue_many([Other()]),
        lambda: cancel(Other()),
    ],
)
@pytest.mark.parametrize("enqueues", [(), (JOB,)])
def test_what_is_not_granted_says_where_to_grant_it(
    act: Callable[[], object], enqueues: tuple[str, ...]
) -> None:
    """Whichever way it is sent; the message names the manifest's key."""
    ran, failed = _run(act, enqueues)

    assert ran == []
    assert failed
    assert all(text.startswith("SettingsError") and "`enqueues`" in text for text in failed)


@pytest.mark.parametrize("job", [JOB, OTHER])
def test_the_role_is_no_wider_than_the_library(job: str) -> None:
    """Who goes past the library is refused by the role, to its own queue too."""

    def act() -> None:
        sqs = boto3.client("sqs")
        with pytest.raises(ClientError, match="AccessDenied"):
            sqs.send_message(QueueUrl=f"{BASE_URL}{BASE}-{job}", MessageBody="x")

    assert _run(act, ()) == ([], [])


@pytest.mark.parametrize(("name", "works"), [("other-" + 32 * "f", True), ("others-x", False)])
def test_the_role_reaches_schedules_of_its_targets_alone(name: str, works: bool) -> None:  # noqa: FBT001
    """Schedules are told apart by their names."""

    def act() -> None:
        scheduler = boto3.client("scheduler")
        with pytest.raises(ClientError) as caught:
            scheduler.get_schedule(Name=name, GroupName=f"{BASE}-delayed")
        code = caught.value.response["Error"]["Code"]
        assert code == ("ResourceNotFoundException" if works else "AccessDeniedException")

    assert _run(act, (OTHER,)) == ([], [])


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("code", ["", "AccessDenied", "KMS.DisabledException"])
def test_a_queue_that_refuses_uses_up_attempts(code: str, wrapped: bool) -> None:  # noqa: FBT001
    """The handler ran each time, and its letter says how often, and why; nothing is away."""
    begun: list[int] = []

    def first(_payload: Sample, context: JobContext) -> None:
        begun.append(context.attempt)
        try:
            if code:
                raise EnqueueError(OTHER, code)  # noqa: TRY301 - as the library would
            enqueue(Other())  # whose queue was never made
        except EnqueueError as error:
            if wrapped:
                raise LookupError from error
            raise

    with World(0) as world:
        world.deploy(Deployment(JOB, lambda: Worker(Sample, first), enqueues=(OTHER,)))
        enqueue(Sample(name="a"))
        world.settle(days=2)
        (letter,) = world.dead_letters(JOB).messages.values()

    told = {name: value["StringValue"] for name, value in letter.attributes.items()}
    assert begun == [1, 2, 3, 4, 5]
    assert told["attempt"] == "5"
    missing = "AWS.SimpleQueueService.NonExistentQueue"
    assert told["error_code"] == ("LookupError" if wrapped else code or missing)


@pytest.mark.parametrize("code", ["Throttling", "InternalError", "ConnectTimeoutError", "New"])
def test_a_queue_that_is_away_uses_up_none(code: str) -> None:
    """Nor one that answers with what nobody knows yet."""
    begun: list[int] = []

    def first(_payload: Sample, context: JobContext) -> None:
        begun.append(context.attempt)
        if len(begun) <= BEYOND:
            raise EnqueueError(OTHER, code)

    with World(0) as world:
        world.deploy(Deployment(JOB, lambda: Worker(Sample, first)))
        enqueue(Sample(name="a"))
        world.settle(days=2)
        assert not world.dead_letters(JOB).messages

    assert begun == [1] * (BEYOND + 1)
