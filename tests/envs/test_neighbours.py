"""Environments of one account stay out of each other's way, or a deployment refuses to begin."""

from __future__ import annotations

import re
from itertools import permutations, product
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs.testing.terraform.expressions import Scope
from envs.deploy.neighbours import nested, refuse, refuse_two_owners
from envs.deploy.settings import Settings, SettingsError
from tests.envs.services import Service
from tests.modules.named import call
from tests.modules.test_names import ACCOUNT, PLACE, ROLE, of_job, shared
from tests.oracles.linter import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROJECTS, ENVIRONMENTS, JOBS = ("a", "a-b", "ab", "a-b-a"), ("a", "b", "ab"), ("a", "b", "a-b")
BASES = [(project, name) for project in PROJECTS for name in ENVIRONMENTS]
FORMS = {
    "aws_budgets_budget": "budgets::{account}:budget/{name}",
    "aws_cloudwatch_dashboard": "cloudwatch::{account}:dashboard/{name}",
    "aws_cloudwatch_log_group": "logs:{place}:log-group:{name}",
    "aws_cloudwatch_metric_alarm": "cloudwatch:{place}:alarm:{name}",
    "aws_dynamodb_table": "dynamodb:{place}:table/{name}",
    "aws_iam_role": "iam::{account}:role/{name}",
    "aws_lambda_function": "lambda:{place}:function:{name}",
    "aws_lambda_layer_version": "lambda:{place}:layer:{name}",
    "aws_s3_bucket": "s3:::{name}",
    "aws_scheduler_schedule": "scheduler:{place}:schedule/{name}",
    "aws_scheduler_schedule_group": "scheduler:{place}:schedule-group/{name}",
    "aws_secretsmanager_secret": "secretsmanager:{place}:secret:{name}",
    "aws_sns_topic": "sns:{place}:{name}",
    "aws_sqs_queue": "sqs:{place}:{name}",
}
"""ARNs by what AWS calls a thing."""


def arns(project: str, environment: str) -> set[str]:
    """Return the ARN of everything that an environment consists of, its roles for people apart."""
    place = f"{PLACE['region']}:{ACCOUNT}"
    found = [*shared(project, environment)]
    found += [name for job in JOBS for name in of_job(project, environment, job)]
    return {
        "arn:aws:" + FORMS[kind].format(account=ACCOUNT, place=place, name=name)
        for kind, name in found
        if kind in FORMS
    }


def patterns(project: str, environment: str) -> Iterator[re.Pattern[str]]:
    """Yield what the roles of an environment may write to, as far as it is named."""
    for module, trust in (("deployer", ("plan", "apply")), ("operator", ("read", "act"))):
        given = {"project": project, "environment": environment, "location": PLACE}
        made = call(module, **given, trust=dict.fromkeys(trust, ROLE))
        names = ("writes", "role_writes") if module == "deployer" else ("reads", "acts")
        local = Scope({"local": made._scope.names["local"]})  # noqa: SLF001 - its local values
        for name in names:
            for statement in local.names["local"][name]:
                for resource in listed(statement, "Resource"):
                    if resource != "*":
                        form = re.escape(resource).replace(r"\*", ".*")
                        yield re.compile(form)


@pytest.fixture(scope="module")
def world() -> dict[str, tuple[set[str], list[re.Pattern[str]]]]:
    """Return what there is, and who reaches what, by the beginning of names."""
    return {
        f"{project}-{name}": (arns(project, name), list(patterns(project, name)))
        for project, name in BASES
    }


def test_whoever_could_reach_into_another_is_refused_and_nobody_else(
    world: dict[str, tuple[set[str], list[re.Pattern[str]]]],
) -> None:
    """Twelve environments of four projects that are named as badly as they can be."""
    for one, other in permutations(world, 2):
        (mine, reach), (theirs, _) = world[one], world[other]
        clash = mine & theirs or any(form.fullmatch(arn) for form in reach for arn in theirs)
        if clash:
            assert nested(one, [other]) == [other], clash
            assert nested(other, [one]) == [one], clash
    refused = {(one, two) for one, two in permutations(world, 2) if nested(one, [two])}
    assert ("a-b", "a-b-a") in refused
    assert all(
        any(
            form.fullmatch(arn)
            for form in world[min(pair, key=len)][1]
            for arn in world[max(pair, key=len)][0]
        )
        for pair in refused
    )


@pytest.mark.parametrize("project", PROJECTS)
def test_environments_of_one_project_never_nest(project: str) -> None:
    """An environment is one word, so none begins as another does with its hyphen."""
    names = ("dev", "dev2", "development", "d", "prod", "a", "b")

    assert not any(
        nested(f"{project}-{one}", [f"{project}-{two}"]) for one, two in product(names, names)
    )


def _buckets(*names: str) -> Service:
    return Service("s3").answer("list_buckets", {"Buckets": [{"Name": name} for name in names]})


def _settings(tmp_path: Path, name: str = "dev", mail_domain: str = "") -> Settings:
    return Settings(tmp_path / name, "shop", name, ACCOUNT, "eu-west-1", mail_domain)


def test_a_neighbour_whose_names_nest_is_named(tmp_path: Path) -> None:
    """By the state that it keeps; other buckets say nothing."""
    s3 = _buckets("pictures", f"shop-dev-state-{ACCOUNT}", f"shop-dev-eu-state-{ACCOUNT}")

    with pytest.raises(SettingsError, match="`shop-dev` and `shop-dev-eu` live in account"):
        refuse(s3.client, _settings(tmp_path))


@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1"])
def test_an_environment_stays_in_its_region(tmp_path: Path, region: str) -> None:
    """Roles and buckets know no region: a second one would change those of the first."""
    own = f"shop-dev-state-{ACCOUNT}"
    s3 = _buckets(own, f"shop-prod-state-{ACCOUNT}", f"my-shop-dev-state-{ACCOUNT}")
    s3.answer("head_bucket", {"BucketRegion": region}, Bucket=own)

    if region == "eu-west-1":
        refuse(s3.client, _settings(tmp_path))
    else:
        with pytest.raises(SettingsError, match="has its state in us-east-1"):
            refuse(s3.client, _settings(tmp_path))


def test_a_new_environment_has_no_state_yet(tmp_path: Path) -> None:
    """Its first bootstrap makes it."""
    refuse(_buckets().refuse("head_bucket", "404", 404).client, _settings(tmp_path))


def _root(repository: Path, name: str, values: str, variables: str = "") -> None:
    root = repository / "envs" / name
    root.mkdir(parents=True)
    text = f'account_id = "{ACCOUNT}"\nmail_domain = "a.example"\n{values}'
    (root / "terraform.tfvars").write_text(text, encoding="utf-8")
    default = 'variable "region" {\n  default = "eu-west-1"\n}\n'
    (root / "variables.tf").write_text(default + variables, encoding="utf-8")
    (root / "main.tf").write_text('locals {\n  project = "shop"\n}\n', encoding="utf-8")


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ("", True),
        ("shares_mail_domain = true\n", False),
        ('region = "eu-central-1"\n', False),
    ],
)
def test_one_environment_makes_the_identity_of_a_domain(
    tmp_path: Path, values: str, *, refused: bool
) -> None:
    """The other one of the same account and region uses it, and is told how."""
    _root(tmp_path, "prod", "")
    _root(tmp_path, "dev", values, 'variable "shares_mail_domain" {}\n')
    settings = Settings(
        tmp_path / "envs" / "prod", "shop", "prod", ACCOUNT, "eu-west-1", "a.example"
    )

    if refused:
        with pytest.raises(SettingsError, match="= true in envs/dev/"):
            refuse_two_owners(tmp_path, settings)
    else:
        refuse_two_owners(tmp_path, settings)
