"""Generated Python is as good as written by hand: formatted, linted, typed, and it works."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.pipeline import examine, planned
from generator.write import write

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
CASES = sorted((Path(__file__).parent / "cases").iterdir())

VALIDATES = """
import importlib, json, sys, warnings
warnings.simplefilter("error")
for module, class_name, example in json.load(sys.stdin):
    model = getattr(importlib.import_module(f"generated.payloads.{module}"), class_name)
    text = json.dumps(example)
    payload = model.model_validate_json(text)
    assert model.model_validate_json(payload.model_dump_json()) == payload
    for name in model.contract.key:
        assert name in payload.model_dump(mode="json"), name
"""


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a case's generated files beside the real library."""
    root = tmp_path_factory.mktemp(request.param.name)
    library = Path("lambdas", "clarivum_jobs")
    shutil.copytree(ROOT / library, root / library, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copy(request.param / "jobs.yaml", root)
    manifest = examine(root / "jobs.yaml").manifest
    assert manifest is not None
    write(root, planned(manifest))
    return root


def run(project: Path, *command: str, text: str | None = None) -> None:
    """Run a Python module in a project; what it prints is the failure's message."""
    done = subprocess.run(
        [sys.executable, "-m", *command] if command[0] != "-c" else [sys.executable, *command],
        cwd=project,
        env={**os.environ, "PYTHONPATH": "lambdas", "MYPYPATH": "lambdas"},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_formatted(project: Path) -> None:
    """`ruff format` would change nothing."""
    run(project, "ruff", "format", "--check", "lambdas/generated", "lambdas/handlers")


def test_it_passes_every_lint_rule(project: Path) -> None:
    """`ruff check` finds nothing with all of its rules."""
    run(project, "ruff", "check", "lambdas/generated", "lambdas/handlers")


def test_it_is_typed(project: Path) -> None:
    """`mypy --strict` finds nothing, handler stubs included."""
    run(project, "mypy", "--strict", "-p", "generated", "-p", "handlers")


def test_the_documents_examples_are_valid_payloads(project: Path) -> None:
    """Each message in the document is accepted by its model, and survives a round trip."""
    manifest = examine(project / "jobs.yaml").manifest
    assert manifest is not None
    document = (project / "docs/api/jobs.md").read_text(encoding="utf-8")
    blocks = [part.split("```")[0] for part in document.split("```json\n")[1:]]
    examples = [json.loads(block)["data"] for block in blocks]
    jobs = [
        (job.module, job.class_name, example)
        for job, example in zip(manifest.jobs, examples, strict=True)
    ]

    run(project, "-c", VALIDATES, text=json.dumps(jobs))
