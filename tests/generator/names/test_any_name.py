"""Whatever passes `validate` is code that imports, is typed and linted, and round-trips.

`NAMES_MANIFESTS` says how many manifests are drawn.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.contracts.samples import samples
from generator.pipeline import examine, planned
from generator.write import write
from tests.chance import count, drawer
from tests.figures import say
from tests.generator import manifests
from tests.generator.names import drawing

pytestmark = [pytest.mark.drawn, pytest.mark.long]

ROOT = Path(__file__).parents[3]
MANIFESTS = count("NAMES_MANIFESTS", 40, 5_000)
GIVEN = sorted((Path(__file__).parent / "given").glob("*.yaml"))
BATCH = 500
"""Manifests that are put into one tree: the checkers start once for all of them."""

REFUSALS = {
    "payload-name",
    "job-name",
    "name-length",
    "handler-place",
    "job-name-similar",
    "payload-ref",
}
"""What may be said about a name, and about definitions that never end."""

ROUND_TRIP = """
import importlib, json, sys, warnings
warnings.simplefilter("error")


def holds(written, given):
    if isinstance(given, dict):
        return all(name in written and holds(written[name], given[name]) for name in given)
    if isinstance(given, list):
        return len(written) == len(given) and all(map(holds, written, given))
    return written == given


for module, class_name, documents in json.load(sys.stdin):
    importlib.import_module(f"generated.entrypoints.{module}")
    model = getattr(importlib.import_module(f"generated.payloads.{module}"), class_name)
    for document in documents:
        payload = model.model_validate_json(json.dumps(document))
        written = json.loads(payload.model_dump_json())
        assert holds(written, document), (module, document, written)
        assert model.model_validate_json(json.dumps(written)) == payload, (module, document)
"""


def test_any_name_makes_code_that_works(tmp_path: Path) -> None:
    """Properties, jobs, definitions and forms, named by the worst that can be found."""
    chance = drawer(__name__)
    refused: Counter[str] = Counter()
    drawn = kept = 0
    while drawn < MANIFESTS:
        root = tmp_path / f"batch-{drawn}"
        root.mkdir()
        jobs: dict[str, Any] = {}
        taken: set[str] = set()
        for _ in range(min(BATCH, MANIFESTS - drawn)):
            drawn += 1
            name, job = draw(chance, taken)
            reasons = findings(tmp_path, {name: job})
            refused.update(reasons)
            if not reasons:
                jobs[name] = job
        kept += len(jobs)
        check(root, jobs)
    say(f"names: {drawn} manifests, {kept} made, others refused: {dict(refused)}")

    assert set(refused) <= REFUSALS
    assert kept > drawn / 2


def test_given_names_make_code_that_works(tmp_path: Path) -> None:
    """Names that broke generated code, or warned when it was imported."""
    jobs: dict[str, Any] = {}
    for path in GIVEN:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, job in written["jobs"].items():
            jobs[name if path.stem.startswith("job-named") else path.stem] = job

    assert {"worker", "support"} <= jobs.keys()
    assert findings(tmp_path, jobs) == []
    check(tmp_path, jobs)


def test_a_job_is_not_called_like_the_packages_beside_its_handler(tmp_path: Path) -> None:
    """The folder of the upcasters may appear on any later day, and would hide the handler."""
    assert findings(tmp_path, {"upcasters": manifests.job()}) == ["job-name"]


def draw(chance: random.Random, taken: set[str]) -> tuple[str, Any]:
    """Return a job's name and its settings."""
    job = manifests.job(
        description=drawing.text(chance)[:200],
        payload=drawing.payload(chance),
        idempotency={"key": ["key-of-it"]},
        concurrency=2,
    )
    return drawing.job_name(chance, taken), job


def findings(folder: Path, jobs: dict[str, Any]) -> list[str]:
    """Return the rules that a manifest breaks."""
    text = manifests.manifest(jobs, environments=["dev"])
    examined = examine(manifests.write(folder, text))
    return [f.rule for f in examined.findings if f.severity == "error"]


def check(root: Path, jobs: dict[str, Any]) -> None:
    """Generate a tree and let every tool judge it, by the project's own settings."""
    text = manifests.manifest(jobs, environments=["dev"])
    examined = examine(manifests.write(root, text))
    assert examined.manifest is not None, examined.findings
    write(root, planned(examined.manifest))
    (root / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (root / "lambdas" / "clarivum_jobs").symlink_to(ROOT / "lambdas" / "clarivum_jobs")
    work = [
        (job.module, job.class_name, list(samples(job.payload))[:6])
        for job in examined.manifest.jobs
    ]

    run(root, "-c", ROUND_TRIP, text=json.dumps(work))
    run(root, "-m", "ruff", "format", "--check", "lambdas/generated", "lambdas/handlers")
    run(root, "-m", "ruff", "check", "lambdas/generated", "lambdas/handlers")
    run(root, "-m", "mypy", "--strict", "-p", "generated", "-p", "handlers")


def run(root: Path, *command: str, text: str | None = None) -> None:
    """Run Python in a tree; what it prints is the failure's message."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *command],
        cwd=root,
        env={**os.environ, "PYTHONPATH": "lambdas", "MYPYPATH": "lambdas"},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-6000:]}{done.stderr[-3000:]}"
