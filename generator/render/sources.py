"""`generator/schema/sources.gen.json`: which jobs.yaml the generated files were made from.

One line a job, so that two changes of different jobs merge. A file that differs although this one
does not was made from the same manifest by another version of the generator.
"""

import hashlib
import json
from collections.abc import Mapping

PATH = "generator/schema/sources.gen.json"

_SHOWN = 16
"""Hexadecimal digits that are kept: these tell apart, they protect nothing."""


def digests(value: object) -> dict[str, str]:
    """Return a digest of each job as it is written, and of all else under an empty name.

    Comments, order and layout do not count.
    """
    if not isinstance(value, Mapping):
        return {}
    jobs = value.get("jobs")
    rest = {name: part for name, part in value.items() if name != "jobs"}
    found = {"": _digest(rest)}
    if isinstance(jobs, Mapping):
        found |= {str(name): _digest(job) for name, job in jobs.items()}
    return found


def sources(found: Mapping[str, str]) -> str:
    """Return the body of the record."""
    jobs = {name: digest for name, digest in found.items() if name}
    return json.dumps({"defaults": found.get("", ""), "jobs": jobs}, indent=2) + "\n"


def _digest(value: object) -> str:
    # Dates and the like are no JSON; what they read as tells them apart.
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_SHOWN]
