"""The published contracts: read from disk, and compared with what the manifest says now."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from generator.compat.gate import Verdict, of_job
from generator.contracts.schema import read_payload
from generator.diagnostics import Severity
from generator.manifest.resolved import Job, Manifest
from generator.manifest.source import Source
from generator.ownership import State, state
from generator.render.contract import FOLDER, Published


def published(root: Path, manifest: Manifest) -> Published:
    """Return the versions that lie under `root`; a file that was changed by hand is none of them.

    Raises:
        OSError: A file cannot be read.
    """
    texts: dict[str, dict[int, str]] = {}
    for job in manifest.jobs:
        for file in sorted((root / FOLDER / job.name).glob("*.json")):
            content = file.read_bytes()
            if file.stem.isdecimal() and state(content) is State.INTACT:
                texts.setdefault(job.name, {})[int(file.stem)] = content.decode()
    return Published(texts)


def refusals(root: Path, source: Source, manifest: Manifest) -> tuple[Verdict, ...]:
    """Return how the manifest breaks the newest published version of each job's contract.

    Raises:
        OSError: A file cannot be read.
    """
    known = published(root, manifest)
    found: list[Verdict] = []
    for job in manifest.jobs:
        newest = list(versions(job, known))[-1:]
        found += [verdict for old in newest for verdict in of_job(source, old, job, _unasked)]
    return tuple(v for v in found if v.finding.severity is Severity.ERROR)


def _unasked(_old: Job, _new: Job) -> Iterator[tuple[str, str]]:
    """Judge no upcaster: generating runs no one's code."""
    yield from ()


def versions(job: Job, known: Published) -> Iterator[Job]:
    """Yield a job as each published version has it, oldest first."""
    for number, text in sorted(known.texts.get(job.name, {}).items()):
        schema = json.loads(text)
        key = tuple(schema.pop("x-key", ()))
        del schema["$comment"]
        payload, complaints = read_payload(schema)
        if not complaints:
            yield replace(job, contract=number, payload=payload, key=key, schema=schema)
