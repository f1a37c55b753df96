"""Makes in a world what Terraform makes of a job: each number comes from the modules' text."""

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clarivum_jobs.testing.aws import names
from clarivum_jobs.testing.aws.dynamodb import Index
from clarivum_jobs.testing.aws.mapping import SourceMapping
from clarivum_jobs.testing.aws.policy import Ask
from clarivum_jobs.testing.aws.queue import Queue
from clarivum_jobs.testing.machine.function import Function
from clarivum_jobs.testing.machine.router import Caller
from clarivum_jobs.testing.terraform.collection import Job, Platform, platform, statements

if TYPE_CHECKING:
    from clarivum_jobs.testing.deployment import Deployment
    from clarivum_jobs.testing.world import World

_LAMBDA = {"AWS_REGION": names.REGION, "AWS_DEFAULT_REGION": names.REGION}
_MAPPING_ACTIONS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")


def install(world: "World", deployment: "Deployment") -> None:
    """Make the queues, the function, the mapping, the roles and the schedules of a job."""
    job, shared = deployment.rendered, platform(deployment.secrets)
    _roles(world, job, shared)
    dead = _queue(world, job.dead_letters)
    queue = _queue(world, job.queue, dead, deployment.max_receives)
    function = _function(world, deployment, job)
    for action in _MAPPING_ACTIONS:
        # Lambda asks for these when a mapping is made.
        world.authorizer.check_all(function.role, [Ask(action, job.queue["arn"])])
    mapping = SourceMapping(
        queue,
        function,
        job.mapping["batch_size"],
        job.mapping["scaling_config"][0]["maximum_concurrency"],
        away=functools.partial(world.router.away, "sqs"),
    )
    queue.changed = mapping.wake
    name = deployment.name
    world.deployments[name], world.failures[name] = deployment, dead
    world.functions[name], world.mappings[name] = function, mapping
    world.functions_by_arn[function.arn] = function
    for secret in deployment.secrets:
        world.secrets.declare(secret)
        if not world.secrets.versions[secret]:
            world.secrets.put(secret, "simulated")
    for schedule in job.schedules.values():
        world.scheduler.call("CreateSchedule", _schedule(schedule), Caller("terraform"))


def indices(shared: Platform) -> dict[str, Index]:
    """The indices of the record table, by their names."""
    return {
        said["name"]: Index(
            said["hash_key"], said.get("range_key", ""), tuple(said.get("non_key_attributes", ()))
        )
        for said in shared.table["global_secondary_index"]
    }


def _roles(world: "World", job: Job, shared: Platform) -> None:
    for role, said in (job.role, *job.schedule_roles, shared.delayed_role):
        world.authorizer.roles[role] = said
    for queue in (job.queue, job.dead_letters):
        world.authorizer.resources[queue["arn"]] = statements(queue["policy"])


def _queue(
    world: "World",
    said: Mapping[str, Any],
    dead: Queue | None = None,
    max_receives: int = 0,
) -> Queue:
    queue = Queue(
        said["name"],
        world.loop,
        world.dice,
        world.faults,
        world.trace,
        visibility=said["visibility_timeout_seconds"],
        retention=said["message_retention_seconds"],
        max_receives=max_receives,
        dead_letters=dead,
        delay=said.get("delay_seconds", 0),
        largest=said["max_message_size"],
    )
    world.sqs.queues[queue.name] = queue
    return queue


def _function(world: "World", deployment: "Deployment", job: Job) -> Function:
    said = job.function
    full_name = said["function_name"]
    return Function(
        deployment.name,
        deployment.build,
        {**job.environment, "AWS_LAMBDA_FUNCTION_NAME": full_name, **_LAMBDA},
        said["timeout"],
        world.loop,
        world.trace,
        world.runs,
        role=said["role"],
        full_name=full_name,
        arn=job.mapping["function_name"],
        retries=job.retries,
        memory=said["memory_size"],
    )


def _schedule(said: Mapping[str, Any]) -> dict[str, Any]:
    (target,) = said["target"]
    (policy,), (letters,) = target["retry_policy"], target["dead_letter_config"]
    return {
        "Name": said["name"],
        "GroupName": said["group_name"],
        "ScheduleExpression": said["schedule_expression"],
        "ScheduleExpressionTimezone": said["schedule_expression_timezone"],
        "State": said["state"],
        "Target": {
            "Arn": target["arn"],
            "RoleArn": target["role_arn"],
            "Input": target["input"],
            "RetryPolicy": {
                "MaximumEventAgeInSeconds": policy["maximum_event_age_in_seconds"],
                "MaximumRetryAttempts": policy["maximum_retry_attempts"],
            },
            "DeadLetterConfig": {"Arn": letters["arn"]},
        },
    }
