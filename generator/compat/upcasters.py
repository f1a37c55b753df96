"""Upcasters: a person's functions from one version of a payload to the next, tried on samples.

They run in a process of their own, as they run in the worker: nothing of theirs is imported here.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.compat import registry
from generator.compat.differences import refusing
from generator.compat.history import published, versions
from generator.compat.keeping import dropped, twins_of
from generator.compat.sandbox import LIMITS, run
from generator.compat.trials import trials_of
from generator.contracts.instances import mismatches
from generator.contracts.types import NO_DEFAULT
from generator.manifest.resolved import Job, Manifest
from generator.words import joined


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
    trials = trials_of(old.payload, new.payload)
    witnesses = [found.witness() for found in refusing(old.payload, new.payload)]
    documents = [*trials.documents, *(w for w in witnesses if w is not NO_DEFAULT)]
    module = f"handlers.upcasters.{new.module}"
    twins = list(twins_of(old.payload, documents))
    every = [*documents, *(document for pair in twins for document in pair.documents)]
    answers = run((root / "lambdas").resolve(), module, function, every, LIMITS)
    if answers.unusable:
        yield registry.UPCASTER_MISSING, f"{name} cannot be used: {answers.unusable}"
        return
    for document, answer in zip(every, answers.values, strict=False):
        fault = _fault(answer, new)
        if fault:
            shown = json.dumps(document, ensure_ascii=False)[:200]
            verb = "fails on" if "error" in answer else "makes of"
            yield registry.UPCASTER_FAILS, f"{name} {verb} {shown}{fault}"
            return
    lost = dropped(twins, answers.values[len(documents) :], new.payload)
    if lost:
        yield registry.UPCASTER_DROPS, f"{name} drops {joined(lost)}: no value leaves a trace"


def _fault(answer: Mapping[str, object], new: Job) -> str:
    """Return what is wrong with an answer, to be said after the payload; empty if it is right."""
    if "error" in answer:
        return f": {answer['error']}"
    if "fault" in answer:
        return f" {answer['fault']}"
    for path, message in mismatches(answer["value"], new.payload, tolerant=True):
        place = ".".join(map(str, path)) or "the payload"
        return f" a payload whose {place} {message}"
    return ""
