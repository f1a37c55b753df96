"""Drawn environments, the plans that would lose parts of them, and what may really go."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

BASE = "clarivum-prod-"
DELETING = (["delete"], ["delete", "create"], ["create", "delete"])
KEEPING = (["no-op"], ["update"], ["read"], ["create"], ["forget"])
SHARED: dict[str, dict[str, Any]] = {
    "aws_dynamodb_table": {"name": "clarivum-prod-jobs", "tags": None},
    "aws_scheduler_schedule_group": {"name": "clarivum-prod-delayed", "tags": {}},
    "aws_s3_bucket": {
        "bucket": "clarivum-prod-mail",
        "tags": {"Job": "mail", "Lifecycle": "retired"},
    },
    "aws_sqs_queue": {"name": "clarivum-prod-on-call", "tags": {"Lifecycle": "retired"}},
}
NAMES = ("mail", "mail-report", "export", "a")

actions = st.sampled_from([*DELETING, *KEEPING])


@dataclass(frozen=True)
class Job:
    """One job as it is, and what the plan does to its parts.

    Attributes:
        name: Its name in the manifest.
        parts: What the plan does to queue, dead-letter queue and log group, and whether each says
            that the job is retired.
        looks: Messages at each look; None if nobody looked.
        schedules: One-time schedules that send to it.
        secrets: The secrets it reads.
    """

    name: str
    parts: tuple[tuple[list[str], bool], ...]
    looks: tuple[int, ...] | None
    schedules: tuple[str, ...]
    secrets: frozenset[str]

    @property
    def base(self) -> str:
        """Name of its queue."""
        return BASE + self.name

    @property
    def at_rest(self) -> bool:
        """Whether nothing waits for it, for certain."""
        return self.looks is not None and len(self.looks) > 1 and not any(self.looks)

    @property
    def goes(self) -> bool:
        """Whether what the plan loses of it is all marked as retired, and is something."""
        lost = [retired for done, retired in self.parts if "delete" in done]
        return bool(lost) and all(lost)


@dataclass(frozen=True)
class World:
    """An environment and a plan for it."""

    jobs: tuple[Job, ...]
    shared: dict[str, list[str]]
    secrets: dict[str, list[str]]

    def plan(self) -> dict[str, Any]:
        """Return the plan as Terraform shows it."""
        changes = [
            _change(f"module.{job.name}.{n}", kind, done, before)
            for job in self.jobs
            for n, (kind, done, before) in enumerate(_parts(job))
        ]
        changes += [
            _change(f"module.platform.{kind}", kind, done, SHARED[kind])
            for kind, done in self.shared.items()
        ]
        changes += [
            _change(
                f"module.platform.{name}",
                "aws_secretsmanager_secret",
                done,
                {"arn": _arn(name), "name": name, "tags": {}},
            )
            for name, done in self.secrets.items()
        ]
        changes.append(_change("module.mail.aws_iam_role.this", "aws_iam_role", ["delete"], {}))
        modules = [{"child_modules": [{"resources": [_function(job)]}]} for job in self.jobs]
        root = {"resources": [], "child_modules": modules}
        return {"resource_changes": changes, "prior_state": {"values": {"root_module": root}}}

    def may_not_go(self) -> set[str]:
        """Return the addresses that the plan must not lose."""
        held = {f"module.platform.{kind}" for kind, done in self.shared.items() if "delete" in done}
        for job in self.jobs:
            if not (job.goes and job.at_rest and not job.schedules):
                held |= {
                    f"module.{job.name}.{n}"
                    for n, (done, _) in enumerate(job.parts)
                    if "delete" in done
                }
        for name, done in self.secrets.items():
            users = [job for job in self.jobs if name in job.secrets]
            free = users and all(u.goes and u.at_rest and not u.schedules for u in users)
            if "delete" in done and not free:
                held.add(f"module.platform.{name}")
        return held


def _parts(job: Job) -> list[tuple[str, list[str], dict[str, Any]]]:
    names = (job.base, f"{job.base}-dlq", f"/aws/lambda/{job.base}")
    kinds = ("aws_sqs_queue", "aws_sqs_queue", "aws_cloudwatch_log_group")
    return [
        (kind, done, {"name": name, "tags": _tags(job.name, retired=retired)})
        for kind, name, (done, retired) in zip(kinds, names, job.parts, strict=True)
    ]


def _tags(job: str, *, retired: bool) -> dict[str, str]:
    return {"Job": job, "Owner": "web", **({"Lifecycle": "retired"} if retired else {})}


def _change(address: str, kind: str, done: list[str], before: dict[str, Any]) -> dict[str, Any]:
    known = None if done == ["create"] else before
    return {"address": address, "type": kind, "change": {"actions": done, "before": known}}


def _function(job: Job) -> dict[str, Any]:
    variables = {"JOB_SECRETS": json.dumps({name: _arn(name) for name in sorted(job.secrets)})}
    values = {"function_name": job.base, "environment": [{"variables": variables}]}
    return {"type": "aws_lambda_function", "values": values}


def _arn(secret: str) -> str:
    return f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:clarivum/prod/{secret}-AbCdEf"


looks = st.none() | st.lists(st.sampled_from([0, 0, 0, 0, 1, 7]), max_size=3).map(tuple)
secret_names = st.sampled_from(["crm", "mail"])


@st.composite
def jobs(draw: st.DrawFn, name: str) -> Job:
    """Draw a job that often goes as a whole, and sometimes in part."""
    whole = draw(st.booleans())
    done, retired = draw(actions), draw(st.booleans())
    part = st.tuples(actions, st.booleans())
    parts = ((done, retired),) * 3 if whole else (draw(part), draw(part), draw(part))
    scheduled = draw(st.sampled_from([(), (), (), ("mail-0123",), ("mail-1", "mail-2")]))
    read = draw(st.frozensets(secret_names))
    return Job(name, parts, draw(looks | st.just((0, 0))), scheduled, read)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw an environment and a plan for it."""
    chosen = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
    shared = draw(st.dictionaries(st.sampled_from(sorted(SHARED)), actions))
    secrets = draw(st.dictionaries(secret_names, actions))
    return World(tuple(draw(jobs(name)) for name in chosen), shared, secrets)
