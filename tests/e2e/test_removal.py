"""A job is removed as the runbook says; a removal in any other way ends with nothing gone.

The tests share one environment and run in this order.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from envs.deploy.change import Change, RemovalError
from envs.deploy.terraform import TerraformError
from envs.local.engine.clients import ACCOUNT
from tests.e2e.protected import Environment, a_job, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.e2e

QUEUE = "shop-prod-send-receipt"
JOB = "module.send_receipt."
SCHEDULE = {"name": "daily", "cron": "0 4 * * ? *", "timezone": "UTC", "payload": {"order_id": "x"}}
RECEIPT = a_job(schedule=[SCHEDULE], secrets=["mail-key"])
RETIRED = {**RECEIPT, "lifecycle": {"state": "retired"}}


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    """Deploy two jobs into a protected environment, and leave a message with one."""
    with environment(tmp_path_factory.mktemp("protected")) as made:
        made.declare({"send-receipt": RECEIPT, "stays": a_job()})
        made.terraform.init()
        made.deploy()
        made.client("sqs").send_message(QueueUrl=made.url(QUEUE), MessageBody="{}")
        yield made


def waiting(made: Environment, queue: str) -> int:
    """Return how many messages a queue holds."""
    (known,) = made.change.facts.known([queue]).values()
    return max(known.looks)


def served(made: Environment, queue: str) -> bool:
    """Whether a queue's messages reach its worker."""
    arn = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:{queue}"
    answer = made.client("lambda").list_event_source_mappings(EventSourceArn=arn)
    return [mapping["State"] for mapping in answer["EventSourceMappings"]] == ["Enabled"]


def discard(made: Environment, queue: str) -> None:
    """Throw a job's messages away, its dead letters too."""
    deadline = time.monotonic() + 300
    while waiting(made, queue):
        assert time.monotonic() < deadline, "the queue does not get empty"
        for name in (queue, f"{queue}-dlq"):
            made.client("sqs").purge_queue(QueueUrl=made.url(name))
        time.sleep(1)


def test_a_deployment_refuses_the_removal_of_an_active_job(protected: Environment) -> None:
    """Queues, log group and the secret that it alone reads are named, each with what to do."""
    protected.declare({"stays": a_job()})

    with pytest.raises(RemovalError) as refused:
        protected.deploy()

    said = str(refused.value)
    for resource in (
        "module.queue.aws_sqs_queue.main",
        "module.queue.aws_sqs_queue.dead_letter",
        "module.worker.aws_cloudwatch_log_group.this",
    ):
        assert f"{JOB}{resource}: " in said
    assert 'aws_secretsmanager_secret.this["mail-key"]' in said
    assert said.count("error[removal]") == 4
    assert "lifecycle: {state: retired}" in said


def test_a_removal_by_hand_meets_a_refusal_before_anything_is_gone(protected: Environment) -> None:
    """The guard refuses, and all of the job is where it was, its message too."""
    before = protected.state()

    with pytest.raises(TerraformError) as refused:
        protected.terraform.apply()

    assert "sns:DeleteTopic" in refused.value.output
    assert f"{QUEUE}-guard" in refused.value.output
    assert {a for a in before if a.startswith(JOB)} == {
        a for a in protected.state() if a.startswith(JOB)
    }
    assert len(before) >= 12
    assert served(protected, QUEUE)
    assert waiting(protected, QUEUE) == 1


def test_nobody_throws_messages_away(protected: Environment) -> None:
    """The queue's policy refuses it to everybody."""
    sqs = protected.client("sqs")

    for throw in (sqs.delete_queue, sqs.purge_queue):
        with pytest.raises(ClientError, match=r"not authorized|denied"):
            throw(QueueUrl=protected.url(QUEUE))


def test_a_protected_environment_is_not_taken_down(protected: Environment) -> None:
    """It is refused from the plan, before anything is touched."""
    with pytest.raises(RemovalError, match="deletion_protection = false"):
        protected.change.plan_the_end()


def test_a_retired_job_works_on_and_is_scheduled_no_more(protected: Environment) -> None:
    """Retiring is a deployment like any other: it takes away the schedule and the refusals."""
    protected.declare({"send-receipt": RETIRED, "stays": a_job()})

    protected.deploy()

    names = {found["Name"] for found in _schedules(protected, "shop-prod")}
    assert names == set()
    assert served(protected, QUEUE)


@pytest.fixture(scope="module")
def removal(protected: Environment) -> Change:
    """Plan the removal of the retired job; what is judged is the same plan each time."""
    protected.declare({"stays": a_job()})
    change = protected.change
    assert change.plan()
    return change


def test_a_retired_job_stays_while_messages_wait(protected: Environment, removal: Change) -> None:
    """The message from before is found, twice."""
    with pytest.raises(RemovalError, match=r"hold messages \(1, then 1\)"):
        removal.judge()
    assert protected.waits[-1] >= 60


def test_a_retired_job_stays_while_something_is_scheduled_for_it(
    protected: Environment, removal: Change
) -> None:
    """A one-time schedule would send to a queue that is gone."""
    discard(protected, QUEUE)
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(days=300)
    scheduler = protected.client("scheduler")
    scheduler.create_schedule(
        Name="send-receipt-0123",
        GroupName="shop-prod-delayed",
        ScheduleExpression=f"at({moment:%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": f"arn:aws:sqs:eu-west-1:{ACCOUNT}:{QUEUE}",
            "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/shop-prod-delayed",
            "Input": "{}",
        },
    )

    with pytest.raises(RemovalError, match=r"one-time schedules still send to .*send-receipt-0123"):
        removal.judge()
    scheduler.delete_schedule(Name="send-receipt-0123", GroupName="shop-prod-delayed")


def test_a_retired_job_at_rest_goes_as_a_whole(protected: Environment, removal: Change) -> None:
    """Then the deployment removes it, and of the other job nothing."""
    before = protected.state()

    assert removal.judge()
    removal.apply()

    gone = before - protected.state()
    assert {address for address in before if address.startswith(JOB)} <= gone
    assert {address for address in gone if not address.startswith(JOB)} == {
        'module.platform.aws_secretsmanager_secret.this["mail-key"]'
    }
    with pytest.raises(ClientError):
        protected.url(QUEUE)
    assert protected.url("shop-prod-stays")


def test_a_secret_that_comes_back_has_its_value(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is taken down can be made again the same day: AWS still keeps the names."""
    with environment(tmp_path_factory.mktemp("open")) as made:
        made.declare({}, protected=False)
        main = (made.root / "main.tf").read_text().replace("local.secrets", '["mail-key"]')
        (made.root / "main.tf").write_text(main)
        made.terraform.init()
        made.deploy()
        secrets = made.client("secretsmanager")
        secrets.put_secret_value(SecretId="shop/prod/mail-key", SecretString="of old")
        change = made.change
        assert change.plan_the_end()
        change.apply()
        assert made.state() == set()
        with contextlib.suppress(ClientError):
            assert "DeletedDate" in secrets.describe_secret(SecretId="shop/prod/mail-key")

        made.deploy()

        assert secrets.get_secret_value(SecretId="shop/prod/mail-key")["SecretString"] == "of old"
        assert not made.terraform.plan(), "a second deployment would change something"


def _schedules(made: Environment, group: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = made.client("scheduler").list_schedules(GroupName=group)[
        "Schedules"
    ]
    return found
