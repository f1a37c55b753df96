"""The generated Terraform is parsed back, and says exactly what was resolved."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from generator.manifest.resolved import Reference, Worker
from generator.pipeline import examine
from generator.render.terraform import terraform
from tests.generator import manifests
from tests.generator.hcl_values import Code, modules_of, payload_of
from tests.generator.hostile_jobs import IN_VARIABLES, PAYLOADS, composed, job_with, shortened
from tests.generator.module_inputs import expected, filled
from tests.generator.texts import TEXT

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def parsed(inputs: dict[str, Any]) -> dict[str, object]:
    """Return a module's inputs as they would be once Terraform has evaluated them."""
    found = dict(inputs)
    if "variables" in found:
        found["variables"] = {name: filled(text) for name, text in found["variables"].items()}
    for statement in found.get("access", {}).get("statements", ()):
        statement["resources"] = [filled(text) for text in statement["resources"]]
        for operator in statement.get("conditions", {}).values():
            operator.update({key: [filled(v) for v in values] for key, values in operator.items()})
    for entry in found.get("schedules", {}).values():
        entry["payload"] = payload_of(entry["payload"])
    return found


def assert_read_back(workers: tuple[Worker, ...]) -> None:
    """Parse the Terraform of an environment and compare all of it."""
    modules = modules_of(terraform(workers))

    assert list(modules) == [worker.job.module for worker in workers]
    for worker in workers:
        found = parsed(modules[worker.job.module])
        assert found.pop("platform") == Code("module.platform.context")
        assert found == expected(worker)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_number_and_text_is_the_resolved_one(case: Path) -> None:
    """Reading the file back gives each job's values, and no job is missing or added."""
    manifest = examine(case / "jobs.yaml").manifest
    assert manifest is not None
    for workers in manifest.workers.values():
        assert_read_back(workers)


@given(TEXT, IN_VARIABLES, PAYLOADS)
@settings(max_examples=40, deadline=None)
def test_any_text_of_a_manifest_is_read_back(
    description: str, variable: str, payload: dict[str, Any]
) -> None:
    """Descriptions, variables and payloads of runs, as the manifest has them."""
    job = job_with(shortened(description), composed(variable), payload)
    with tempfile.TemporaryDirectory() as folder:
        (workers,) = manifests.resolved(
            Path(folder), {"send-receipt": job}, environments=["dev"]
        ).workers.values()

    assert_read_back(workers)
    entry = workers[0].schedules[0]
    assert entry.payload == {**payload, "order_id": shortened(description)}


def test_what_differs_from_a_default_is_read_back(tmp_path: Path) -> None:
    """Inputs that are left out where they say nothing."""
    idempotency = {"key": ["order_id"], "on_conflict": "park"}
    run = {"name": "n", "rate": "1 day", "payload": {"order_id": "x"}, "overlap": "skip"}
    worker = manifests.worker(
        tmp_path,
        idempotency=idempotency,
        schedule=[{**run, "max_age": "2h"}],
        secrets=["key"],
        ephemeral_storage=2048,
        log_level="DEBUG",
    )

    assert (worker.ephemeral_storage, worker.log_level) == (2048, "DEBUG")
    assert (worker.job.on_conflict, worker.schedules[0].max_age) == ("park", 7200)
    assert_read_back((worker,))


def test_dollars_before_a_placeholder_are_text(tmp_path: Path) -> None:
    """Two or more of them, before what only Terraform knows."""
    worker = manifests.worker(tmp_path, variables={"PRICE": "US$${account}"})

    assert worker.variables["PRICE"] == ("US$$", Reference.ACCOUNT)
    assert_read_back((worker,))
