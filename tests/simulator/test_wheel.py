"""Other Python services install a wheel, and need nothing of what only workers need."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

LAMBDAS = Path(__file__).parents[2] / "lambdas"

ENQUEUE = """
import sys, uuid
sys.modules["aws_lambda_powertools"] = None  # as if it were not installed
sys.path.insert(0, sys.argv[1])
from clarivum_jobs import Producer
from clarivum_jobs.core.settings import ProducerSettings
from generated.payloads.lead_enrichment import LeadEnrichment

class Sqs:
    def send_message(self, **message):
        return {"MessageId": message["QueueUrl"]}

lead = LeadEnrichment(lead_id=uuid.UUID(int=1), email="someone@example.org")
print(Producer(ProducerSettings("queues/", "web"), Sqs()).enqueue(lead).message_id)
"""


def test_wheel_enqueues_without_the_workers_dependencies(tmp_path: Path) -> None:
    """Built, unpacked and imported elsewhere, it enqueues; Powertools is not asked for."""
    source = tmp_path / "source"
    shutil.copytree(LAMBDAS, source, ignore=shutil.ignore_patterns("__pycache__", "build"))
    command = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps")
    where = ("--no-build-isolation", "--no-index", "--wheel-dir", str(tmp_path), str(source))
    subprocess.run([*command, *where], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("clarivum_jobs-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
        names = packed.namelist()
    (metadata,) = (tmp_path / "installed").glob("*.dist-info/METADATA")

    done = subprocess.run(
        [sys.executable, "-P", "-c", ENQUEUE, str(tmp_path / "installed")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == "queues/lead-enrichment", done.stderr
    needs = [line for line in metadata.read_text().splitlines() if line.startswith("Requires-Dist")]
    assert {line.split()[1].split(">")[0] for line in needs} == {"boto3", "pydantic"}
    assert "clarivum_jobs/py.typed" in names
    assert not any(name.startswith(("handlers", "clarivum_jobs/testing")) for name in names)
