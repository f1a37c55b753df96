"""A side of a comparison under the names that its jobs have on the other."""

from dataclasses import replace

from generator.compat.sides import Side
from generator.manifest.resolved import Manifest
from generator.published.history import History
from generator.render.worker_code import upcaster_path


def names_now(old: Manifest, new: Manifest) -> dict[str, str]:
    """Return what jobs are called now that had another name before, by the name they had."""
    there = {job.name for job in old.jobs}
    return {
        former: job.name
        for job in new.jobs
        for former, _ in job.renamed_from
        if former in there and job.name not in there
    }


def renamed(old: Side, new: Manifest) -> Side:
    """Return what was before under the names of now: a renamed job keeps its contracts and keys.

    Args:
        old: What was before.
        new: What is now, with the names that its jobs had.
    """
    names = names_now(old.manifest, new)
    if not names:
        return old
    jobs = tuple(replace(job, name=names.get(job.name, job.name)) for job in old.manifest.jobs)
    versions = {names.get(name, name): found for name, found in old.history.versions.items()}
    faults = {names.get(name, name): found for name, found in old.history.faults.items()}
    files = {upcaster_path(was): upcaster_path(now) for was, now in names.items()}
    upcasters = {files.get(path, path): text for path, text in old.upcasters.items()}
    return replace(
        old,
        manifest=replace(old.manifest, jobs=jobs),
        history=History(versions, faults),
        upcasters=upcasters,
    )
