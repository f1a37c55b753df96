"""No two things have one name: of jobs, of environments of an account, of one job's parts.

An environment has one account and one region: what is told apart in a whole account carries the
project and the environment, and no region.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from tests.modules.named import OF_A_REGION, OF_THE_ACCOUNT, call, names, told_apart
from tests.modules.readme import MODULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clarivum_jobs.testing.terraform.expressions import Value
    from tests.modules.named import Name

ACCOUNT = "123456789012"
PLACE = {"account_id": ACCOUNT, "region": "eu-west-1", "partition": "aws"}
PARTS = ("a", "on-call", "dead-letters", "worker", "schedule", "guard", "jobs", "delayed", "dev")
"""Words that names of ours end with, as names of jobs and of their schedules."""

JOBS = (*PARTS, *(f"{first}-{last}" for first, last in product(("a", "dev"), PARTS[1:])))
ENVIRONMENTS = ("dev", "prod", "devprod", "a")
ROLE = {"github": [], "vercel": [], "principals": [f"arn:aws:iam::{ACCOUNT}:role/on-call"]}


@cache
def context(project: str, environment: str) -> tuple[Mapping[str, Value], tuple[Name, ...]]:
    """Return what jobs are given of a platform, and the names of all that it makes."""
    module = call(
        "platform",
        project=project,
        environment=environment,
        artifact_bucket="artifacts",
        layer={"artifact": "layers/0.zip"},
        secrets=["a", "jobs"],
        on_call={"emails": ["on-call@example.org"]},
        budget=20,
    )
    return dict(module.outputs["context"]), tuple(names(module, MODULES / "platform"))


def of_job(project: str, environment: str, job: str) -> tuple[Name, ...]:
    """Return the names of all that a job makes, with schedules named as badly as they may be."""
    platform, _ = context(project, environment)
    module = call(
        "job",
        platform=platform,
        name=job,
        description="A job.",
        owner="web",
        function={"artifact": {"key": "functions/0.zip", "sha256": ""}, "handler": "a.b"},
        schedules={"x": {"expression": "rate(1 day)"}, "x.y": {"expression": "rate(1 day)"}},
    )
    return tuple(names(module, MODULES / "job"))


def shared(project: str, environment: str) -> tuple[Name, ...]:
    """Return the names of what people make beside the jobs of an environment."""
    base, whose = f"{project}-{environment}", {"project": project, "environment": environment}
    platform, made = context(project, environment)
    trusted = {"location": PLACE, **whose}
    called: dict[str, dict[str, Any]] = {
        "deployer": {**trusted, "trust": {"plan": ROLE, "apply": ROLE}},
        "operator": {**trusted, "trust": {"read": ROLE, "act": ROLE}},
        "dashboards": {"platform": platform, "jobs": {}},
    }
    buckets = [
        {"name": f"{base}-{use}-{ACCOUNT}"} for use in ("site", "data", "state", "artifacts")
    ]
    calls = [*called.items(), *(("bucket", given) for given in buckets)]
    return (
        *made,
        *(name for kind, given in calls for name in names(call(kind, **given), MODULES / kind)),
    )


def all_of(project: str, environments: tuple[str, ...], jobs: tuple[str, ...]) -> list[Name]:
    """Return every name in some environments of one account."""
    found = [name for environment in environments for name in shared(project, environment)]
    for environment, job in product(environments, jobs):
        found += of_job(project, environment, job)
    return list(map(told_apart, found))


def twice(found: list[Name]) -> list[Name]:
    """Return the names that are given more than once."""
    return sorted(name for name, times in Counter(found).items() if times > 1)


def test_no_two_things_of_an_account_have_one_name() -> None:
    """Four environments of one account, each with jobs named after parts of other names."""
    found = all_of("shop", ENVIRONMENTS, JOBS)

    assert twice(found) == []
    assert {kind for kind, _ in found} == OF_THE_ACCOUNT.keys() | OF_A_REGION.keys()
    assert len(found) > 1000


def test_what_is_of_the_whole_account_is_known() -> None:
    """Two regions of one environment would fight over exactly these, so it has one."""
    found = all_of("shop", ("dev",), ("a",))
    across = [name for name in found if name[0] in OF_THE_ACCOUNT]

    assert {kind for kind, _ in across} == OF_THE_ACCOUNT.keys()
    assert not any(PLACE["region"] in text for _, text in across)
    assert all(text.startswith("shop-dev") for _, text in across)
