"""What Terraform itself asks of AWS, the roles of deployments allow, and little else.

`terraform_calls/recorded.json` was taken from an environment that was made, planned, changed and
destroyed on the emulator, with everything in it that an environment can have.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.modules.inventory import ACCOUNT, REGION
from tests.modules.named import call
from tests.oracles.evaluator import Request, allows
from tests.oracles.linter import listed
from tests.oracles.terraform_calls.actions import action, resource
from tests.oracles.terraform_calls.log import calls
from tests.oracles.terraform_calls.recording import read

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE = {"github": [], "vercel": [], "principals": [f"arn:aws:iam::{ACCOUNT}:role/on-call"]}
MAPPED = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:shop-prod-send-receipt:live"
BORNE = {
    "iam:GetUser": "the provider asks who it is, and is content with STS's answer",
    "kms:DescribeKey": "asked of DynamoDB's own key only where the emulator says that it is in use",
    "sts:GetCallerIdentity": "nobody has to be allowed it",
}
"""What is refused, and does no harm."""

NOT_RECORDED = {
    "budgets:TagResource": "the recording has no tags on its budget",
    "dynamodb:TagResource": "tags come with the provider's `default_tags`, which it had not",
    "dynamodb:UntagResource": "as above",
    "dynamodb:UpdateTable": "an index or the table's protection changes",
    "iam:PassRole": "asked for by Lambda and Scheduler, in the name of who creates",
    "iam:PutRolePermissionsBoundary": "a boundary is given to what had none",
    "iam:UntagRole": "a tag is taken away",
    "iam:UpdateAssumeRolePolicy": "who may take a role changes",
    "iam:UpdateRole": "how long a session lasts changes",
    "iam:UpdateRoleDescription": "what a role is for is said otherwise",
    "lambda:DeleteFunctionConcurrency": "a reservation is taken away",
    "lambda:ListAliases": "the record of releases looks, and not Terraform",
    "lambda:ListFunctions": "as above",
    "lambda:PutFunctionConcurrency": "executions are reserved",
    "lambda:UntagResource": "a tag is taken away",
    "lambda:UpdateEventSourceMapping": "a job is paused, or its batches change",
    "lambda:UpdateFunctionCode": "code changes",
    "lambda:UpdateFunctionEventInvokeConfig": "how a failed run is tried again changes",
    "logs:UntagResource": "a tag is taken away",
    "s3:DeleteObjectVersion": "a bucket that goes is emptied; the recording's was empty",
    "s3:ListBucketVersions": "as above",
    "s3:DeleteObject": "the lock of the state, which the recording kept in a file",
    "s3:GetObject": "the state and the zips",
    "s3:ListAllMyBuckets": "a deployment looks who else lives in the account",
    "s3:PutObject": "the state, its lock and the zips",
    "scheduler:ListSchedules": "a deployment looks for what is scheduled for a retired job",
    "scheduler:TagResource": "as the table's tags",
    "scheduler:UntagResource": "as above",
    "secretsmanager:RestoreSecret": "a deployment brings back what was taken down",
    "secretsmanager:TagResource": "as the table's tags",
    "secretsmanager:UntagResource": "as above",
    "secretsmanager:UpdateSecret": "a secret's key changes",
    "ses:TagResource": "as the table's tags",
    "sns:UntagResource": "a tag is taken away",
    "sqs:GetQueueUrl": "a deployment counts what waits",
    "sqs:UntagQueue": "a tag is taken away",
    "cloudwatch:UntagResource": "a tag is taken away",
}
"""What the roles may do and the recording has not, with why they must."""


def policies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield all that each role may do, as one policy."""
    made = call(
        "deployer",
        project="shop",
        environment="prod",
        location={"account_id": ACCOUNT, "region": REGION, "partition": "aws"},
        trust={"plan": PEOPLE, "apply": PEOPLE},
        mail_domains=["a.example"],
        disposable_buckets=["site"],
    )
    inline = made.resources["aws_iam_role_policy"]["this"]
    for role in ("plan", "apply"):
        documents = [json.loads(inline[key]["policy"]) for key in inline if key.startswith(role)]
        yield role, {"Statement": [s for document in documents for s in document["Statement"]]}
    yield "boundary", {"arn": str(made.resources["aws_iam_policy"]["boundary"]["arn"])}


POLICIES = dict(policies())
RECORDED = read()


def _context(name: str) -> dict[str, list[str]]:
    """Return what AWS says of a request beside what it acts on."""
    if "EventSourceMapping" in name:
        return {"lambda:FunctionArn": [MAPPED]}
    if name.startswith("iam:"):
        return {"iam:PermissionsBoundary": [POLICIES["boundary"]["arn"]]}
    return {}


@pytest.mark.parametrize("role", ["plan", "apply"])
def test_every_call_of_terraform_is_allowed(role: str) -> None:
    """Or borne, with its reason; each reason is needed."""
    refused = {
        (name, arn)
        for name, arns in RECORDED[role].items()
        for arn in arns
        if not allows(POLICIES[role], Request(name, arn, _context(name)))
    }

    assert {name for name, _ in refused} == set(BORNE)
    assert len(RECORDED[role]) >= {"plan": 50, "apply": 100}[role]


def test_every_action_is_asked_for_or_has_its_reason() -> None:
    """And no reason stands for nothing."""
    asked = {name for role in RECORDED.values() for name in role}
    for role in ("plan", "apply"):
        granted = {a for s in POLICIES[role]["Statement"] for a in listed(s, "Action")}
        assert granted - asked <= NOT_RECORDED.keys()
    every = {
        a for r in ("plan", "apply") for s in POLICIES[r]["Statement"] for a in listed(s, "Action")
    }
    assert NOT_RECORDED.keys() == every - asked


def test_who_plans_could_make_nothing_of_it() -> None:
    """Each call that changes something is refused to the role that plans."""
    changes = {
        name: arns
        for name, arns in RECORDED["apply"].items()
        if name not in RECORDED["plan"] and name not in BORNE and not _reads(name)
    }

    assert len(changes) > 40
    assert [
        (name, arn)
        for name, arns in changes.items()
        for arn in arns
        if allows(POLICIES["plan"], Request(name, arn, _context(name)))
    ] == []


def _reads(name: str) -> bool:
    return name.partition(":")[2].startswith(("Describe", "Get", "List"))


LOG = """\
2026-11-28T07:50:55.461Z [DEBUG] provider.x: HTTP Request Sent: rpc.method=CreateQueue @module=aws
  http.request.body=
  | {"QueueName":"shop-prod-a","Attributes":{"Policy":"arn:aws:sqs:eu-west-1:1:other"}}
   rpc.service=SQS http.url=https://127.0.0.1:1/ tf_rpc=Apply
2026-11-28T07:50:55.561Z [DEBUG] provider.x: HTTP Response Received: rpc.method=CreateQueue
2026-11-28T07:50:56.461Z [DEBUG] provider.x: HTTP Request Sent: rpc.service="CloudWatch Logs"
  http.request.body=
  | {"resourceArn":"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/shop-prod-a"}
   http.url="https://127.0.0.1:1/" rpc.method=ListTagsForResource
2026-11-28T07:50:57.461Z [DEBUG] provider.x: HTTP Request Sent: rpc.service=S3 \
http.url="https://127.0.0.1:1/a-bucket?encryption=" rpc.method=GetBucketEncryption
"""


def test_a_log_is_read_by_what_was_sent() -> None:
    """A name comes before an ARN that stands in a policy; answers are no requests."""
    assert [(action(one), resource(one)) for one in calls(LOG)] == [
        ("sqs:CreateQueue", f"arn:aws:sqs:{REGION}:{ACCOUNT}:shop-prod-a"),
        (
            "logs:ListTagsForResource",
            f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/shop-prod-a",
        ),
        ("s3:GetEncryptionConfiguration", "arn:aws:s3:::a-bucket"),
    ]
