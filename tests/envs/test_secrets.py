"""Which secrets of a plan are brought back instead of made anew."""

from __future__ import annotations

import datetime as dt

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from envs.deploy.secrets import Deleted, deleted, planned, restore

CLIENT = boto3.Session("x", "x", region_name="eu-west-1").client("secretsmanager")
ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:clarivum/staging/key-AbCdEf"
WANTED = {'aws_secretsmanager_secret.this["key"]': "clarivum/staging/key"}


def change(name: str, *actions: str) -> dict[str, object]:
    """Return what a plan does to one secret."""
    address = f'aws_secretsmanager_secret.this["{name}"]'
    after = {"name": f"clarivum/staging/{name}"}
    kind = "aws_secretsmanager_secret"
    return {"address": address, "type": kind, "change": {"actions": list(actions), "after": after}}


def test_only_new_secrets_are_asked_for() -> None:
    """What stays, goes, or is replaced under the eyes of Terraform is its own affair."""
    changes = [
        change("key", "create"),
        change("a", "no-op"),
        change("b", "update"),
        change("c", "delete"),
        change("d", "delete", "create"),
        {**change("e", "create"), "type": "aws_sns_topic"},
    ]

    assert planned({"resource_changes": changes}) == WANTED


def test_a_secret_in_its_recovery_window_is_found_and_brought_back() -> None:
    """It is told by the day on which it was deleted."""
    with Stubber(CLIENT) as asked:
        found = {"ARN": ARN, "DeletedDate": dt.datetime(2026, 11, 27, tzinfo=dt.UTC)}
        asked.add_response("describe_secret", found, {"SecretId": "clarivum/staging/key"})
        asked.add_response("restore_secret", {"ARN": ARN}, {"SecretId": ARN})

        (secret,) = deleted(CLIENT, WANTED)
        restore(CLIENT, secret)

        assert secret == Deleted(next(iter(WANTED)), ARN, "clarivum/staging/key")
        asked.assert_no_pending_responses()


def test_a_secret_that_is_not_deleted_or_not_there_is_none() -> None:
    """The first is for Terraform to complain about, the second for it to make."""
    with Stubber(CLIENT) as asked:
        asked.add_response("describe_secret", {"ARN": ARN})
        asked.add_client_error("describe_secret", "ResourceNotFoundException")

        assert [*deleted(CLIENT, WANTED), *deleted(CLIENT, WANTED)] == []


def test_what_may_not_be_seen_is_told() -> None:
    """A refusal is not taken for an answer."""
    with Stubber(CLIENT) as asked:
        asked.add_client_error("describe_secret", "AccessDeniedException")

        with pytest.raises(ClientError):
            list(deleted(CLIENT, WANTED))
