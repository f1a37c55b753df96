"""The roles of people and machines: each can do its work, and not what would make it more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from policy_sentry.querying.actions import get_action_data

from tests.oracles.documents import TRUST, Document, documents
from tests.oracles.evaluator import Request, allows
from tests.oracles.linter import faults, listed
from tests.oracles.rendered import ACCOUNT, REGION, render_module
from tests.oracles.roles import BASE, GRANTED, NAMES, PERSON, PRODUCER, WORKFLOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracles.rendered import Rendered

pytestmark = pytest.mark.terraform

OWN = f"arn:aws:iam::{ACCOUNT}:role/{BASE}-mail-worker"


@pytest.fixture(scope="module")
def deployer(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Return the roles of deployments and their boundary."""
    variables = {
        **NAMES,
        "trust": {"plan": WORKFLOW, "apply": WORKFLOW},
        "mail_domains": ["clarivum.example"],
        "granted": GRANTED,
    }
    return render_module(tmp_path_factory.mktemp("deployer"), "deployer", variables)


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Return the roles of people."""
    variables = {**NAMES, "trust": {"read": PERSON, "act": PERSON}}
    return render_module(tmp_path_factory.mktemp("operator"), "operator", variables)


@pytest.fixture(scope="module")
def producer(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Return the role of a service that enqueues two jobs."""
    return render_module(tmp_path_factory.mktemp("producer"), "producer", PRODUCER)


def of_role(rendered: Rendered, name: str) -> dict[str, Any]:
    """Return all that a role's policies say, as one policy."""
    found = [
        statement
        for policy in rendered.of_type("aws_iam_role_policy")
        if policy.address.partition('["')[2].startswith(f"{name}.") or not name
        for statement in json.loads(policy.values["policy"])["Statement"]
    ]
    assert found
    return {"Statement": found}


def boundary_of(rendered: Rendered) -> dict[str, Any]:
    """Return what the boundary says."""
    (policy,) = rendered.of_type("aws_iam_policy")
    said: dict[str, Any] = json.loads(policy.values["policy"])
    return said


def _boundary_arn(rendered: Rendered) -> str:
    (policy,) = rendered.of_type("aws_iam_policy")
    return str(policy.values["arn"])


def test_aws_understands_every_policy(
    deployer: Rendered, operator: Rendered, producer: Rendered
) -> None:
    """Actions, resources and condition keys exist, and belong together."""
    found = [*documents(deployer), *documents(operator), *documents(producer)]

    assert [fault for document in found for fault in faults(document)] == []
    assert len(found) == 8 + 5 + 2


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"StringEquals": {"oidc.example:aud": "x"}},
        {"StringLike": {"oidc.example:aud": "x", "oidc.example:sub": "*"}},
        {"StringEquals": {"oidc.example:aud": "x", "oidc.other:sub": "y"}},
    ],
)
def test_a_trust_in_anybodys_token_is_found(condition: dict[str, Any]) -> None:
    """Without audience and subject every workflow on GitHub may take a role."""
    provider = {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/oidc.example"}
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": provider,
        "Condition": condition,
    }
    sound = {"StringEquals": {"oidc.example:aud": ["x"], "oidc.example:sub": ["y"]}}

    assert list(faults(Document("x", TRUST, ({**statement, "Condition": sound},)))) == []
    assert any("aud and sub" in f for f in faults(Document("x", TRUST, (statement,))))


@pytest.mark.parametrize("role", ["plan", "read"])
def test_who_only_looks_can_change_nothing(
    role: str, deployer: Rendered, operator: Rendered
) -> None:
    """By AWS's own classes of actions; to lock the state is the one thing that writes."""
    policy = of_role(deployer if role == "plan" else operator, role)
    writing = {
        action
        for statement in policy["Statement"]
        if statement["Sid"] != "Lock"
        for action in listed(statement, "Action")
        if not {"Read", "List"} >= {row["access_level"] for row in _rows(action)}
    }

    assert writing == set()
    for action in ("sqs:ReceiveMessage", "secretsmanager:GetSecretValue", "lambda:InvokeFunction"):
        assert action not in {a for s in policy["Statement"] for a in listed(s, "Action")}


def test_who_plans_reads_the_state_and_no_other_object(deployer: Rendered) -> None:
    """Zips, documents and the site are none of a plan's business; only the lock is written."""
    plan = of_role(deployer, "plan")

    def may(action: str, bucket: str, key: str) -> bool:
        arn = f"arn:aws:s3:::{BASE}-{bucket}-{ACCOUNT}/{key}"
        return allows(plan, Request(f"s3:{action}", arn))

    assert may("GetObject", "state", "jobs/terraform.tfstate")
    assert may("PutObject", "state", "jobs/terraform.tfstate.tflock")
    assert not may("PutObject", "state", "jobs/terraform.tfstate")
    assert not may("PutObject", "artifacts", "functions/mail/0.zip")
    assert not may("GetObject", "data", "documents/1.pdf")


def test_who_applies_cannot_give_itself_more(deployer: Rendered) -> None:
    """No role beside the boundary, no boundary taken off or changed, no right on its own roles."""
    apply, boundary = of_role(deployer, "apply"), _boundary_arn(deployer)

    def may(action: str, arn: str, **context: str) -> bool:
        keys = {name.replace("_", ":"): [value] for name, value in context.items()}
        return allows(apply, Request(f"iam:{action}", arn, keys))

    for action in ("CreateRole", "PutRolePolicy", "DeleteRolePolicy", "PutRolePermissionsBoundary"):
        assert may(action, OWN, iam_PermissionsBoundary=boundary)
        assert not may(action, OWN)
        assert not may(
            action, OWN, iam_PermissionsBoundary="arn:aws:iam::aws:policy/AdministratorAccess"
        )
    for action in ("DeleteRolePermissionsBoundary", "AttachRolePolicy", "CreateUser"):
        assert not may(action, OWN, iam_PermissionsBoundary=boundary)
    for action in ("CreatePolicyVersion", "DeletePolicy", "SetDefaultPolicyVersion"):
        assert not may(action, boundary)
    for name in ("plan", "apply", "read", "act"):
        own = f"arn:aws:iam::{ACCOUNT}:role/{BASE}/{BASE}-{name}"
        for action in ("UpdateAssumeRolePolicy", "PutRolePolicy", "DeleteRole", "PassRole"):
            assert not may(action, own, iam_PermissionsBoundary=boundary)
    assert may("PassRole", OWN, iam_PassedToService="lambda.amazonaws.com")
    assert not may("PassRole", OWN, iam_PassedToService="ec2.amazonaws.com")
    assert not may("UpdateAssumeRolePolicy", f"arn:aws:iam::{ACCOUNT}:role/clarivum-dev-x")


def test_nothing_within_the_boundary_changes_rights(deployer: Rendered) -> None:
    """Whoever wrote a role's policy or code: its role makes no role and takes none."""
    boundary = boundary_of(deployer)

    for arn in (OWN, _boundary_arn(deployer), f"arn:aws:iam::{ACCOUNT}:role/{BASE}/{BASE}-apply"):
        for action in ("iam:CreateRole", "iam:PutRolePolicy", "sts:AssumeRole", "iam:PassRole"):
            context = {"iam:PassedToService": ["lambda.amazonaws.com"]}
            assert not allows(boundary, Request(action, arn, context))


def test_the_boundary_lets_every_job_do_its_work(deployer: Rendered, production: Rendered) -> None:
    """Whatever workers, schedules and producers are allowed, the boundary allows too."""
    boundary, asked = boundary_of(deployer), 0
    for policy in production.of_type("aws_iam_role_policy"):
        for request in _granted(json.loads(policy.values["policy"])):
            assert allows(boundary, request), f"{policy.address}: {request}"
            asked += 1
    assert asked > 100


def _granted(policy: dict[str, Any]) -> Iterator[Request]:
    """Yield a request for each action and resource that a policy allows, under its conditions."""
    for statement in policy["Statement"]:
        context = {
            key: [value] if isinstance(value, str) else value
            for operator, keys in statement.get("Condition", {}).items()
            if operator != "Null"
            for key, value in keys.items()
        }
        for action in listed(statement, "Action"):
            for resource in listed(statement, "Resource"):
                named = resource.replace("*", "x").replace("?", "y")
                yield Request(action, named if resource != "*" else "*", context)


def test_who_acts_handles_dead_letters_and_leaves_work_to_workers(operator: Rendered) -> None:
    """It sends to each queue, and takes from dead-letter queues alone; it throws none away."""
    act = of_role(operator, "act")
    queue = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{BASE}-pdf-export"

    assert allows(act, Request("sqs:SendMessage", queue))
    for action in ("ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility"):
        assert allows(act, Request(f"sqs:{action}", f"{queue}-dlq"))
        assert not allows(act, Request(f"sqs:{action}", queue))
        assert not allows(act, Request(f"sqs:{action}", f"{queue}-dlq".replace("prod", "dev")))
    for action in ("PurgeQueue", "DeleteQueue", "SetQueueAttributes"):
        assert not allows(act, Request(f"sqs:{action}", f"{queue}-dlq"))


def test_who_acts_pauses_what_belongs_to_the_environment(operator: Rendered) -> None:
    """A mapping has no name of its own: the function that it feeds tells whose it is."""
    act = of_role(operator, "act")
    mapping = f"arn:aws:lambda:{REGION}:{ACCOUNT}:event-source-mapping:0-0"

    def may(base: str) -> bool:
        fed = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{base}-mail:live"
        context = {"lambda:FunctionArn": [fed]}
        return allows(act, Request("lambda:UpdateEventSourceMapping", mapping, context))

    assert may("clarivum-prod")
    assert not may("clarivum-dev")
    assert not allows(act, Request("lambda:UpdateFunctionCode", mapping))


def test_a_producer_reaches_the_jobs_it_names_and_no_others(producer: Rendered) -> None:
    """Queues and delays alike; a name that begins the same is another job."""
    policy = of_role(producer, "")
    digest = "0" * 32

    for job in ("lead-enrichment", "pdf-export", "pdf", "pdf-export-2", "pdf-export-dlq", "mail"):
        named = job in {"lead-enrichment", "pdf-export"}
        queue = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{BASE}-{job}"
        delayed = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/{BASE}-delayed/{job}-{digest}"
        assert allows(policy, Request("sqs:SendMessage", queue)) is named
        assert not allows(policy, Request("sqs:ReceiveMessage", queue))
        for action in ("CreateSchedule", "GetSchedule", "DeleteSchedule"):
            assert allows(policy, Request(f"scheduler:{action}", delayed)) is named


def _rows(action: str) -> list[dict[str, Any]]:
    service, _, name = action.partition(":")
    rows: list[dict[str, Any]] = get_action_data(service, name)[service]
    return rows
