"""A function on the emulator, from a real zip and the real layer, without Terraform."""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

from envs.local.engine import emulator
from envs.local.engine.clients import ACCOUNT, credentials
from generator.package.build import build
from generator.package.targets import host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

REPOSITORY = Path(__file__).resolve().parents[3]
_LAYER = "dependencies"
_ROLE = f"arn:aws:iam::{ACCOUNT}:role/anybody"


@dataclass(frozen=True)
class Stage:
    """A running emulator.

    Attributes:
        endpoint: Its address.
        sqs: Its queues.
        dynamodb: Its tables.
        functions: Its functions.
    """

    endpoint: str
    sqs: SQSClient
    dynamodb: DynamoDBClient
    functions: LambdaClient

    def table(self, name: str) -> None:
        """Make a table with the partition key `id`."""
        self.dynamodb.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )

    def queues(self, name: str, visibility: int, receives: int) -> tuple[str, str]:
        """Make a queue and its dead-letter queue; return their addresses."""
        dead = self.sqs.create_queue(QueueName=f"{name}-dlq")["QueueUrl"]
        redrive = (
            f'{{"deadLetterTargetArn":"{self.arn(f"{name}-dlq")}","maxReceiveCount":{receives}}}'
        )
        attributes: Any = {"VisibilityTimeout": str(visibility), "RedrivePolicy": redrive}
        queue = self.sqs.create_queue(QueueName=name, Attributes=attributes)
        return queue["QueueUrl"], dead

    def arn(self, queue: str) -> str:
        """Address of a queue as policies write it."""
        return f"arn:aws:sqs:{emulator.REGION}:{ACCOUNT}:{queue}"

    def layer(self, zipped: Path) -> None:
        """Make the layer that every function made afterwards uses."""
        self.functions.publish_layer_version(
            LayerName=_LAYER, Content={"ZipFile": zipped.read_bytes()}
        )

    def function(
        self,
        name: str,
        code: bytes,
        handler: str,
        environment: Mapping[str, str],
        *,
        timeout: int,
    ) -> None:
        """Make a function on the layer."""
        self.functions.create_function(
            FunctionName=name,
            Role=_ROLE,
            Runtime="python3.13",
            Handler=handler,
            Code={"ZipFile": code},
            Timeout=timeout,
            Layers=[f"arn:aws:lambda:{emulator.REGION}:{ACCOUNT}:layer:{_LAYER}:1"],
            Environment={"Variables": dict(environment)},
        )

    def feed(self, name: str, *, batch: int, concurrency: int) -> None:
        """Let a queue feed the function of its name."""
        self.functions.create_event_source_mapping(
            EventSourceArn=self.arn(name),
            FunctionName=name,
            BatchSize=batch,
            FunctionResponseTypes=["ReportBatchItemFailures"],
            ScalingConfig={"MaximumConcurrency": concurrency},
        )

    def waiting(self, url: str) -> int:
        """How many messages a queue holds, delivered ones included."""
        names: Any = [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ]
        numbers = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return sum(int(numbers.get(name, 0)) for name in names)

    def warm(self, name: str) -> None:
        """Run a function once with no message: its next run pays no start."""
        answer = self.functions.invoke(FunctionName=name, Payload=b'{"Records": []}')
        assert "FunctionError" not in answer, answer["Payload"].read()

    def drain(self, url: str, seconds: float) -> float:
        """Wait until a queue is empty; return how long that took."""
        begin = time.monotonic()
        while left := self.waiting(url):
            assert time.monotonic() - begin < seconds, f"{left} messages are left in {url}"
            time.sleep(0.5)
        return time.monotonic() - begin


@contextmanager
def stage(directory: Path) -> Iterator[Stage]:
    """Start an emulator that keeps its things in `directory`, and end it."""
    venv = emulator.Places.of(REPOSITORY).venv
    places = emulator.Places(directory / "run", directory / "aws", venv)
    endpoint = emulator.start(places)
    try:
        keys = credentials(endpoint)
        session = boto3.Session(
            aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
            region_name=emulator.REGION,
        )
        yield Stage(
            endpoint,
            session.client("sqs", endpoint_url=endpoint),
            session.client("dynamodb", endpoint_url=endpoint),
            session.client("lambda", endpoint_url=endpoint),
        )
    finally:
        emulator.stop(places)


def package(directory: Path, job: str, sources: Mapping[str, str]) -> tuple[bytes, Path]:
    """Zip one job with the repository's library; return its zip, and where the layer's is.

    Args:
        directory: Where to work.
        job: Name of the job.
        sources: What it consists of, by path below `lambdas/`.
    """
    root = directory / "tree"
    library = REPOSITORY / "lambdas"
    for name in ("clarivum_jobs", "layer.lock"):
        source = library / name
        target = root / "lambdas" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    for name, text in sources.items():
        path = root / "lambdas" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    built = build(root, host(), directory / "built")
    code = (built.directory / "functions" / f"{job}.zip").read_bytes()
    return code, built.layer.path
