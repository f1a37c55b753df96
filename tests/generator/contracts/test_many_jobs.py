"""The models of a large manifest are as clean as those of a small one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline import examine, planned
from generator.write import write
from tests.generator.manifests import job, manifest
from tests.generator.manifests import write as write_manifest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]
JOBS = 300

PARTS: tuple[Any, ...] = (
    {"type": ["string", "null"], "maxLength": 40, "x-sensitive": True},
    {"type": "array", "items": {"type": "integer", "minimum": 1}, "uniqueItems": True},
    {"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.01, "description": "An amount."},
    {"enum": [1, 2.5, "three", None, True]},
    {"type": "object", "additionalProperties": {"type": "string", "format": "date-time"}},
    {
        "oneOf": [
            {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"const": kind}, "note": {"type": "string"}},
            }
            for kind in ("card", "invoice")
        ]
    },
    {"type": "array", "items": {"$ref": "#/$defs/node"}, "maxItems": 20},
    {"type": "object", "properties": {"from": {"type": "string", "format": "time"}}},
    {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/node"}]},
    {"type": "string", "format": "duration", "default": "PT1H", "deprecated": True},
    {
        "type": "object",
        "properties": {"a": {"type": "boolean", "default": False}},
        "additionalProperties": {"type": ["integer", "string"]},
    },
    True,
)
NODE = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "pattern": r"^\w+$"},
        "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
        "parent": {"oneOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]},
    },
}


def payload(number: int) -> dict[str, Any]:
    """Return a payload with some of the parts, under names that need care."""
    names = (
        "class",
        "order-line",
        "self",
        "model_x",
        f"part{number}",
        "two words",
        "Größe",
        "json",
    )
    chosen = {name: PARTS[(number + n) % len(PARTS)] for n, name in enumerate(names)}
    properties = {"order_id": {"type": "string", "format": "uuid"}, **chosen}
    return {
        "type": "object",
        "required": [
            "order_id",
            *(n for n in ("class", "self") if "default" not in str(chosen[n])),
        ],
        "properties": properties,
        "$defs": {"node": NODE},
    }


def test_models_of_three_hundred_jobs_pass_mypy_and_ruff(tmp_path: Path) -> None:
    """`mypy --strict`, `ruff check` with every rule and `ruff format` find nothing to say."""
    jobs = {f"job-{n}": job(payload=payload(n), concurrency=2) for n in range(JOBS)}
    examined = examine(write_manifest(tmp_path, manifest(jobs)))
    assert examined.manifest is not None, examined.findings[:3]
    write(tmp_path, planned(examined.manifest))
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "lambdas" / "clarivum_jobs").symlink_to(ROOT / "lambdas" / "clarivum_jobs")
    models = "lambdas/generated/payloads"

    run(tmp_path, "ruff", "format", "--check", models)
    run(tmp_path, "ruff", "check", models)
    run(tmp_path, "mypy", "--strict", "-p", "generated.payloads")
    run(tmp_path, "-c", IMPORTS_ALL, text=json.dumps([f"job_{n}" for n in range(0, JOBS, 7)]))


IMPORTS_ALL = """
import importlib, json, sys, warnings
warnings.simplefilter("error")
for name in json.load(sys.stdin):
    module = importlib.import_module(f"generated.payloads.{name}")
    class_name = "Job" + name.removeprefix("job_")
    getattr(module, class_name).model_json_schema
    getattr(module, class_name).__pydantic_validator__
"""


def run(root: Path, *command: str, text: str | None = None) -> None:
    """Run a Python module; what it prints is the failure's message."""
    done = subprocess.run(
        [sys.executable, *(command if command[0] == "-c" else ("-m", *command))],
        cwd=root,
        env={**os.environ, "PYTHONPATH": "lambdas", "MYPYPATH": "lambdas"},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
