"""Other Python services install a wheel: it has one name, its types, and all that it needs."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import tomllib
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from generator.manifest.names import module_name
from tests.documents.blocks import of_file
from tests.package.installed_wheel import LAMBDAS, Service, install
from tests.repo.tracked import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.long

GUIDE = ROOT / "docs/python-services.md"
CONTRACTS = ROOT / "docs/api/jobs.md"
OWN = ("generated", "handlers", "envs", "generator")
"""Names that a service may have for modules of its own."""

EVERY_PAYLOAD = """
import importlib, json, pkgutil, sys
import clarivum_jobs.payloads
found = {}
for module in pkgutil.iter_modules(clarivum_jobs.payloads.__path__):
    loaded = importlib.import_module(f"clarivum_jobs.payloads.{module.name}")
    models = [one for one in vars(loaded).values() if getattr(one, "contract", None)]
    found |= {one.contract.name: [module.name, one.__module__] for one in models}
import generated, handlers
assert "aws_lambda_powertools" not in sys.modules
print(json.dumps([found, generated.WHOSE, handlers.WHOSE]))
"""
CALLS = """
document = str(uuid.UUID(int=8))
print(captured(uuid.UUID(int=7), "ada@example.com"))
print(export({"document_id": document}))
print(export({"document_id": document, "format": "pdf", "formt": 1}))
print(export({"document_id": document, "format": "pdf"}))
"""
SOMEWHERE = """
from clarivum_jobs import enqueue_json
from clarivum_jobs.core.errors import SettingsError
from clarivum_jobs.payloads.pdf_export import PdfExport
document = {"document_id": "00000000-0000-0000-0000-000000000008", "format": "pdf"}
try:
    enqueue_json(PdfExport, document)
except SettingsError as error:
    print(error)
"""
WRONG = """
from clarivum_jobs.payloads.lead_enrichment import LeadEnrichment

reveal_type(LeadEnrichment.contract.name)
LeadEnrichment(lead_id="no UUID", email="a@b.example")
LeadEnrichment(email="a@b.example").email = "c@d.example"
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Return a service that has the wheel, and modules with the names of our folders."""
    made = install(tmp_path_factory.mktemp("service"))
    for name in OWN:
        (made.root / f"{name}.py").write_text(f"WHOSE = 'the service, {name}'\n", encoding="utf-8")
    return made


def test_the_wheel_has_one_name_at_the_top_level(service: Service) -> None:
    """Every job's payload is inside of it, once; a service's own `generated` is its own."""
    said = tomllib.loads((LAMBDAS / "pyproject.toml").read_text("utf-8"))["project"]
    names = zipfile.ZipFile(service.wheel).namelist()
    contracts = {path.name for path in (LAMBDAS / "generated/contracts").iterdir()}

    found, *whose = json.loads(service.run(EVERY_PAYLOAD))

    tops = {name.partition("/")[0] for name in names}
    assert tops == {"clarivum_jobs", f"clarivum_jobs-{said['version']}.dist-info"}
    assert "clarivum_jobs/py.typed" in names
    assert not any(name.startswith("clarivum_jobs/testing") for name in names)
    assert found == {
        job: [module_name(job), f"clarivum_jobs.payloads.{module_name(job)}"] for job in contracts
    }
    assert len(contracts) > 5
    assert whose == ["the service, generated", "the service, handlers"]


def test_what_the_documents_show_enqueues(service: Service) -> None:
    """The guide's functions and each contract's example, sent over HTTP by boto3 itself."""
    single, answering = (block.text for block in of_file(GUIDE, "python"))
    examples = [block.text for block in of_file(CONTRACTS, "python")]
    with _sqs() as (environment, taken):
        said = service.run(
            "\n".join([single, answering, CALLS, *examples]), environment
        ).splitlines()
        del environment["AWS_REGION"]
        lost = service.run(SOMEWHERE, environment)

    assert lost.endswith("NoRegionError; set AWS_REGION\n")
    assert said[0] == taken[0][1]["id"]
    assert said[1].startswith("(400, ['format:")
    assert said[2].startswith("(400, ['formt:")
    assert said[3].startswith("(202")
    assert [queue for queue, _ in taken[:2]] == ["lead-enrichment", "pdf-export"]
    sent = [queue for queue, _ in taken[2:]]
    contracts = {path.name for path in (LAMBDAS / "generated/contracts").iterdir()}
    assert set(sent) == contracts
    assert len(sent) == len(contracts)
    assert {message["source"] for _, message in taken} == {"billing"}


def test_a_service_is_typed_by_it(service: Service) -> None:
    """The guide passes mypy's strict mode in the service's environment, and a mistake does not."""
    blocks = list(of_file(GUIDE, "python"))
    for number, block in enumerate(blocks):
        (service.root / f"guide_{number}.py").write_text(block.text, encoding="utf-8")
    (service.root / "wrong.py").write_text(WRONG, encoding="utf-8")

    def checked(*names: str) -> tuple[int, str]:
        options = ("--strict", "--no-incremental", "--config-file=", "--python-executable")
        command = [sys.executable, "-m", "mypy", *options, str(service.python), *names]
        done = subprocess.run(
            command, cwd=service.root, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    status, told = checked(*(f"guide_{number}.py" for number in range(len(blocks))), "wrong.py")

    assert status == 1, told
    errors = [line for line in told.splitlines() if "error:" in line]
    kinds = [(line.split(":")[1], line.rpartition("[")[2]) for line in errors]
    assert kinds == [("5", "arg-type]"), ("6", "call-arg]"), ("6", "misc]")], told
    assert 'wrong.py:4: note: Revealed type is "str"' in told


@contextmanager
def _sqs() -> Iterator[tuple[dict[str, str], list[tuple[str, dict[str, Any]]]]]:
    """Answer as SQS does; yield a service's environment, and what was taken with its queue."""
    taken: list[tuple[str, dict[str, Any]]] = []

    class Sqs(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            request = json.loads(self.rfile.read(length))
            queue = request["QueueUrl"].rpartition("clarivum-dev-")[2]
            taken.append((queue, json.loads(request["MessageBody"])))
            answer = json.dumps({"MessageId": f"m-{len(taken)}"}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Sqs)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    environment = {
        "JOBS_QUEUE_BASE_URL": f"{address}/000000000000/clarivum-dev-",
        "JOBS_SOURCE": "billing",
        "AWS_ENDPOINT_URL": address,
        "AWS_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
    }
    try:
        yield environment, taken
    finally:
        server.shutdown()
        server.server_close()
