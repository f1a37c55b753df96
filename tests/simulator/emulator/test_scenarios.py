"""The same function, the same messages: the emulator and the simulation tell the same story."""

from __future__ import annotations

import io
import json
import time
import types
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs.testing import Deployment, World
from clarivum_jobs.testing.sqs import BASE_URL
from generator.package.layer import build_layer
from generator.package.targets import host
from tests.simulator import aws
from tests.simulator.emulator.probe_job import SOURCE
from tests.simulator.emulator.stage import REPOSITORY, Stage, stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_sqs import SQSClient

pytestmark = pytest.mark.e2e

VISIBILITY, TIMEOUT, RECEIVES = 3, 2, 3
SCENARIOS: dict[str, list[dict[str, Any]]] = {
    "failed messages come back": [{"name": "a", "fails": 2}],
    "after the last receive a message moves on": [{"name": "a", "fails": 9}],
    "changed visibility decides the next delivery": [{"name": "a", "fails": 2, "hide": 1}],
    "of a batch only what failed comes back": [
        {"name": "a"},
        {"name": "b", "fails": 1},
        {"name": "c"},
    ],
    "an exception brings the batch back": [{"name": "a", "raises": 1}],
    "a run ends at its timeout": [{"name": "a", "hangs": 1}],
    "a timer delays the first delivery": [{"name": "a", "delay": 2}],
}

Story = tuple[list[tuple[str, int]], list[str], list[float]]
"""Each delivery by name and receive count, the names of the dead, and the moments in seconds."""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One emulator, with the layer, for all scenarios."""
    directory = tmp_path_factory.mktemp("emulator")
    with stage(directory) as on:
        on.table("notes")
        on.layer(build_layer(REPOSITORY / "lambdas" / "layer.lock", directory, host()).path)
        yield on


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("probe.py", SOURCE)
    return packed.getvalue()


def _send(sqs: SQSClient, url: str, messages: list[dict[str, Any]]) -> float:
    for number, message in enumerate(messages):
        body = json.dumps({**message, "order": number})
        sqs.send_message(QueueUrl=url, MessageBody=body, DelaySeconds=message.get("delay", 0))
    return time.time()


def _told(items: list[dict[str, Any]], dead: list[str], begin: float) -> Story:
    notes = sorted((float(item["at"]["N"]), *json.loads(item["note"]["S"])) for item in items)
    deliveries = sorted((name, receives) for _, name, receives, _ in notes)
    moments = sorted(at - begin for at, *_ in notes)
    return deliveries, sorted(json.loads(body)["name"] for body in dead), moments


def _on_the_emulator(on: Stage, name: str, messages: list[dict[str, Any]]) -> Story:
    for item in on.dynamodb.scan(TableName="notes")["Items"]:
        on.dynamodb.delete_item(TableName="notes", Key={"id": item["id"]})
    queue, dead = on.queues(name, VISIBILITY, RECEIVES)
    on.function(name, _zip(), "probe.handler", {"QUEUE": queue}, timeout=TIMEOUT)
    on.feed(name, batch=10, concurrency=2)
    begin = _send(on.sqs, queue, messages)
    on.drain(queue, 40)
    items: Any = on.dynamodb.scan(TableName="notes")["Items"]
    letters = on.sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=10).get("Messages", [])
    return _told(items, [letter["Body"] for letter in letters], begin)


def _in_the_simulation(messages: list[dict[str, Any]]) -> Story:
    code = types.ModuleType("probe")
    deployment = Deployment(
        "probe",
        lambda: code.handler,
        timeout=TIMEOUT,
        visibility_timeout=VISIBILITY,
        max_attempts=RECEIVES,
        spare_receives=0,
        batch_size=10,
        concurrency=2,
        variables={"QUEUE": f"{BASE_URL}simulated-probe"},
    )
    with World() as world:
        exec(SOURCE, vars(code))  # noqa: S102 - the same text that the emulator runs
        world.deploy(deployment)
        begin = _send(aws.sqs(), f"{BASE_URL}simulated-probe", messages)
        world.settle()
        dead = [letter.body for letter in world.dead_letters("probe").messages.values()]
        return _told(list(world.table.items.values()), dead, begin)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_simulation_and_emulator_agree(scenario: str, real: Stage) -> None:
    """Deliveries and dead letters are the same; the moments are, within a poll of the emulator."""
    messages = SCENARIOS[scenario]
    name = f"probe-{list(SCENARIOS).index(scenario)}"

    deliveries, dead, moments = _on_the_emulator(real, name, messages)
    expected, expected_dead, expected_moments = _in_the_simulation(messages)

    assert deliveries == expected
    assert dead == expected_dead
    assert moments == pytest.approx(expected_moments, abs=4)
