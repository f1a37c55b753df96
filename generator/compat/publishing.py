"""What `generate` and `check` refuse: a manifest that breaks what is published of it already."""

from pathlib import Path

from generator.compat import gate, record
from generator.compat.sides import now
from generator.compat.verdict import Verdict
from generator.manifest.resolved import Manifest
from generator.manifest.source import Source
from generator.published.history import as_version


def refusals(root: Path, source: Source, manifest: Manifest) -> tuple[Verdict, ...]:
    """Return how the manifest breaks the newest published version of each job's contract.

    What is published but cannot be read is refused as well: nothing could be kept of it.

    Raises:
        OSError: A file cannot be read.
    """
    side = now(root, manifest)
    found = list(record.unreadable(source, side))
    for job in manifest.jobs:
        for version in list(side.history.of(job.name).values())[-1:]:
            # What was changed by hand was not published; what it kept from before was.
            states = version.states if version.intact else version.states[:-1]
            old = as_version(job, version) if version.intact else job
            found += gate.of_published(source, old, job, states)
    return tuple(each for each in found if each.is_refusal)
