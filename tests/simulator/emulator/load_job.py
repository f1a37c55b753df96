"""The job of the load test, as the generator and a person would write it."""

from __future__ import annotations

JOB = "load"

PAYLOAD = '''
from typing import ClassVar

from clarivum_jobs.contract.payload import JobContract, Payload


class Load(Payload):
    """One of many."""

    contract: ClassVar[JobContract] = JobContract(name="load", version=1, key=("number",))

    number: int
    sent: float
    fails: bool = False
    killed: bool = False
'''

HANDLER = '''
import os
import time
from pathlib import Path

from clarivum_jobs import JobContext
from clarivum_jobs.core import clients
from generated.payloads.load import Load


def handle(payload: Load, context: JobContext) -> None:
    """Count the work; fail or wait to be killed where the payload says so, the first time."""
    if payload.fails and context.attempt == 1:
        raise ConnectionError("the third party is not there")
    if payload.killed and context.attempt == 1:
        Path(os.environ["KILLS"], str(payload.number)).write_text(str(os.getpid()))
        time.sleep(50)  # far longer than a busy machine needs to kill it
    clients.dynamodb().update_item(
        TableName="effects",
        Key={"id": {"S": str(payload.number)}},
        UpdateExpression="ADD times :one SET waited = :waited",
        ExpressionAttributeValues={
            ":one": {"N": "1"},
            ":waited": {"N": str(time.time() - payload.sent)},
        },
    )
'''

ENTRY_POINT = """
from clarivum_jobs.worker import Worker
from generated.payloads.load import Load
from handlers.load import handle

lambda_handler = Worker(Load, handle)
"""

SOURCES = {
    "generated/__init__.py": "",
    "generated/payloads/__init__.py": "",
    "generated/payloads/load.py": PAYLOAD,
    "generated/entrypoints/__init__.py": "",
    "generated/entrypoints/load.py": ENTRY_POINT,
    "handlers/__init__.py": "",
    "handlers/load.py": HANDLER,
}
