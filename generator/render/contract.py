"""`lambdas/generated/contracts/<job>/<n>.json`: every published version of a payload's contract.

The current version follows from the manifest. Older ones cannot be made again, so they are kept as
they lie, for as long as their header's hash fits.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.contracts.schema import DIALECT
from generator.manifest.resolved import Job
from generator.ownership import stamped_json

FOLDER = "lambdas/generated/contracts"


@dataclass(frozen=True, slots=True)
class Published:
    """The versions on disk that are as they were generated.

    Attributes:
        texts: Text by job and version.
    """

    texts: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def older(self, job: Job) -> tuple[int, ...]:
        """Return the versions before a job's current one, whose messages may be alive."""
        return tuple(sorted(n for n in self.texts.get(job.name, {}) if n < job.contract))

    def files(self, job: Job) -> dict[str, str]:
        """Return the files of a job's versions: the current one made, the older ones kept."""
        kept = {
            path(job.name, number): text
            for number, text in self.texts.get(job.name, {}).items()
            if number < job.contract
        }
        return {**kept, path(job.name, job.contract): contract(job)}


NOTHING_PUBLISHED = Published()


def path(job: str, number: int) -> str:
    """Return where a version lies."""
    return f"{FOLDER}/{job}/{number}.json"


def contract(job: Job) -> str:
    """Return the text of a job's current version: its schema, and the fields of its key."""
    written = {word: value for word, value in job.schema.items() if word != "$comment"}
    schema = {"$schema": DIALECT, "title": job.name, **written, "x-key": list(job.key)}
    return stamped_json(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
