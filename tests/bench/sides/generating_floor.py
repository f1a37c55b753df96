"""The least that generating can cost: `... generating_floor MANIFEST TEMPLATES FOLDER`.

The manifest is parsed by the C loader, each payload is checked by a pydantic model, and a Jinja2
template for each file puts in one name and is written. Templates are files that ours wrote.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader
from pydantic import BaseModel

PER_JOB = "per-job"
SHARED = "shared"


class Job(BaseModel):
    """One job, as loosely as may be."""

    description: str
    owner: str
    timeout: str
    concurrency: int
    variables: dict[str, str]
    payload: dict[str, Any]
    idempotency: dict[str, list[str]]
    schedule: list[dict[str, Any]]


class Manifest(BaseModel):
    """All of them."""

    version: int
    project: str
    environments: list[str]
    jobs: dict[str, Job]


def main(manifest: Path, templates: Path, folder: Path) -> None:
    """Write every file."""
    read = Manifest.model_validate(yaml.load(manifest.read_text("utf-8"), yaml.CSafeLoader))
    loader = FileSystemLoader(templates)
    environment = Environment(loader=loader, autoescape=False, keep_trailing_newline=True)  # noqa: S701 - no HTML
    for name in environment.list_templates():
        template = environment.get_template(name)
        kind, _, path = name.partition("/")
        for job in read.jobs if kind == PER_JOB else [""]:
            place = folder / path.replace("job-NAME", job).replace(
                "job_NAME", job.replace("-", "_")
            )
            place.parent.mkdir(parents=True, exist_ok=True)
            text = template.render(letters=job.removeprefix("job-"))
            place.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
