"""What `live` finds on an emulator where somebody was at work: exactly that, and by whom."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from envs.desk import overrides, states
from envs.drift.difference import Cause, Difference
from envs.drift.live import look_at
from envs.drift.shared import look_at_shared
from tests.envs import deployed
from tests.generator import manifests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from envs.desk.place import Place
    from generator.manifest.resolved import Worker

pytestmark = pytest.mark.e2e

JOB = "send-receipt"
RUN = {
    "name": "nightly",
    "cron": "30 4 * * ? *",
    "timezone": "Europe/Berlin",
    "payload": {"order_id": "x"},
}


@dataclass(frozen=True)
class Deployed:
    """One job that is as its manifest says, and what its code is."""

    place: Place
    worker: Worker
    sha: str

    def found(self, later: int = 0) -> list[tuple[str, str, Cause]]:
        """Return what differs, so many seconds from now."""
        now = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=later)
        pauses = overrides.overrides(self.place)
        differences = look_at(self.place, [self.worker], pauses, {JOB: self.sha}, now)
        return [(d.place, d.attribute, d.cause) for d in differences]

    def waiting(self) -> list[Difference]:
        """Return what waits for somebody."""
        return list(look_at_shared(self.place, [self.worker], somebody=True))


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Start an emulator with one job on it."""
    folder = tmp_path_factory.mktemp("live")
    settings = {"schedule": [RUN], "secrets": ["crm-token"]}
    (worker,) = manifests.resolved(
        folder, {JOB: manifests.job(**settings)}, environments=["local"]
    ).workers["local"]
    with deployed.emulated(folder, "shop", worker) as place:
        yield Deployed(place, worker, deployed.deploy(place, worker))


def test_what_is_as_the_manifest_says_differs_in_nothing(job: Deployed) -> None:
    """Queues, function, mapping, schedule and all alarms."""
    assert job.found() == []


def test_a_mapping_that_somebody_disabled_is_found(job: Deployed) -> None:
    """And nothing else; restored, it is clean again."""
    functions = job.place.client("lambda")
    (mapping,) = functions.list_event_source_mappings()["EventSourceMappings"]
    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    assert job.found() == [("mapping", "state", Cause.HAND)]

    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)
    assert job.found() == []


def test_a_second_mapping_of_the_queue_is_found(job: Deployed) -> None:
    """It would take messages away, though each of the job's own values is right."""
    functions = job.place.client("lambda")
    (mapping,) = functions.list_event_source_mappings()["EventSourceMappings"]
    second = functions.create_event_source_mapping(
        EventSourceArn=mapping["EventSourceArn"], FunctionName=job.worker.base, Enabled=False
    )
    assert job.found() == [("mapping", "number", Cause.HAND)]

    functions.delete_event_source_mapping(UUID=second["UUID"])
    assert job.found() == []


def test_another_visibility_timeout_is_found(job: Deployed) -> None:
    """A number that somebody changed in the console."""
    sqs, url = job.place.client("sqs"), job.place.queue_url(JOB)
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "31"})
    assert job.found() == [("queue", "visibility_timeout", Cause.HAND)]

    wanted = str(job.worker.visibility_timeout)
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": wanted})
    assert job.found() == []


def test_an_alarm_that_tells_nobody_and_one_that_is_gone_are_found(job: Deployed) -> None:
    """An action that was deleted, and an alarm."""
    deployed.alarm(job.place, job.worker, "errors", [])
    assert job.found() == [("alarm errors", "action", Cause.HAND)]
    job.place.client("cloudwatch").delete_alarms(AlarmNames=[f"{job.worker.base}-errors"])
    assert job.found() == [("alarm errors", "action", Cause.HAND)]

    topic = f"arn:aws:sns:{job.place.region}:{job.place.account_id}:{job.place.base}-on-call"
    deployed.alarm(job.place, job.worker, "errors", [topic])
    assert job.found() == []


def test_code_that_was_edited_is_found(job: Deployed) -> None:
    """In the console, where it does not run yet; and published and started by `live`."""
    functions, name = job.place.client("lambda"), job.worker.base
    before = functions.get_alias(FunctionName=name, Name="live")["FunctionVersion"]
    edited = deployed.code("def handle(event, context): return 1\n")
    functions.update_function_code(FunctionName=name, ZipFile=edited)
    assert job.found() == [("function", "code of $LATEST", Cause.HAND)]

    version = functions.publish_version(FunctionName=name)["Version"]
    functions.update_alias(FunctionName=name, Name="live", FunctionVersion=version)
    assert job.found() == [("function", "code behind live", Cause.HAND)]

    original = deployed.code("def handle(event, context): return {}\n")
    functions.update_function_code(FunctionName=name, ZipFile=original)
    functions.update_alias(FunctionName=name, Name="live", FunctionVersion=before)
    assert job.found() == []


def test_a_pause_by_the_desk_is_recorded_and_then_expired(job: Deployed) -> None:
    """Mapping and schedule, by name; when it should be over, it is no pause any more."""
    paused = job.place.job(JOB)
    states.pause(job.place, paused, seconds=3600, why="INC-42")
    both = [("mapping", "state"), ("schedule nightly", "state")]
    assert job.found() == [(*each, Cause.PAUSE) for each in both]
    assert job.found(later=3601) == [(*each, Cause.EXPIRED) for each in both]

    states.resume(job.place, paused)
    assert job.found() == []


def test_another_input_and_another_zone_of_a_schedule_are_found(job: Deployed) -> None:
    """What a run is enqueued with, and by which clock."""
    scheduler = job.place.client("scheduler")
    name = {"Name": f"{JOB}-nightly", "GroupName": job.place.base}
    whole = scheduler.get_schedule(**name)
    kept = {
        key: whole[key] for key in ("ScheduleExpression", "State", "FlexibleTimeWindow", "Target")
    }
    target = {**whole["Target"], "Input": json.dumps({"payload": {"order_id": "y"}})}
    changed = {**kept, "Target": target, "ScheduleExpressionTimezone": "UTC"}
    scheduler.update_schedule(**name, **changed)
    assert job.found() == [
        ("schedule nightly", "timezone", Cause.HAND),
        ("schedule nightly", "payload", Cause.HAND),
    ]

    scheduler.update_schedule(**name, **kept, ScheduleExpressionTimezone="Europe/Berlin")
    assert job.found() == []


def test_who_hears_of_alarms_and_which_secrets_are_filled_is_told(job: Deployed) -> None:
    """Nobody, then somebody; no secret, an empty one, a filled one."""
    assert [(d.place, d.found) for d in job.waiting()] == [
        ("on-call", "nobody"),
        ("secret shop/local/crm-token", "not there"),
    ]
    topic = f"arn:aws:sns:{job.place.region}:{job.place.account_id}:{job.place.base}-on-call"
    queue = f"arn:aws:sqs:{job.place.region}:{job.place.account_id}:{job.worker.base}-dlq"
    job.place.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    job.place.client("secretsmanager").create_secret(Name="shop/local/crm-token", SecretString="x")

    assert job.waiting() == []
