"""What a producer loads is little."""

import subprocess
import sys
from pathlib import Path

import pytest

LAMBDAS = Path(__file__).resolve().parents[2] / "lambdas"


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("clarivum_jobs", ("aws_lambda_powertools", "boto3", "botocore", "clarivum_jobs.worker")),
        ("clarivum_jobs.worker", ("jinja2", "generator", "clarivum_jobs.testing")),
    ],
)
def test_import_does_not_bring_in(module: str, unwanted: tuple[str, ...]) -> None:
    """A web function that enqueues loads neither boto3 before it sends nor the worker at all."""
    code = f"import sys, {module}; print([n for n in {unwanted!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=LAMBDAS, capture_output=True, check=True, text=True
    )

    assert done.stdout.strip() == "[]"
