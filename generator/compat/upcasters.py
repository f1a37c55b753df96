"""Upcasters: a person's functions from one version of a payload to the next, tried on samples.

They run in a process of their own, as they run in the worker: nothing of theirs is imported here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from generator.compat import registry
from generator.compat.history import published, versions
from generator.contracts.instances import mismatches
from generator.contracts.samples import samples
from generator.manifest.resolved import Job, Manifest

SAMPLES = 60

_RUNNER = Path(__file__).parent / "upcast.py"


def file_of(job: Job) -> str:
    """Return where a job's upcasters are written."""
    return f"lambdas/handlers/upcasters/{job.module}.py"


def function_of(version: int) -> str:
    """Return the name of the upcaster that reads a version."""
    return f"from_{version}"


def all_faults(root: Path, old: Job, new: Job) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the upcasters from every version that may still be alive.

    Those are the published ones under the repository, and the one that is compared with.
    """
    manifest = Manifest("", (), (new,), {})
    known = {job.contract: job for job in versions(new, published(root, manifest))}
    known[old.contract] = old
    for number in sorted(known):
        if number < new.contract:
            following = known.get(number + 1, new) if number + 1 < new.contract else new
            yield from faults(root, known[number], following)


def faults(root: Path, old: Job, new: Job) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the upcaster from an old job's version: a rule and a message."""
    function = function_of(old.contract)
    name = f"`{function}` in {file_of(new)}"
    documents = list(islice(samples(old.payload), SAMPLES))
    command = [sys.executable, str(_RUNNER), f"handlers.upcasters.{new.module}", function]
    done = subprocess.run(  # noqa: S603 - our own interpreter
        command,
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root / "lambdas")},
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        yield registry.UPCASTER_MISSING, f"{name} cannot be used: {reason}"
        return
    for document, answer in zip(documents, json.loads(done.stdout), strict=True):
        shown = json.dumps(document, ensure_ascii=False)[:200]
        if "error" in answer:
            yield registry.UPCASTER_FAILS, f"{name} fails on {shown}: {answer['error']}"
            return
        for path, message in mismatches(answer["value"], new.payload, tolerant=True):
            place = ".".join(map(str, path)) or "the payload"
            yield (
                registry.UPCASTER_FAILS,
                f"{name} makes of {shown} a payload whose {place} {message}",
            )
            return
