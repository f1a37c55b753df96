"""What must be made before, and go after, something else: in the configuration of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hcl2
import pytest

from envs.deploy.removal import KINDS
from tests.oracles.configuration import planned
from tests.oracles.rendered import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytestmark = pytest.mark.terraform

ROLE = {"aws_iam_role_policy.this"}
ORDER = {
    "job": {
        "aws_sns_topic.guard": {"module.alarms", "module.queue", "module.schedule", "module.worker"}
    },
    "worker": {
        "aws_lambda_function.this": {"aws_cloudwatch_log_group.this", *ROLE},
        "aws_lambda_event_source_mapping.this": ROLE,
        "aws_lambda_function_event_invoke_config.this": ROLE,
    },
    "schedule": {"aws_scheduler_schedule.this": ROLE},
    "platform": {"aws_cloudwatch_metric_alarm.schedules": {"aws_sns_topic_policy.on_call"}},
    "bucket": {
        "aws_s3_bucket_policy.this": {
            "aws_s3_bucket_ownership_controls.this",
            "aws_s3_bucket_public_access_block.this",
        },
        "aws_s3_bucket_lifecycle_configuration.this": {"aws_s3_bucket_versioning.this"},
    },
}
"""What each module says about order; the reason for each stands there beside it."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Plan production for an empty account."""
    return planned(tmp_path_factory.mktemp("configuration"), "prod")


def calls(module: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the directory and the configuration of every module, as often as it is called."""
    for call in module.get("module_calls", {}).values():
        yield call["source"].rpartition("/")[2], call["module"]
        yield from calls(call["module"])


def managed(module: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a module's own resources, data left out, by address."""
    found = module.get("resources", ())
    return {resource["address"]: resource for resource in found if resource["mode"] == "managed"}


def test_every_order_is_the_one_that_was_meant(plan: dict[str, Any]) -> None:
    """Nothing is dropped from an order, and none comes without being written down here."""
    root = plan["configuration"]["root_module"]
    found: dict[str, dict[str, set[str]]] = {}
    for name, module in calls(root):
        orders = {
            address: set(resource["depends_on"])
            for address, resource in managed(module).items()
            if "depends_on" in resource
        }
        if orders:
            assert found.setdefault(name, orders) == orders
    assert found == ORDER


def test_the_guard_of_a_job_stands_before_all_of_it(plan: dict[str, Any]) -> None:
    """Whatever a job is made of is removed after its guard, which may refuse."""
    jobs = [module for name, module in calls(plan["configuration"]["root_module"]) if name == "job"]
    assert len(jobs) >= 6
    for job in jobs:
        guard = "aws_sns_topic.guard"
        others = managed(job).keys() - {guard}
        parts = {f"module.{name}" for name in job["module_calls"]}
        assert set(managed(job)[guard]["depends_on"]) == parts | others
        # A queue that is replaced has another ARN: then the guard is replaced, and refuses first.
        assert "module.queue.arn" in managed(job)[guard]["expressions"]["name"]["references"]


def test_what_jobs_share_goes_after_their_guards(plan: dict[str, Any]) -> None:
    """Every job reads the platform's context, which reads everything of it that holds data."""
    root = plan["configuration"]["root_module"]
    platform = root["module_calls"]["platform"]["module"]
    read = set(platform["outputs"]["context"]["expression"]["references"])
    holding = {a for a, resource in managed(platform).items() if resource["type"] in KINDS}
    assert holding >= {"aws_dynamodb_table.jobs", "aws_scheduler_schedule_group.delayed"}
    assert holding <= read
    for call in root["module_calls"].values():
        if call["source"].endswith("/job"):
            assert "module.platform.context" in call["expressions"]["platform"]["references"]


def test_destroying_production_is_refused_when_it_is_planned() -> None:
    """The protected root holds something that Terraform itself will not destroy."""
    kept = [
        name.strip('"')
        for file in sorted((REPOSITORY / "envs" / "prod").glob("*.tf"))
        for block in hcl2.loads(file.read_text(encoding="utf-8")).get("resource", ())
        for resources in block.values()
        for name, body in resources.items()
        if {"prevent_destroy": True}.items() <= body.get("lifecycle", [{}])[0].items()
    ]
    assert kept == ["mail"]
