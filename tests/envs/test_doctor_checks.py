"""Each check tells well from wrong, from answers in the form that the service models have."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from envs.doctor import people, running, supplies
from tests.envs.services import ACCOUNT, REGION, TOPIC, Service, production

if TYPE_CHECKING:
    from pathlib import Path

    from envs.doctor.subject import Subject


@pytest.fixture
def subject(tmp_path: Path) -> Subject:
    """Return an environment."""
    return production(tmp_path)


@pytest.mark.parametrize(
    ("subscriptions", "state", "told"),
    [
        ([("a@x", f"{TOPIC}:1")], "fine", "1 confirmed"),
        ([("a@x", f"{TOPIC}:1"), ("b@x", "PendingConfirmation")], "wrong", "not confirmed: b@x"),
        ([], "wrong", "nobody hears"),
    ],
)
def test_mails_that_nobody_confirmed_reach_nobody(
    subscriptions: list[tuple[str, str]], state: str, told: str, subject: Subject
) -> None:
    """A subscription counts once it is confirmed."""
    found = [
        {"Endpoint": endpoint, "SubscriptionArn": arn, "Protocol": "email", "TopicArn": TOPIC}
        for endpoint, arn in subscriptions
    ]
    sns = Service("sns").answer(
        "list_subscriptions_by_topic", {"Subscriptions": found}, TopicArn=TOPIC
    )

    finding = people.on_call(sns.client, subject)

    assert finding.state == state
    assert told in finding.told


def test_a_secret_without_a_value_is_named(subject: Subject) -> None:
    """Its description is read, never its value."""
    manager = Service("secretsmanager")
    manager.answer("describe_secret", {"Name": "x"}, SecretId="shop/prod/a-key")
    filled = {"VersionIdsToStages": {"v" * 32: ["AWSCURRENT"]}}
    manager.answer("describe_secret", filled, SecretId="shop/prod/b-key")

    finding = people.secrets(manager.client, subject)

    assert (finding.state, finding.told) == ("wrong", "without a value: shop/prod/a-key")
    assert "put-secret-value --secret-id shop/prod/a-key" in finding.remedy
    manager.stub.assert_no_pending_responses()


def test_a_secret_that_is_not_there_is_named(subject: Subject) -> None:
    """Both kinds are told at once."""
    manager = Service("secretsmanager")
    manager.refuse("describe_secret", "ResourceNotFoundException")
    manager.answer("describe_secret", {"VersionIdsToStages": {"v" * 32: ["AWSPREVIOUS"]}})

    found = people.secrets(manager.client, subject)

    assert found.told == "without a value: shop/prod/b-key; not there: shop/prod/a-key"


def identity(status: str, *, verified: bool) -> dict[str, Any]:
    """Return what SES says of a domain."""
    return {"DkimAttributes": {"Status": status}, "VerifiedForSendingStatus": verified}


@pytest.mark.parametrize(
    ("domain", "account", "state", "told"),
    [
        (identity("SUCCESS", verified=True), (True, True), "fine", "is verified"),
        (identity("PENDING", verified=False), None, "wrong", "DKIM is PENDING"),
        (identity("SUCCESS", verified=True), (False, True), "wrong", "sandbox"),
        (identity("SUCCESS", verified=True), (True, False), "wrong", "stopped sending"),
    ],
)
def test_mail_needs_a_verified_domain_and_to_be_out_of_the_sandbox(
    domain: dict[str, Any],
    account: tuple[bool, bool] | None,
    state: str,
    told: str,
    subject: Subject,
) -> None:
    """In this order, as somebody would mend it."""
    ses = Service("sesv2").answer("get_email_identity", domain, EmailIdentity="mail.example")
    if account:
        production, sending = account
        answer = {"ProductionAccessEnabled": production, "SendingEnabled": sending}
        ses.answer("get_account", answer)

    finding = people.mail(ses.client, subject)

    assert finding.state == state
    assert told in finding.told


def test_a_mail_domain_that_is_not_there_is_wrong(subject: Subject) -> None:
    """It comes with the deployment."""
    ses = Service("sesv2").refuse("get_email_identity", "NotFoundException", 404)

    assert people.mail(ses.client, subject).told == "mail.example is not there"


@pytest.mark.parametrize(("quota", "state"), [(4, "wrong"), (5, "fine"), (1000, "fine")])
def test_the_accounts_quota_bounds_all_jobs_together(
    quota: int, state: str, subject: Subject
) -> None:
    """New accounts may have as few as ten."""
    limits = {"AccountLimit": {"ConcurrentExecutions": quota}}
    client = Service("lambda").answer("get_account_settings", limits).client

    assert running.concurrency(client, subject).state == state


@pytest.mark.parametrize(("quota", "state"), [(105, "wrong"), (106, "fine")])
def test_the_account_keeps_some_concurrency_that_nobody_reserves(
    quota: int, state: str, subject: Subject
) -> None:
    """A hundred, whatever else runs there."""
    (worker,) = subject.workers
    keen = replace(subject, workers=(replace(worker, reserved_concurrency=6),))
    limits = {"AccountLimit": {"ConcurrentExecutions": quota}}
    client = Service("lambda").answer("get_account_settings", limits).client

    finding = running.concurrency(client, keen)

    assert finding.state == state
    assert "6 are reserved, 100 can never be" in finding.told


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([{"State": "Enabled"}], "1 queues are taken from"),
        ([{"State": "Disabled", "StateTransitionReason": "USER_INITIATED"}], "USER_INITIATED"),
        ([], "shop-prod-send-receipt has none"),
    ],
)
def test_a_queue_that_nobody_takes_from_is_named(
    found: list[dict[str, str]], told: str, subject: Subject
) -> None:
    """By its queue, whatever alias the mapping starts."""
    queue = f"arn:aws:sqs:{REGION}:{ACCOUNT}:shop-prod-send-receipt"
    client = Service("lambda").answer(
        "list_event_source_mappings", {"EventSourceMappings": found}, EventSourceArn=queue
    )

    finding = running.mappings(client.client, subject)

    assert told in finding.told
    assert (finding.state == "fine") == (found == [{"State": "Enabled"}])


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([("send-receipt-nightly", "ENABLED")], "1 are on"),
        ([("send-receipt-nightly", "DISABLED")], "send-receipt-nightly is DISABLED"),
        ([("other", "ENABLED")], "send-receipt-nightly is missing"),
    ],
)
def test_a_schedule_that_does_not_fire_is_named(
    found: list[tuple[str, str]], told: str, subject: Subject
) -> None:
    """Those of the manifest that are on, by their group."""
    listed = [{"Name": name, "State": state} for name, state in found]
    scheduler = Service("scheduler").answer(
        "list_schedules", {"Schedules": listed}, GroupName="shop-prod"
    )

    assert running.schedules(scheduler.client, subject).told == told


def test_functions_that_are_not_deployed_or_cannot_run_are_named(subject: Subject) -> None:
    """The version that the alias names is asked for."""
    asked = {"FunctionName": "shop-prod-send-receipt", "Qualifier": "live"}
    well = Service("lambda").answer("get_function_configuration", {"State": "Active"}, **asked)
    broken = {"State": "Failed", "StateReason": "no layer"}
    failed = Service("lambda").answer("get_function_configuration", broken)
    gone = Service("lambda").refuse("get_function_configuration", "ResourceNotFoundException", 404)

    assert supplies.functions(well.client, subject).state == "fine"
    assert "is Failed (no layer)" in supplies.functions(failed.client, subject).told
    assert "is not deployed" in supplies.functions(gone.client, subject).told


def built(folder: Path) -> Path:
    """Write the keys of a build."""
    keys = {"layer": "layers/1.zip", "functions": {"send-receipt": "functions/1.zip"}}
    (folder / "artifacts.auto.tfvars.json").write_text(json.dumps({"artifacts": keys}), "utf-8")
    return folder


def test_zips_that_are_not_uploaded_are_named(tmp_path: Path, subject: Subject) -> None:
    """What the build at hand names is looked for in the bucket."""
    s3 = Service("s3").answer("head_bucket", {}, Bucket="zips")
    s3.answer("head_object", {}, Bucket="zips", Key="functions/1.zip")
    s3.refuse("head_object", "404", 404)

    found = supplies.artifacts(s3.client, subject, built(tmp_path))

    assert (found.state, found.told) == ("wrong", "not uploaded: layers/1.zip")


def test_a_bucket_that_is_not_there_is_wrong_and_no_build_is_unknown(
    tmp_path: Path, subject: Subject
) -> None:
    """The first is mended by a bootstrap, the second by packaging."""
    gone = Service("s3").refuse("head_bucket", "404", 404)
    there = Service("s3").answer("head_bucket", {})

    assert supplies.artifacts(gone.client, subject, tmp_path).remedy == "make bootstrap"
    assert supplies.artifacts(there.client, subject, tmp_path).state == "unknown"
