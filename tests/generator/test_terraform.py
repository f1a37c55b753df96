"""The generated Terraform says exactly what was resolved, and `terraform fmt` leaves it alone."""

import json
import subprocess
from pathlib import Path

import hcl2
import pytest

from generator.manifest.resolved import Manifest, Worker
from generator.pipeline import examine
from generator.render.terraform import terraform
from tests.generator.test_hcl import unquoted

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def manifest_of(case: Path) -> Manifest:
    """Return the resolved values of a golden case."""
    manifest = examine(case / "jobs.yaml").manifest
    assert manifest is not None
    return manifest


def modules_of(text: str) -> dict[str, dict[str, object]]:
    """Return the module blocks of Terraform text by label."""
    blocks = hcl2.loads(text)["module"]
    return {label.strip('"'): body for block in blocks for label, body in block.items()}


def expected_numbers(worker: Worker) -> dict[str, object]:
    """Return every number of a worker by its name in the module."""
    return {
        "timeout": worker.timeout,
        "memory_size": worker.memory_size,
        "visibility_timeout": worker.visibility_timeout,
        "max_attempts": worker.max_attempts,
        "maximum_concurrency": worker.concurrency,
        "batch_size": worker.batch_size,
        "batch_window": worker.batch_window,
        "delay": worker.delay,
        "message_retention": worker.message_retention,
        "dead_letter_retention": worker.dead_letter_retention,
        "record_retention": worker.record_retention,
        "log_retention_days": worker.log_retention_days,
        "backoff": {"base": worker.backoff.base, "cap": worker.backoff.cap},
        "alarms": {
            "dead_letters": worker.alarms.dead_letters,
            "errors": worker.alarms.errors,
            "oldest_message": worker.alarms.oldest_message,
            "throttles": worker.alarms.throttles,
        },
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_number_and_text_is_the_resolved_one(case: Path) -> None:
    """Reading the file back gives each job's values, and no job is missing or added."""
    for workers in manifest_of(case).workers.values():
        modules = modules_of(terraform(workers))

        assert list(modules) == [worker.job.module for worker in workers]
        for worker in workers:
            module = modules[worker.job.module]
            found = {name: module[name] for name in expected_numbers(worker)}
            assert found == expected_numbers(worker)
            texts = {
                "name": worker.job.name,
                "description": worker.job.description,
                "owner": worker.job.owner,
                "runtime": worker.runtime,
                "architecture": worker.architecture,
            }
            assert {name: unquoted(module[name]) for name in texts} == texts
            assert len(module.get("schedules", {})) == len(worker.schedules)  # type: ignore[arg-type]


@pytest.mark.terraform
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_terraform_reads_what_was_resolved(case: Path, tmp_path: Path) -> None:
    """Terraform's own reading of every variable and schedule payload equals the resolved value."""
    for workers in manifest_of(case).workers.values():
        text = terraform(workers)
        command = ["terraform", "fmt", "-check", "-diff", "-"]
        subprocess.run(command, input=text, text=True, check=True)
        literals = {
            f"{worker.job.name}/{schedule.name}": schedule.payload
            for worker in workers
            for schedule in worker.schedules
        }
        assert evaluated_payloads(text, tmp_path) == literals


def evaluated_payloads(text: str, directory: Path) -> dict[str, object]:
    """Let Terraform evaluate the `jsonencode` of each schedule, without any provider."""
    found: dict[str, object] = {}
    for label, body in modules_of(text).items():
        schedules = body.get("schedules", {})
        assert isinstance(schedules, dict)
        if not schedules:
            continue
        start = text.index("schedules = {", text.index(f'module "{label}"'))
        expression = text[start : text.index("\n  }", start) + len("\n  }")]
        (directory / "main.tf").write_text(
            f'locals {{\n{expression}\n}}\noutput "found" {{\n'
            "  value = { for name, s in local.schedules : name => jsondecode(s.payload) }\n}\n",
            encoding="utf-8",
        )
        name = unquoted(body["name"])
        for arguments in (["apply", "-auto-approve", "-input=false"], ["output", "-json"]):
            command = ["terraform", f"-chdir={directory}", *arguments]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        payloads = json.loads(done.stdout)["found"]["value"]
        found.update({f"{name}/{schedule}": value for schedule, value in payloads.items()})
    return found
