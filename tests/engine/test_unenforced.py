"""What the emulator lets through and AWS refuses is on its list, and the evaluator refuses it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError

from envs.local.engine import emulator
from envs.local.engine.clients import ACCOUNT
from envs.local.engine.quirks import UNENFORCED
from tests.oracles.evaluator import Request, allows

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = f"arn:aws:dynamodb:{emulator.REGION}:{ACCOUNT}:table/records"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["dynamodb:GetItem"],
            "Resource": [TABLE],
            "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["own#*"]}},
        }
    ],
}


@pytest.fixture
def client(places: emulator.Places) -> Callable[..., Any]:
    """Start an emulator that enforces policies, and return what makes its clients."""
    endpoint = emulator.start(places, strict=True)

    def made(service: str, key: str = "test", secret: str = "test") -> Any:  # noqa: ANN401, S107 - any service; the root of an emulator
        session = boto3.Session(key, secret, region_name=emulator.REGION)
        trusted = str(emulator.certificate(places))
        return session.client(service, endpoint_url=endpoint, verify=trusted)  # type: ignore[call-overload] # any service

    return made


def test_a_condition_on_leading_keys_is_taken_for_met(client: Callable[..., Any]) -> None:
    """The rest of the policy is enforced: another table is refused."""
    for name in ("records", "others"):
        client("dynamodb").create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        )
    iam = client("iam")
    iam.create_user(UserName="worker")
    iam.put_user_policy(UserName="worker", PolicyName="own", PolicyDocument=json.dumps(POLICY))
    keys = iam.create_access_key(UserName="worker")["AccessKey"]
    worker = client("dynamodb", keys["AccessKeyId"], keys["SecretAccessKey"])

    assert "dynamodb:LeadingKeys" in UNENFORCED
    for key in ("own#1", "foreign#1"):
        worker.get_item(TableName="records", Key={"id": {"S": key}})
        asked = Request("dynamodb:GetItem", TABLE, {"dynamodb:LeadingKeys": [key]})
        assert allows(POLICY, asked) is key.startswith("own#")
    with pytest.raises(ClientError, match="AccessDenied"):
        worker.get_item(TableName="others", Key={"id": {"S": "own#1"}})
