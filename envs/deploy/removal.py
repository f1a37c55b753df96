"""What a plan would lose, and whether it may: a pure decision over the plan and what is known.

A queue, a log group, a secret, the record table, a schedule group and a bucket hold what no apply
brings back. What belongs to a job may go with it, once the job is retired and nothing waits for it
any more; the rest never goes by a deployment. Why, and what else holds it: docs/adr/0030.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

KINDS: Mapping[str, str] = {
    "aws_sqs_queue": "queue",
    "aws_cloudwatch_log_group": "log group",
    "aws_secretsmanager_secret": "secret",
    "aws_dynamodb_table": "table",
    "aws_scheduler_schedule_group": "schedule group",
    "aws_s3_bucket": "bucket",
}
"""Resource types that hold data, and what people call them."""

LOOKS = 2
"""How often in a row a queue must be seen empty: SQS counts approximately."""

_NAMED_BY = {"aws_secretsmanager_secret": "arn", "aws_s3_bucket": "bucket"}
_OF_A_JOB = frozenset({"aws_sqs_queue", "aws_cloudwatch_log_group"})
_SECRET = "aws_secretsmanager_secret"  # noqa: S105 - a resource type
_RETIRE = (
    "write `lifecycle: {state: retired}` into the job in jobs.yaml and deploy that first; "
    "for a rename, keep the old job beside the new one and retire it"
)


@dataclass(frozen=True, slots=True)
class Loss:
    """One resource that holds data, and that a plan deletes or replaces.

    Attributes:
        address: Its address in Terraform.
        type: Its resource type, one of `KINDS`.
        name: Its name on AWS, a secret's ARN.
        job: What every name of its job begins with on AWS, the queue's name; "" if it has none.
        retired: Whether it said, as it was before the plan, that its job is retired.
        replaced: Whether another is made in its place.
    """

    address: str
    type: str
    name: str
    job: str = ""
    retired: bool = False
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What was seen of one job's work.

    Attributes:
        looks: Messages of both queues together, in any state, at each look.
        schedules: Names of the one-time schedules that still send to the queues.
    """

    looks: tuple[int, ...]
    schedules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one resource must stay, and what to do about it."""

    loss: Loss
    reason: str
    hint: str

    def __str__(self) -> str:
        """Return it as lines for people."""
        verb = "replaces" if self.loss.replaced else "deletes"
        what = f"the plan {verb} the {KINDS[self.loss.type]} {self.loss.name}"
        return f"error[removal]: {self.loss.address}: {what}: {self.reason}\n  hint: {self.hint}"


def losses(plan: Mapping[str, Any]) -> tuple[Loss, ...]:
    """Return what a plan deletes or replaces of what holds data.

    Args:
        plan: The document of `terraform show -json` for a saved plan.
    """
    found = []
    for resource in plan.get("resource_changes", ()):
        change = resource["change"]
        if resource["type"] not in KINDS or "delete" not in change["actions"]:
            continue
        before = change["before"] or {}
        tags = _tags(before)
        of_job = resource["type"] in _OF_A_JOB and "Job" in tags
        name = str(before.get(_NAMED_BY.get(resource["type"], "name")))
        found.append(
            Loss(
                resource["address"],
                resource["type"],
                name,
                name.rpartition("/")[2].removesuffix("-dlq") if of_job else "",
                tags.get("Lifecycle") == "retired",
                "create" in change["actions"],
            )
        )
    return tuple(found)


def ending(lost: Iterable[Loss]) -> frozenset[str]:
    """Return the jobs of which everything that would go says that they are retired."""
    every = tuple(lost)
    staying = {loss.job for loss in every if not loss.retired}
    return frozenset(loss.job for loss in every) - staying - {""}


def readers(plan: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the jobs whose functions read a secret before the plan, by the secret's ARN.

    Jobs are named by their queues, as in `Loss.job`; their functions have the same name.
    """
    found: dict[str, set[str]] = {}
    state = plan.get("prior_state", {}).get("values", {}).get("root_module", {})
    for resource in _resources(state):
        if resource["type"] != "aws_lambda_function":
            continue
        values = resource["values"]
        for environment in values.get("environment") or ():
            variables = environment.get("variables") or {}
            for arn in json.loads(variables.get("JOB_SECRETS", "{}")).values():
                found.setdefault(arn, set()).add(values["function_name"])
    return {arn: frozenset(jobs) for arn, jobs in found.items()}


def refusals(
    lost: Sequence[Loss], known: Mapping[str, Known], read_by: Mapping[str, frozenset[str]]
) -> tuple[Refusal, ...]:
    """Return what must not go, in the plan's order.

    Args:
        lost: What the plan would lose.
        known: What was seen of the work of each job that ends.
        read_by: The jobs that read each secret, by its ARN.
    """
    ends = ending(lost)
    found = []
    for loss in lost:
        jobs = read_by.get(loss.name, frozenset()) if loss.type == _SECRET else {loss.job} - {""}
        reason = _reason(loss, jobs, ends, known)
        if reason:
            found.append(Refusal(loss, *reason))
    return tuple(found)


def _reason(
    loss: Loss, jobs: AbstractSet[str], ends: AbstractSet[str], known: Mapping[str, Known]
) -> tuple[str, str] | None:
    """Return why a loss is refused, and what to do; None if it may go with its jobs."""
    if not jobs:
        return "no job is known that it goes with, so it stays", _by_hand(loss)
    stays = sorted(jobs - ends)
    if stays and loss.job:
        return "its job is not retired here", _RETIRE
    if stays:
        return f"it is read by {', '.join(stays)}, not retired and removed here", _by_hand(loss)
    return next(filter(None, (_waits(job, known) for job in sorted(jobs))), None)


def _waits(job: str, known: Mapping[str, Known]) -> tuple[str, str] | None:
    """Return what still waits for a job's worker, and what to do; None when nothing does."""
    seen = known.get(job)
    if seen is None or len(seen.looks) < LOOKS:
        return f"whether the queues of `{job}` are empty was not looked at twice", "plan again"
    if any(seen.looks):
        numbers = ", then ".join(map(str, seen.looks))
        hint = "let the worker finish, and replay or discard the dead letters: docs/runbook.md"
        return f"the queues of `{job}` hold messages ({numbers})", hint
    if seen.schedules:
        first, more = seen.schedules[0], len(seen.schedules) - 1
        others = f" and {more} more" if more else ""
        hint = "wait until the last has run, or cancel them"
        return f"one-time schedules still send to `{job}`: {first}{others}", hint
    return None


def _by_hand(loss: Loss) -> str:
    return (
        f"take the change back; a {KINDS[loss.type]} that is really to go is removed by hand, "
        f"with its own eyes on it: docs/runbook.md"
    )


def _tags(values: Mapping[str, Any]) -> dict[str, str]:
    return {**(values.get("tags_all") or {}), **(values.get("tags") or {})}


def _resources(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from module.get("resources", ())
    inner: Iterable[Mapping[str, Any]] = module.get("child_modules", ())
    for child in inner:
        yield from _resources(child)
