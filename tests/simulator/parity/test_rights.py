"""A worker may do what Terraform's text lets it, and sees the variables that this text sets."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError

from clarivum_jobs import enqueue
from clarivum_jobs.testing import Deployment, Timer, World
from clarivum_jobs.testing.aws.names import BASE, TABLE, arn, queue_url
from clarivum_jobs.testing.terraform import collection
from clarivum_jobs.worker import Worker
from tests.simulator.aws import dynamodb, s3, scheduler, secrets, sqs
from tests.simulator.parity.probe import DEAD_URL, JOB, URL, nothing_fails, probe
from tests.simulator.sample import JOB as SAMPLE
from tests.simulator.sample import Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OTHER_URL = queue_url("other")
DELAYED = arn("iam", f"role/{BASE}-delayed")


def _put(key: str) -> None:
    dynamodb().put_item(TableName=TABLE, Item={"id": {"S": key}})


def _schedule(name: str, group: str = f"{BASE}-delayed", role: str = DELAYED) -> None:
    scheduler().create_schedule(
        Name=name,
        GroupName=group,
        ScheduleExpression="at(2026-01-02T00:00:00)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": arn("sqs", f"{BASE}-other"), "RoleArn": role, "Input": "{}"},
    )


ALLOWED: dict[str, Callable[[], object]] = {
    "own record": lambda: _put(f"{JOB}#a"),
    "own dead letters": lambda: sqs().send_message(QueueUrl=DEAD_URL, MessageBody="x"),
    "own attributes": lambda: sqs().get_queue_attributes(QueueUrl=URL),
    "target's queue": lambda: sqs().send_message(QueueUrl=OTHER_URL, MessageBody="x"),
    "target's queue, by batch": lambda: sqs().send_message_batch(
        QueueUrl=OTHER_URL, Entries=[{"Id": "a", "MessageBody": "x"}]
    ),
    "target's schedule": lambda: _schedule("other-" + 32 * "a"),
    "own secret": lambda: secrets().get_secret_value(SecretId=os.environ["SECRET"]),
    "granted object": lambda: s3().put_object(Bucket="granted", Key="a", Body=b"x"),
}

DENIED: dict[str, Callable[[], object]] = {
    "other's record": lambda: _put("other#a"),
    "record that only begins alike": lambda: _put(f"{JOB}s#a"),
    "query": lambda: dynamodb().query(
        TableName=TABLE,
        KeyConditionExpression="id = :id",
        ExpressionAttributeValues={":id": {"S": f"{JOB}#a"}},
    ),
    "other table": lambda: dynamodb().put_item(TableName="others", Item={"id": {"S": f"{JOB}#a"}}),
    "own queue, which no schedule feeds": lambda: sqs().send_message(QueueUrl=URL, MessageBody="x"),
    "dead letters": lambda: sqs().receive_message(QueueUrl=DEAD_URL),
    "target's dead letters": lambda: sqs().send_message(
        QueueUrl=f"{OTHER_URL}-dlq", MessageBody="x"
    ),
    "target's messages": lambda: sqs().receive_message(QueueUrl=OTHER_URL),
    "redrive": lambda: sqs().start_message_move_task(SourceArn=arn("sqs", f"{BASE}-{JOB}-dlq")),
    "other's schedule": lambda: _schedule("third-" + 32 * "a"),
    "schedule that only begins alike": lambda: _schedule("other-" + 33 * "a"),
    "group of the cron schedules": lambda: _schedule("other-" + 32 * "a", group=BASE),
    "role that it may not lend": lambda: _schedule("other-" + 32 * "a", role=arn("iam", "role/x")),
    "list of schedules": lambda: scheduler().list_schedules(),
    "other secret": lambda: secrets().get_secret_value(SecretId="clarivum/simulated/other"),
    "object that is not granted": lambda: s3().put_object(Bucket="other", Key="a", Body=b"x"),
    "deletion that is not granted": lambda: s3().delete_object(Bucket="granted", Key="a"),
    "mail": lambda: boto3.client("sesv2").send_email(
        FromEmailAddress="a@b.example", Content={"Raw": {"Data": b"x"}}
    ),
}

GRANT = {"actions": ["s3:PutObject"], "resources": ["arn:aws:s3:::granted/*"]}


def _try(act: Callable[[], object]) -> list[str]:
    """Let a worker act; return the codes of what it was refused."""
    codes: list[str] = []

    def answer(event: dict[str, Any], context: object) -> Any:  # noqa: ANN401 - an entry point
        try:
            act()
        except ClientError as error:
            codes.append(error.response["Error"]["Code"])
        return nothing_fails(event, context)

    with World() as world:
        secret = collection.platform(("own",)).context["secret_arns"]["own"]
        world.deploy(Deployment("other", lambda: nothing_fails))
        world.deploy(
            Deployment(
                JOB,
                lambda: answer,
                secrets=("own",),
                enqueues=("other",),
                statements=(GRANT,),
                variables={"SECRET": secret},
            )
        )
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.run(60)
        assert len(world.runs) >= 1
    return codes


@pytest.mark.parametrize("name", ALLOWED)
def test_worker_may_do_what_its_policy_allows(name: str) -> None:
    """Every right that a job needs or is granted works."""
    assert _try(ALLOWED[name]) == []


@pytest.mark.parametrize("name", DENIED)
def test_worker_may_do_nothing_else(name: str) -> None:
    """What no statement allows is refused, in the service's own words, and nothing happens."""
    (code,) = _try(DENIED[name])

    assert code in {"AccessDenied", "AccessDeniedException"}


def test_text_of_the_module_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A right that is taken out of Terraform's text is missed in the model."""
    unwanted = shutil.ignore_patterns(".terraform*")
    shutil.copytree(collection.MODULES, tmp_path / "modules", ignore=unwanted)
    role = tmp_path / "modules" / "worker" / "role.tf"
    text = role.read_text(encoding="utf-8")
    assert '"dynamodb:UpdateItem", ' in text
    role.write_text(text.replace('"dynamodb:UpdateItem", ', ""))
    monkeypatch.setattr(collection, "MODULES", tmp_path / "modules")
    collection.job.cache_clear()
    try:
        with World() as world:
            world.deploy(Deployment(SAMPLE, lambda: Worker(Sample, lambda _p, _c: None)))
            enqueue(Sample(name="a"))
            world.run(600)
            states = {item.get("status", {}).get("S") for item in world.table.items.values()}
    finally:
        collection.job.cache_clear()

    assert "COMPLETED" not in states


def test_variables_are_the_ones_that_the_module_sets() -> None:
    """A run sees them, and beside them only what Lambda itself says."""
    seen: dict[str, str] = {}

    def answer(event: dict[str, Any], context: object) -> Any:  # noqa: ANN401 - an entry point
        seen.update(os.environ)
        return nothing_fails(event, context)

    before = dict(os.environ)
    with probe(answer, variables={"OWN": "x"}, enqueues=("other",), max_attempts=3) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()
        rendered = world.deployments[JOB].rendered.environment

    new = {name: seen[name] for name in seen if before.get(name) != seen[name]}
    lambdas_own = {name for name in new if name.startswith(("AWS_", "_X_AMZN"))}
    assert {name: new[name] for name in new.keys() - lambdas_own} == {
        name: value for name, value in rendered.items() if before.get(name) != value
    }
    assert rendered["OWN"] == "x"
    assert rendered["JOB_MAX_ATTEMPTS"] == "3"
    assert rendered["JOBS_ENQUEUES"] == "other"
    assert seen["AWS_LAMBDA_FUNCTION_NAME"] == f"{BASE}-{JOB}"


def test_schedule_delivers_under_its_own_role() -> None:
    """A role that Terraform did not make is refused, and one that may not deliver does not."""
    never = Timer("never", "cron(0 4 1 1 ? 2199)")
    with probe(timers=(never,)) as world:
        target = {"Arn": arn("sqs", f"{BASE}-{JOB}"), "Input": "{}"}
        params: Any = {
            "Name": "later",
            "GroupName": BASE,
            "ScheduleExpression": "at(2026-01-02T00:00:00)",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {**target, "RoleArn": arn("iam", "role/nobody")},
        }
        with pytest.raises(scheduler().exceptions.ValidationException):
            scheduler().create_schedule(**params)
        # The role of a job's schedules starts its function, and sends to no queue but dead letters.
        params["Target"]["RoleArn"] = arn("iam", f"role/{BASE}-{JOB}-schedule")
        scheduler().create_schedule(**params)
        world.run(2 * 86_400 - 1)

        assert not world.runs
        assert "AccessDenied" in world.trace.text


def test_policy_of_a_queue_denies_what_no_role_may() -> None:
    """Whatever a role is granted: the queue's own policy keeps its messages."""
    everything = {"actions": ["sqs:PurgeQueue", "sqs:DeleteQueue"], "resources": ["*"]}
    codes: list[str] = []

    def answer(event: dict[str, Any], context: object) -> Any:  # noqa: ANN401 - an entry point
        for act in (sqs().purge_queue, sqs().delete_queue):
            with pytest.raises(ClientError) as caught:
                act(QueueUrl=URL)
            codes.append(caught.value.response["Error"]["Code"])
        return nothing_fails(event, context)

    with probe(answer, statements=(everything,)) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

    assert codes == ["AccessDenied", "AccessDenied"]
