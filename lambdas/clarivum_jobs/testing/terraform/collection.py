"""What the project's own Terraform modules make: the platform of an environment, and a job."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clarivum_jobs.testing.aws import names
from clarivum_jobs.testing.aws.policy import Statement
from clarivum_jobs.testing.terraform.expressions import Scope, Value
from clarivum_jobs.testing.terraform.functions import FUNCTIONS
from clarivum_jobs.testing.terraform.modules import Module, Provider, parse
from clarivum_jobs.testing.terraform.provider import provider

MODULES = Path(__file__).parents[4] / "modules"


@dataclass(frozen=True, slots=True)
class Platform:
    """What the jobs of an environment share."""

    module: Module

    @property
    def context(self) -> Mapping[str, Value]:
        """What a job is given of it."""
        return dict(self.module.outputs["context"])

    @property
    def producer(self) -> Mapping[str, str]:
        """Variables of a service that enqueues."""
        return dict(self.module.outputs["producer"]["environment"])

    @property
    def producer_policy(self) -> list[Statement]:
        """What such a service may do."""
        return statements(self.module.outputs["producer"]["policy"])

    @property
    def table(self) -> Mapping[str, Any]:
        """The record table."""
        return resource(self.module, "aws_dynamodb_table", "jobs")

    @property
    def delayed_role(self) -> tuple[str, list[Statement]]:
        """The role that one-time schedules take: its ARN and what it may do."""
        policy = resource(self.module, "aws_iam_role_policy", "delayed")["policy"]
        return resource(self.module, "aws_iam_role", "delayed")["arn"], statements(policy)


@dataclass(frozen=True, slots=True)
class Job:
    """What is made for one job."""

    module: Module

    @property
    def queue(self) -> Mapping[str, Any]:
        """Its queue."""
        return resource(self._inner("queue"), "aws_sqs_queue", "main")

    @property
    def dead_letters(self) -> Mapping[str, Any]:
        """Its dead-letter queue."""
        return resource(self._inner("queue"), "aws_sqs_queue", "dead_letter")

    @property
    def max_receives(self) -> int:
        """Receives after which the queue itself moves a message on."""
        return int(json.loads(self.queue["redrive_policy"])["maxReceiveCount"])

    @property
    def function(self) -> Mapping[str, Any]:
        """Its function."""
        return resource(self._inner("worker"), "aws_lambda_function", "this")

    @property
    def environment(self) -> dict[str, str]:
        """The variables of its function."""
        return dict(self.function["environment"][0]["variables"])

    @property
    def mapping(self) -> Mapping[str, Any]:
        """How messages reach the function."""
        return resource(self._inner("worker"), "aws_lambda_event_source_mapping", "this")

    @property
    def retries(self) -> int:
        """How often Lambda repeats a run that nobody waits for."""
        kind = "aws_lambda_function_event_invoke_config"
        return int(resource(self._inner("worker"), kind, "this")["maximum_retry_attempts"])

    @property
    def role(self) -> tuple[str, list[Statement]]:
        """The function's role: its ARN and what it may do."""
        return _role(self._inner("worker"))

    @property
    def schedules(self) -> Mapping[str, Mapping[str, Any]]:
        """Its schedules, by name."""
        found = self.module.modules["schedule"]
        return {
            name: schedule
            for called in found
            for name, schedule in resource(called.module, "aws_scheduler_schedule", "this").items()
        }

    @property
    def schedule_roles(self) -> list[tuple[str, list[Statement]]]:
        """The role that its schedules take, if it has any."""
        return [_role(called.module) for called in self.module.modules["schedule"]]

    def _inner(self, name: str) -> Module:
        inner: Module = self.module.modules[name].module
        return inner


@functools.lru_cache(maxsize=64)
def platform(secrets: tuple[str, ...] = ()) -> Platform:
    """Work the platform out that has these secrets."""
    given = {
        "project": names.PROJECT,
        "environment": names.ENVIRONMENT,
        "artifact_bucket": f"{names.BASE}-artifacts",
        "layer": {"artifact": "layers/simulated.zip"},
        "secrets": secrets,
        "sqs_endpoint": names.SQS_ENDPOINT,
    }
    return Platform(Module(MODULES / "platform", given, provider))


@functools.lru_cache(maxsize=512)
def job(variables: str, secrets: tuple[str, ...] = ()) -> Job:
    """Work a job out, given the variables of its module as JSON."""
    return job_of(json.loads(variables), platform(secrets).context, provider)


def job_of(variables: Mapping[str, Value], context: Mapping[str, Value], by: Provider) -> Job:
    """Work a job out in any platform and account."""
    function = {
        "artifact": {"key": "functions/simulated.zip", "sha256": ""},
        "handler": "simulated.handler",
        **variables.get("function", {}),
    }
    made_up = {"description": "A job.", "owner": "simulation"}
    given = {**made_up, **variables, "function": function, "platform": context}
    return Job(Module(MODULES / "job", given, by))


def job_calls(text: str) -> dict[str, dict[str, Value]]:
    """What a generated root gives the module of each job, by the job's name.

    The root's platform is in the model's account, and its zips are nowhere.
    """
    shared = {"account_id": names.ACCOUNT, "region": names.REGION, "context": None}
    scope = Scope(
        {"module": {"platform": shared}, "var": {"artifacts": {"functions": _Anything()}}},
        FUNCTIONS,
    )
    calls = [
        {name: value(scope) for name, value in block.attributes.items()}
        for block in parse(text).of("module")
    ]
    return {call["name"]: call for call in calls}


def resource(module: Module, kind: str, name: str) -> Mapping[str, Any]:
    """Return something that a module makes."""
    found: Mapping[str, Any] = module.resources[kind][name]
    return found


def statements(policy: str) -> list[Statement]:
    """Return the statements of a policy's text."""
    found: list[Statement] = json.loads(policy)["Statement"]
    return found


def _role(module: Module) -> tuple[str, list[Statement]]:
    policy = resource(module, "aws_iam_role_policy", "this")["policy"]
    return resource(module, "aws_iam_role", "this")["arn"], statements(policy)


class _Anything(dict[str, Value]):
    """Whatever is asked for, it is there."""

    def __missing__(self, name: str) -> Value:
        return {"key": name, "sha256": ""}
