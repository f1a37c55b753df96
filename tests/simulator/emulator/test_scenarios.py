"""The same function, the same messages: the emulator and the simulation tell the same story.

A busy machine is late, never early. So the stories are held against each other by what happened
and in which order, and a moment only by what it may not precede. Every limit is many times what a
delivery takes, and the functions are warm before the first message is sent.
"""

from __future__ import annotations

import io
import json
import time
import types
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs.testing import Deployment, World
from clarivum_jobs.testing.aws.names import BASE, BASE_URL
from clarivum_jobs.testing.deployment import TABLE
from generator.package.layer import build_layer
from generator.package.targets import host
from tests.simulator import aws
from tests.simulator.emulator.probe_job import SOURCE
from tests.simulator.emulator.stage import REPOSITORY, Stage, stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_sqs import SQSClient

pytestmark = pytest.mark.e2e

TIMEOUT, RECEIVES, NOTES = 20, 3, "notes"
LATEST = 900
"""Seconds within which everything must have happened; it takes about three minutes."""

CLOCK = 0.5
"""Seconds that a moment may be off, since it is written down a little after what it stands for."""


@dataclass(frozen=True)
class Scenario:
    """What is sent, and how long a received message stays hidden, in seconds."""

    messages: tuple[Mapping[str, Any], ...]
    visibility: int = 60


SCENARIOS = {
    "failed messages come back": Scenario(({"name": "a", "fails": 2},)),
    "after the last receive a message moves on": Scenario(({"name": "a", "fails": 9},)),
    # Without the change it would come back after everybody stopped waiting.
    "changed visibility decides the next delivery": Scenario(
        ({"name": "a", "fails": 2, "hide": 1},), visibility=4 * LATEST
    ),
    "of a batch only what failed comes back": Scenario(
        ({"name": "a"}, {"name": "b", "fails": 1}, {"name": "c"})
    ),
    "an exception brings the batch back": Scenario(({"name": "a", "raises": 1}, {"name": "b"})),
    # Were the run not ended it would return, and its message never come back.
    "a run ends at its timeout": Scenario(
        ({"name": "a", "hangs": 1, "seconds": 2 * TIMEOUT},), visibility=3 * TIMEOUT
    ),
    "a timer delays the first delivery": Scenario(({"name": "a", "delay": 20},)),
}


@dataclass(frozen=True)
class Story:
    """What became of the messages.

    Attributes:
        deliveries: Receive count and size of the batch of each delivery, in order, by name.
        dead: Names of the dead.
        moments: Seconds from the first send to each delivery, in order.
    """

    deliveries: dict[str, list[tuple[int, int]]]
    dead: list[str]
    moments: list[float]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Story]]:
    """What the emulator tells of every scenario; they happen beside each other."""
    directory = tmp_path_factory.mktemp("emulator")
    with stage(directory) as on:
        on.table(NOTES)
        lock = REPOSITORY / "lambdas" / "layer.lock"
        on.layer(build_layer(lock, directory / "layer.zip", host()).path)
        queues = {
            scenario: _prepare(on, f"probe-{number}", SCENARIOS[scenario].visibility)
            for number, scenario in enumerate(SCENARIOS)
        }
        begun = {}
        for scenario, (queue, _) in queues.items():
            begun[scenario] = _send(on.sqs, queue, SCENARIOS[scenario].messages)
            on.feed(queue.rpartition("/")[2], batch=10, concurrency=2)
        for queue, _ in queues.values():
            on.drain(queue, LATEST)
        yield {
            scenario: _on_the_emulator(on, *queues[scenario], begun[scenario])
            for scenario in SCENARIOS
        }


def _prepare(on: Stage, name: str, visibility: int) -> tuple[str, str]:
    """Make a queue and a warm function that is not fed yet."""
    queue, dead = on.queues(name, visibility, RECEIVES)
    variables = {"QUEUE": queue, "NOTES": NOTES}
    on.function(name, _zip(), "probe.handler", variables, timeout=TIMEOUT)
    on.warm(name)
    return queue, dead


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("probe.py", SOURCE)
    return packed.getvalue()


def _send(sqs: SQSClient, url: str, messages: tuple[Mapping[str, Any], ...]) -> float:
    begin = time.time()
    for message in messages:
        delay = message.get("delay", 0)
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps(message), DelaySeconds=delay)
    return begin


def _told(items: list[dict[str, Any]], dead: list[str], begin: float) -> Story:
    notes = sorted((float(item["at"]["N"]), *json.loads(item["note"]["S"])) for item in items)
    deliveries: dict[str, list[tuple[int, int]]] = {}
    for _, name, receives, size in notes:
        deliveries.setdefault(name, []).append((receives, size))
    names = sorted(json.loads(body)["name"] for body in dead)
    return Story(deliveries, names, [at - begin for at, *_ in notes])


def _on_the_emulator(on: Stage, queue: str, dead: str, begin: float) -> Story:
    pages = on.dynamodb.get_paginator("scan").paginate(TableName=NOTES)
    items: Any = [item for page in pages for item in page["Items"] if item["queue"]["S"] == queue]
    letters = on.sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=10).get("Messages", [])
    return _told(items, [letter["Body"] for letter in letters], begin)


def _in_the_simulation(scenario: Scenario) -> Story:
    code = types.ModuleType("probe")
    deployment = Deployment(
        "probe",
        lambda: code.handler,
        timeout=TIMEOUT,
        visibility_timeout=scenario.visibility,
        max_attempts=RECEIVES,
        spare_receives=0,
        batch_size=10,
        concurrency=2,
        variables={"QUEUE": f"{BASE_URL}{BASE}-probe", "NOTES": TABLE},
    )
    with World() as world:
        exec(SOURCE, vars(code))  # noqa: S102 - the same text that the emulator runs
        world.deploy(deployment)
        begin = _send(aws.sqs(), f"{BASE_URL}{BASE}-probe", scenario.messages)
        world.settle()
        dead = [letter.body for letter in world.dead_letters("probe").messages.values()]
        return _told(list(world.table.items.values()), dead, begin)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_simulation_and_emulator_agree(scenario: str, real: dict[str, Story]) -> None:
    """Deliveries, their order and dead letters are the same, and no delivery came too early."""
    expected, seen = _in_the_simulation(SCENARIOS[scenario]), real[scenario]

    assert seen.deliveries == expected.deliveries
    assert seen.dead == expected.dead
    for moment, earliest in zip(seen.moments, expected.moments, strict=True):
        assert moment > earliest - CLOCK
