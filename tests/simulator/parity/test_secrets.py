"""Simulated secrets behave as those of Secrets Manager."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from clarivum_jobs.testing.aws.secrets import ARN
from tests.simulator.aws import secrets, sqs
from tests.simulator.parity.probe import URL, probe


def test_secret_has_no_value_until_one_is_put() -> None:
    """Terraform makes a secret without a value; reading it is refused."""
    with probe(secrets=("key",)) as world:
        world.secrets.empty("key")
        with pytest.raises(secrets().exceptions.ResourceNotFoundException):
            secrets().get_secret_value(SecretId=f"{ARN}key")
        world.secrets.put("key", "v1")

        assert secrets().get_secret_value(SecretId=f"{ARN}key")["SecretString"] == "v1"


def test_rotated_secret_keeps_its_previous_value() -> None:
    """The new value is current at once; the old one is read by its stage. Bytes stay bytes."""
    with probe(secrets=("key",)) as world:
        world.secrets.put("key", "v1")
        world.secrets.put("key", b"\x00\xff")
        current: Any = secrets().get_secret_value(SecretId=f"{ARN}key")
        before = secrets().get_secret_value(SecretId=f"{ARN}key", VersionStage="AWSPREVIOUS")

    assert (current["SecretBinary"], "SecretString" in current) == (b"\x00\xff", False)
    assert before["SecretString"] == "v1"


def test_worker_reads_only_its_own_secrets() -> None:
    """What the manifest does not list for a job its role may not read."""
    problems: list[str] = []

    def answer(_event: object, _context: object) -> None:
        try:
            secrets().get_secret_value(SecretId=f"{ARN}other")
        except ClientError as error:
            problems.append(error.response["Error"]["Code"])

    with probe(answer, secrets=("key",)) as world:
        world.secrets.put("other", "v1")
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

    assert problems == ["AccessDeniedException"]
