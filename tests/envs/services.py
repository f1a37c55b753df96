"""Clients of real services whose answers are given, and an environment to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
from botocore.stub import Stubber

from envs.doctor.subject import Subject
from tests.generator import manifests

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT, REGION = "123456789012", "eu-west-1"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:shop-prod-on-call"
RUN = {"name": "nightly", "cron": "0 4 * * ? *", "timezone": "UTC", "payload": {"order_id": "x"}}


class Service:
    """A client of a real service whose answers are given, in their order."""

    def __init__(self, name: str) -> None:
        """Make the client; it has no network."""
        keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
        self.client: Any = boto3.client(name, region_name=REGION, **keys)  # type: ignore[call-overload]
        self.stub = Stubber(self.client)
        self.stub.activate()

    def answer(self, operation: str, answer: dict[str, Any], **asked: object) -> Service:
        """Add an answer; the stub checks it, and what is asked, against the service's model."""
        self.stub.add_response(operation, answer, asked or None)
        return self

    def refuse(self, operation: str, code: str, status: int = 400) -> Service:
        """Add an error."""
        self.stub.add_client_error(operation, code, http_status_code=status)
        return self


def production(folder: Path) -> Subject:
    """Return an environment with one scheduled job that reads two secrets."""
    jobs = {"send-receipt": manifests.job(schedule=[RUN], secrets=["b-key", "a-key"])}
    workers = manifests.resolved(folder, jobs).workers["prod"]
    return Subject(
        "shop-prod", ACCOUNT, REGION, "zips", workers, "mail.example", needs_on_call=True
    )
