"""What an environment has once: who hears of alarms, and the values of secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envs.drift.difference import Cause, Difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from envs.desk.place import Place
    from generator.manifest.resolved import Worker

_PENDING = ("PendingConfirmation", "Deleted")


def look_at_shared(
    place: Place, workers: Iterable[Worker], *, somebody: bool
) -> Iterator[Difference]:
    """Yield subscriptions that nobody confirmed, and secrets without a value; none is read.

    Args:
        place: The environment.
        workers: Its jobs.
        somebody: Whether somebody must hear of its alarms.
    """
    topic = f"arn:aws:sns:{place.region}:{place.account_id}:{place.base}-on-call"
    pages = place.client("sns").get_paginator("list_subscriptions_by_topic")
    found = [e for page in pages.paginate(TopicArn=topic) for e in page["Subscriptions"]]
    for entry in found:
        if entry["SubscriptionArn"] in _PENDING:
            remedy = "open the mail that AWS sent and follow its link: docs/runbook.md"
            yield _waiting(f"subscription {entry['Endpoint']}", "confirmed", "pending", remedy)
    if somebody and not found:
        remedy = "write an address into on_call_emails of terraform.tfvars, and deploy"
        yield _waiting("on-call", "somebody", "nobody", remedy)
    names = {secret for worker in workers for secret in worker.job.secrets}
    for name in sorted(names):
        full = f"{place.project}/{place.environment}/{name}"
        state = _secret(place, full)
        if state != "filled":
            remedy = f"aws secretsmanager put-secret-value --secret-id {full} --secret-string ..."
            yield _waiting(f"secret {full}", "filled", state, remedy)


def _secret(place: Place, name: str) -> str:
    manager = place.client("secretsmanager")
    try:
        described = manager.describe_secret(SecretId=name)
    except manager.exceptions.ResourceNotFoundException:
        return "not there"
    stages = described.get("VersionIdsToStages", {}).values()
    return "filled" if any("AWSCURRENT" in labels for labels in stages) else "empty"


def _waiting(what: str, expected: str, found: str, remedy: str) -> Difference:
    return Difference("", what, "", expected, found, Cause.UNFINISHED, remedy)
