"""Each zip is started by Amazon's own runtime client, with its layer and nothing else installed.

AWS itself is not there: every call of the worker is refused, which is a failure like any other.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs.contract.envelope import Envelope, job_type
from generator.contracts.examples import example_payload
from generator.pipeline import examine
from tests.oracles.rendered import REPOSITORY
from tests.oracles.runtime_endpoint import client, endpoint, running, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.manifest.resolved import Job
    from tests.oracles.rendered import Rendered

pytestmark = pytest.mark.terraform

BUILT = REPOSITORY / "build" / "host"
MANIFEST = examine(REPOSITORY / "jobs.yaml").manifest
JOBS = MANIFEST.jobs if MANIFEST else ()

each_job = pytest.mark.parametrize("job", [pytest.param(job, id=job.name) for job in JOBS])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Package the jobs; return the layer and Amazon's client, each in a directory of its own."""
    command = [sys.executable, "-m", "generator.package", "--target", "host"]
    subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    place = tmp_path_factory.mktemp("runtime")
    layer = unpacked(BUILT / "layer.zip", place / "layer")
    return layer / "python", client(place / "client")


@pytest.fixture
def nowhere() -> Iterator[str]:
    """Yield an address that nobody answers at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def variables(production: Rendered, job: Job, address: str) -> dict[str, str]:
    """Return the variables that Terraform gives a job's function, with AWS at an address."""
    (function,) = [
        found
        for found in production.of_type("aws_lambda_function")
        if found.values["function_name"].endswith(f"-prod-{job.name}")
    ]
    (environment,) = function.values["environment"]
    return {**environment["variables"], "AWS_ENDPOINT_URL": address}


def record(job: Job, number: int) -> dict[str, Any]:
    """Return a message of a job as its queue delivers it."""
    envelope = Envelope(
        id=str(uuid.uuid4()),
        source="clarivum/prod",
        type=job_type(job.name),
        idempotencykey=f"{number:064x}",
        contractversion=job.contract,
        data=example_payload(job.payload),  # type: ignore[arg-type] # it is JSON
    )
    return {
        "messageId": str(number),
        "receiptHandle": "handle",
        "body": envelope.to_json(),
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1764000000000",
            "SenderId": "sender",
            "ApproximateFirstReceiveTimestamp": "1764000000000",
        },
        "messageAttributes": {},
        "md5OfBody": "0",
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:eu-west-1:123456789012:clarivum-prod-{job.name}",
        "awsRegion": "eu-west-1",
    }


@each_job
def test_a_function_loads_works_fails_and_keeps_its_deadline(
    job: Job, production: Rendered, shared: tuple[Path, Path], nowhere: str, tmp_path: Path
) -> None:
    """What it cannot do comes back, what it does not know is an error, and time is looked at."""
    code = unpacked(BUILT / "functions" / f"{job.name}.zip", tmp_path / job.name)
    handler = f"generated.entrypoints.{job.module}.lambda_handler"
    environment = variables(production, job, nowhere)
    with endpoint() as served, running((code, *shared), handler, environment, served) as output:
        assert served.loaded() is None

        failed = served.invoke({"Records": [record(job, 1)]}, seconds=60)
        assert (failed.kind, _failures(failed.body)) == ("response", ["1"])

        late = served.invoke({"Records": [record(job, 2), record(job, 3)]}, seconds=1.9)
        assert (late.kind, _failures(late.body)) == ("response", ["2", "3"])

        strange = served.invoke({"detail": "of another service"}, seconds=60)
        assert (strange.kind, strange.body["errorType"]) == ("error", "UnknownEventError")
        told = [line for line in output.read_text("utf-8").splitlines() if "no_time" in line]
        assert told, "the last record was begun with too little time"
        assert all('"message_id":"3"' in line for line in told)


def test_a_function_that_cannot_be_loaded_says_so(
    production: Rendered, shared: tuple[Path, Path], nowhere: str, tmp_path: Path
) -> None:
    """Without its layer a function is an error from the beginning."""
    job = JOBS[0]
    code = unpacked(BUILT / "functions" / f"{job.name}.zip", tmp_path / job.name)
    handler = f"generated.entrypoints.{job.module}.lambda_handler"
    environment = variables(production, job, nowhere)
    with endpoint() as served, running((code, shared[1]), handler, environment, served):
        answer = served.loaded()

    assert answer is not None
    assert (answer.kind, answer.body["errorType"]) == ("init/error", "Runtime.ImportModuleError")


def _failures(body: Any) -> list[str]:  # noqa: ANN401 - what a function answers
    return [failure["itemIdentifier"] for failure in body["batchItemFailures"]]
