"""`lambdas/generated/contracts/<job>/<n>.json`: every published version of a payload's contract.

The current version follows from the manifest, and keeps every earlier schema of its own number that
accepts what it does not. Older versions cannot be made again, so they are kept as they lie.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.contracts.schema import DIALECT
from generator.manifest.resolved import Job
from generator.ownership import stamped_json

FOLDER = "lambdas/generated/contracts"

KEY = "x-key"
"""The keyword that holds the fields of the idempotency key, in order."""

EARLIER = "x-earlier"
"""The keyword that holds the earlier schemas of the same number, oldest first."""

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """What was published before: the one thing that is kept and not made again.

    Attributes:
        texts: Text of the versions before the current one, by job and version.
        earlier: The schemas that the current version keeps, by job.
    """

    texts: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    earlier: Mapping[str, Sequence[Schema]] = field(default_factory=dict)

    def older(self, job: Job) -> tuple[int, ...]:
        """Return the versions before a job's current one, whose messages may be alive."""
        return tuple(sorted(self.texts.get(job.name, {})))

    def files(self, job: Job) -> dict[str, str]:
        """Return the files of a job's versions: the current one made, the older ones kept."""
        kept = {path(job.name, n): text for n, text in self.texts.get(job.name, {}).items()}
        current = contract(job, self.earlier.get(job.name, ()))
        return {**kept, path(job.name, job.contract): current}


NOTHING_PUBLISHED = Published()


def path(job: str, number: int) -> str:
    """Return where a version lies."""
    return f"{FOLDER}/{job}/{number}.json"


def contract(job: Job, earlier: Sequence[Schema] = ()) -> str:
    """Return the text of a job's current version: schema, key, and the schemas that it keeps."""
    schema = {**schema_of(job), KEY: list(job.key)}
    if earlier:
        schema[EARLIER] = list(earlier)
    return stamped_json(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")


def schema_of(job: Job) -> dict[str, Any]:
    """Return the schema of a job's payload as it is published."""
    written = {word: value for word, value in job.schema.items() if word != "$comment"}
    return {"$schema": DIALECT, "title": job.name, **written}
