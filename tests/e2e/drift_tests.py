"""What `drift` and `live` say of an environment that people changed by hand, and once it is back.

All of it happens at once: one plan then shows that each finding is told apart from the others.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from envs.deploy import artifacts
from envs.drift.difference import Cause
from envs.local.demo import roots
from envs.local.demo.stack import ARTIFACT_BUCKET
from envs.local.engine import emulator
from envs.local.engine.clients import ACCOUNT, Aws
from tests.e2e import desk
from tests.e2e.desk import clarivum
from tests.envs import deployed

if TYPE_CHECKING:
    from tests.e2e.conftest import World

Findings = list[tuple[str, str, Cause]]

JOB = "email-fulfillment"
"""Whatever is changed by hand is this job's; the paused one is another."""

_MODULE = "module.email_fulfillment.module"
PAUSED = [
    ("mapping", "state", Cause.PAUSE),
    ("schedule hourly", "state", Cause.PAUSE),
]


def found(world: World, verb: str, job: str) -> Findings:
    """Return place, attribute and cause of each difference; all that counts are the one job's."""
    status, output = clarivum(world, verb, "--env", "local", "--json")
    differences = json.loads(output)["differences"]
    counted = [one for one in differences if one["counts"]]
    assert status == bool(counted), output
    assert {one["job"] for one in counted} <= {job}, output
    told = [(one["place"], one["attribute"], Cause(one["cause"])) for one in differences]
    return sorted(one for one in told if one[2] is not Cause.FOLLOWS)


def while_one_job_is_paused_changes_of_another_are_found_and_put_back(world: World) -> None:
    """A mapping, a number, an alarm, code: those, by hand, and nothing else.

    The provider does not plan to put edited code back: only `live` sees it.
    """
    aws = Aws(emulator.endpoint(world.places))
    _change(aws)

    assert found(world, "drift", JOB) == [
        (f'{_MODULE}.alarms.aws_cloudwatch_metric_alarm.this["errors"]', "", Cause.HAND),
        (f"{_MODULE}.queue.aws_sqs_queue.main", "visibility_timeout_seconds", Cause.HAND),
        (f"{_MODULE}.worker.aws_lambda_event_source_mapping.this", "enabled", Cause.HAND),
    ]
    assert found(world, "live", JOB) == sorted([
        *PAUSED,
        ("alarm errors", "action", Cause.HAND),
        ("function", "code of $LATEST", Cause.HAND),
        ("mapping", "state", Cause.HAND),
        ("queue", "visibility_timeout", Cause.HAND),
    ])  # fmt: skip

    roots.local(world.root).apply()

    assert found(world, "drift", JOB) == []
    edited = [("function", "code of $LATEST", Cause.HAND)]
    assert found(world, "live", JOB) == sorted([*PAUSED, *edited])
    _put_code_back(aws, world)
    assert found(world, "live", JOB) == PAUSED


def _change(aws: Aws) -> None:
    """Do by hand what people do in a console."""
    name = f"clarivum-local-{JOB}"
    arn = f"arn:aws:sqs:{emulator.REGION}:{ACCOUNT}:{name}"
    (mapping,) = aws.functions.list_event_source_mappings(EventSourceArn=arn)["EventSourceMappings"]
    aws.functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    url = aws.sqs.get_queue_url(QueueName=name)["QueueUrl"]
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "31"})
    aws.cloudwatch.delete_alarms(AlarmNames=[f"{name}-errors"])
    edited = deployed.code("def handle(event, context): return 1\n")
    aws.functions.update_function_code(FunctionName=name, ZipFile=edited)


def _put_code_back(aws: Aws, world: World) -> None:
    keys = json.loads((world.root / "build/host" / artifacts.KEYS).read_text("utf-8"))["artifacts"]
    aws.functions.update_function_code(
        FunctionName=f"clarivum-local-{JOB}",
        S3Bucket=ARTIFACT_BUCKET,
        S3Key=keys["functions"][JOB]["key"],
    )


def a_pause_that_is_over_is_found(world: World) -> None:
    """By `live`, whose verdict it changes; a plan is as empty as before."""
    over = [(place, attribute, Cause.EXPIRED) for place, attribute, _ in PAUSED]
    assert found(world, "live", desk.JOB) == over
