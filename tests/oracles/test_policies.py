"""Every policy that Terraform renders is one that AWS understands, and grants what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles.documents import IDENTITY, RESOURCE, TRUST, Document, documents
from tests.oracles.evaluator import Request, allows
from tests.oracles.linter import faults
from tests.oracles.rendered import ACCOUNT, REGION

if TYPE_CHECKING:
    from tests.oracles.rendered import Rendered

BASE = "clarivum-prod-"
TABLE = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{BASE}jobs"
KEYED = ("GetItem", "PutItem", "UpdateItem", "DeleteItem")
LEADING = "dynamodb:LeadingKeys"


@pytest.mark.terraform
def test_aws_understands_every_policy(production: Rendered) -> None:
    """Actions, resources and condition keys exist, and belong together."""
    found = list(documents(production))

    assert [fault for document in found for fault in faults(document)] == []
    assert {document.kind for document in found} == {IDENTITY, TRUST, RESOURCE}
    assert len(found) >= 4 * len(production.jobs)


QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:x"
SOUND = {"Sid": "A", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": QUEUE}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"Action": "sqs:SendMessages"}, "is no action"),
        ({"Action": ["sqs:SendMessage", "sqs:Sent*"]}, "sqs:Sent* is no action"),
        ({"Resource": QUEUE.replace("sqs", "sns")}, "acts on nothing that is named"),
        ({"Resource": [QUEUE, f"arn:aws:s3:::{BASE}x"]}, "no action acts on arn:aws:s3"),
        ({"Resource": "*"}, "is allowed on every one"),
        ({"Action": "sqs:ListQueues"}, "only * allows it"),
        ({"Condition": {"StringLike": {LEADING: "x"}}}, "sqs:SendMessage knows no dynamodb"),
        ({"Condition": {"StringLike": {"aws:Sourcearn": "x"}}}, "is no global key"),
        ({"Condition": {"StringIs": {"aws:SourceArn": "x"}}}, "StringIs is no operator"),
        ({"Principal": "*"}, "names no principal"),
        ({"Effect": "allow"}, "neither Allow nor Deny"),
        ({"Sid": "a-b"}, "other characters"),
        ({"Resources": QUEUE}, "unknown element Resources"),
    ],
)
def test_what_aws_does_not_understand_is_found(changed: dict[str, Any], said: str) -> None:
    """Each kind of mistake, one at a time."""
    assert list(faults(Document("x", IDENTITY, (SOUND,)))) == []
    assert any(said in fault for fault in faults(Document("x", IDENTITY, ({**SOUND, **changed},))))


@pytest.mark.terraform
def test_a_worker_reaches_the_records_of_its_own_job_alone(production: Rendered) -> None:
    """Its own key is allowed; a foreign one, one beside its own, and none at all are not."""
    workers = production.workers()
    for job, policy in workers.items():
        for action in KEYED:
            assert allows(policy, _keyed(action, f"{job}#1"))
            assert not allows(policy, Request(f"dynamodb:{action}", TABLE))
            assert not allows(policy, _keyed(action))
            for other in (*(workers.keys() - {job}), f"{job}-2", f"a{job}", "", job[:-1]):
                assert not allows(policy, _keyed(action, f"{other}#1"))
                assert not allows(policy, _keyed(action, f"{job}#1", f"{other}#1"))
        for action in ("Scan", "Query", "BatchGetItem", "DeleteTable"):
            assert not allows(policy, _keyed(action, f"{job}#1"))


@pytest.mark.terraform
def test_the_guard_against_no_keys_is_what_refuses_them(production: Rendered) -> None:
    """Without it all of no keys would be the job's own: ForAllValues is true of nothing."""
    policy = next(iter(production.workers().values()))
    (records,) = [s for s in policy["Statement"] if s["Sid"] == "KeepOwnRecords"]
    unguarded = {
        **records,
        "Condition": {k: v for k, v in records["Condition"].items() if k != "Null"},
    }

    assert not allows(policy, Request("dynamodb:PutItem", TABLE))
    assert allows({"Statement": [unguarded]}, Request("dynamodb:PutItem", TABLE))


@pytest.mark.terraform
def test_a_worker_takes_from_its_own_queue_and_sends_where_it_says(production: Rendered) -> None:
    """Other queues are neither read nor filled, save those that the manifest lets it enqueue."""
    for label, job in production.jobs.items():
        policy = production.workers()[job]
        (function,) = [
            r for r in production.of_type("aws_lambda_function") if f"module.{label}." in r.address
        ]
        (environment,) = function.values["environment"]
        targets = set(filter(None, environment["variables"].get("JOBS_ENQUEUES", "").split(",")))
        scheduled = [
            s
            for s in production.of_type("aws_scheduler_schedule")
            if f"module.{label}." in s.address
        ]
        targets |= {f"{job}-dlq"} | ({job} if scheduled else set())
        for other in production.jobs.values():
            for queue in (other, f"{other}-dlq"):
                arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{BASE}{queue}"
                for action in ("ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility"):
                    assert allows(policy, Request(f"sqs:{action}", arn)) is (queue == job)
                assert allows(policy, Request("sqs:SendMessage", arn)) is (queue in targets)
                for action in ("DeleteQueue", "PurgeQueue", "SetQueueAttributes"):
                    assert not allows(policy, Request(f"sqs:{action}", arn))


@pytest.mark.terraform
def test_mail_goes_out_under_the_senders_identity_and_addresses_alone(production: Rendered) -> None:
    """Neither another domain of the account, nor another address of the same one."""
    policy = production.workers()["email-fulfillment"]
    identity = f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/"

    def sends(domain: str, *sender: str) -> bool:
        context = {"ses:FromAddress": sender} if sender else {}
        return allows(policy, Request("ses:SendEmail", identity + domain, context))

    assert sends("clarivum.example", "hello@clarivum.example")
    assert sends("clarivum.example", "receipts@clarivum.example")
    assert not sends("clarivum.example", "ceo@clarivum.example")
    assert not sends("clarivum.example")
    assert not sends("other.example", "hello@clarivum.example")
    for job, other in production.workers().items():
        if job != "email-fulfillment":
            context = {"ses:FromAddress": ["hello@clarivum.example"]}
            assert not allows(
                other, Request("ses:SendEmail", identity + "clarivum.example", context)
            )


@pytest.mark.terraform
def test_a_producer_fills_queues_and_lends_a_role_to_the_scheduler_alone(
    production: Rendered,
) -> None:
    """No dead-letter queue, and no other service, gets anything from it."""
    policy = json.loads(production.producer)
    role = f"arn:aws:iam::{ACCOUNT}:role/{BASE}delayed"

    def lends(*services: str) -> bool:
        context = {"iam:PassedToService": services} if services else {}
        return allows(policy, Request("iam:PassRole", role, context))

    assert lends("scheduler.amazonaws.com")
    assert not lends("lambda.amazonaws.com")
    assert not lends()
    for job in production.jobs.values():
        arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{BASE}{job}"
        assert allows(policy, Request("sqs:SendMessage", arn))
        assert not allows(policy, Request("sqs:SendMessage", f"{arn}-dlq"))
        assert not allows(policy, Request("sqs:ReceiveMessage", arn))


words = st.text("ab#*?", max_size=4)


@given(pattern=words, keys=st.lists(words, max_size=3))
def test_all_values_fit_or_there_are_none(pattern: str, keys: list[str]) -> None:
    """ForAllValues is true of nothing, ForAnyValue is not; a plain Null tells them apart."""

    def holds(operator: str) -> bool:
        statement = {**SOUND, "Condition": {operator: {LEADING: [pattern]}}}
        return allows(
            {"Statement": [statement]}, Request("sqs:SendMessage", QUEUE, {LEADING: keys})
        )

    fitting = [key for key in keys if _fits(pattern, key)]
    assert holds("ForAllValues:StringLike") is (len(fitting) == len(keys))
    assert holds("ForAnyValue:StringLike") is bool(fitting)
    assert holds("ForAnyValue:StringLikeIfExists") is (bool(fitting) or not keys)


def _fits(pattern: str, text: str) -> bool:
    """Whether a pattern means a text, by trying every length for its first mark."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(_fits(pattern[1:], text[n:]) for n in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and _fits(pattern[1:], text[1:])


def _keyed(action: str, *keys: str) -> Request:
    return Request(f"dynamodb:{action}", TABLE, {LEADING: keys})
