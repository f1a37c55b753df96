"""The generated Terraform, evaluated by Terraform with modules that give their inputs back."""

import json
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.manifest.resolved import Worker
from generator.pipeline import examine
from generator.render.terraform import terraform
from tests.generator import manifests
from tests.generator.hostile_jobs import BRACES, composed, job_with, shortened
from tests.generator.module_inputs import expected
from tests.generator.texts import ENEMIES

pytestmark = pytest.mark.terraform

CASES = sorted((Path(__file__).parents[1] / "cases").iterdir())
INPUTS = """
variable "NAME" {
  type    = any
  default = null
}
"""
ROOT = """
variable "artifacts" {
  default = { functions = { for name in NAMES : name => "zip of ${name}" } }
}
module "platform" {
  source = "../../platform"
}
output "found" {
  value = MODULES
}
"""
PLATFORM = """
output "account_id" { value = "123456789012" }
output "region" { value = "eu-west-1" }
output "context" { value = "all of it" }
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_terraform_evaluates_to_what_was_resolved(case: Path, tmp_path: Path) -> None:
    """Every input of every module, as Terraform itself reads the file."""
    manifest = examine(case / "jobs.yaml").manifest
    assert manifest is not None
    for environment, workers in manifest.workers.items():
        (tmp_path / environment).mkdir()
        assert_evaluated(workers, tmp_path / environment)


def test_terraform_evaluates_hostile_texts_to_what_was_resolved(tmp_path: Path) -> None:
    """A job for each: in the description, a variable, and a key and a value of a payload."""
    jobs = {}
    for number, text in enumerate(ENEMIES):
        variable = composed(text.translate(BRACES)) + "$${account}"
        jobs[f"job-{number}"] = job_with(shortened(text), variable, {text: [text]})
    manifest = manifests.resolved(tmp_path, jobs, environments=["dev"])
    assert_evaluated(manifest.workers["dev"], tmp_path)


def assert_evaluated(workers: tuple[Worker, ...], folder: Path) -> None:
    """Let Terraform evaluate the file, with modules that give their inputs back."""
    text = terraform(workers)
    run(folder, "fmt", "-check", "-diff", "-", text=text)
    inputs = {name for worker in workers for name in expected(worker)} - {"source"}
    given_back = ", ".join(f"{name} = var.{name}" for name in sorted(inputs))
    labels = [worker.job.module for worker in workers]
    names = json.dumps([worker.job.name for worker in workers])
    found_of = ", ".join(f"{label} = module.{label}.all" for label in labels)
    files = {
        "modules/job/main.tf": "".join(
            INPUTS.replace("NAME", name) for name in sorted(inputs | {"platform"})
        )
        + f'output "all" {{ value = {{ {given_back} }} }}\n'
        + 'output "watched" { value = "what dashboards show" }\n',
        "platform/main.tf": PLATFORM,
        "envs/dev/main.tf": ROOT.replace("NAMES", names).replace("MODULES", f"{{ {found_of} }}"),
        "envs/dev/jobs.gen.tf": text,
    }
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    root = folder / "envs" / "dev"
    run(root, "init")
    run(root, "apply", "-auto-approve", "-input=false")
    found = json.loads(run(root, "output", "-json"))["found"]["value"]

    for worker in workers:
        inputs_found = {name: v for name, v in found[worker.job.module].items() if v is not None}
        wanted: dict[str, Any] = expected(worker)
        del wanted["source"]
        wanted["function"]["artifact"] = f"zip of {worker.job.name}"
        payloads = [
            (exactly(inputs_found["schedules"][name].pop("payload")), entry.pop("payload"))
            for name, entry in wanted.get("schedules", {}).items()
        ]
        assert inputs_found == wanted
        for read, payload in payloads:
            assert read == exactly(json.dumps(payload))


def exactly(text: str) -> object:
    """Return what JSON says, its numbers as they are written."""
    return json.loads(text, parse_int=Decimal, parse_float=Decimal)


def run(folder: Path, *arguments: str, text: str | None = None) -> str:
    """Run Terraform in a folder."""
    command = ["terraform", f"-chdir={folder}", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", input=text, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout
