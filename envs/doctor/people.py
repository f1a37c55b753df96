"""What waits for people: confirmed mails, filled secrets, a mail domain that is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envs.doctor.finding import Finding, judged

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sns import SNSClient

    from envs.doctor.subject import Subject

_PENDING = "PendingConfirmation"


def on_call(sns: SNSClient, subject: Subject) -> Finding:
    """Look who hears of alarms: mails that nobody confirmed reach nobody."""
    pages = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=subject.topic_arn)
    found = [entry for page in pages for entry in page["Subscriptions"]]
    pending = sorted(e["Endpoint"] for e in found if e["SubscriptionArn"] == _PENDING)
    confirmed = len(found) - len(pending)
    if pending:
        return Finding(
            "on-call",
            "wrong",
            f"not confirmed: {', '.join(pending)}",
            "open the mail that AWS sent and follow its link; it is good for two days, then "
            f"aws sns subscribe --topic-arn {subject.topic_arn} --protocol email "
            f"--notification-endpoint {pending[0]}",
        )
    if not confirmed and subject.needs_on_call:
        remedy = "write an address into on_call_emails of terraform.tfvars, and deploy"
        return Finding("on-call", "wrong", "nobody hears of alarms", remedy)
    return Finding("on-call", "fine", f"{confirmed} confirmed")


def secrets(manager: SecretsManagerClient, subject: Subject) -> Finding:
    """Look which secrets have a value; none is read."""
    empty, missing = [], []
    for name in subject.secrets:
        try:
            described = manager.describe_secret(SecretId=name)
        except manager.exceptions.ResourceNotFoundException:
            missing.append(name)
            continue
        stages = described.get("VersionIdsToStages", {}).values()
        if not any("AWSCURRENT" in labels for labels in stages):
            empty.append(name)
    wrong = [f"without a value: {', '.join(empty)}"] if empty else []
    wrong += [f"not there: {', '.join(missing)}"] if missing else []
    name = (empty or missing or ("",))[0]
    return judged(
        "secrets",
        "; ".join(wrong),
        f"{len(subject.secrets)} have a value",
        f"aws secretsmanager put-secret-value --secret-id {name} --secret-string ...",
    )


def mail(ses: SESV2Client, subject: Subject) -> Finding:
    """Look whether mails may be sent: out of the sandbox, and from a domain that is verified."""
    domain = subject.mail_domain
    if not domain:
        return Finding("mail", "fine", "no mail domain is set")
    try:
        identity = ses.get_email_identity(EmailIdentity=domain)
    except ses.exceptions.NotFoundException:
        return Finding("mail", "wrong", f"{domain} is not there", "deploy first")
    status = identity.get("DkimAttributes", {}).get("Status", "NOT_STARTED")
    if status != "SUCCESS" or not identity.get("VerifiedForSendingStatus", False):
        return Finding(
            "mail",
            "wrong",
            f"{domain} is not verified: DKIM is {status}",
            "enter the records of `terraform output mail_dkim_records` into DNS",
        )
    account = ses.get_account()
    if not account.get("ProductionAccessEnabled", False):
        return Finding(
            "mail",
            "wrong",
            "SES is in the sandbox: only verified addresses get mail",
            "ask for production access, in the console of SES under Account dashboard",
        )
    sending = "" if account.get("SendingEnabled", False) else "SES has stopped sending"
    return judged("mail", sending, f"{domain} is verified", "see the account's status in SES")
