"""A parsed document to a `Manifest`, and all that is wrong with its form in one go."""

from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from generator.diagnostics import Finding
from generator.manifest.complaints import complaint
from generator.manifest.model import Manifest
from generator.manifest.source import Source, Where
from generator.manifest.stand_ins import mended
from generator.manifest.strays import Strays

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MOST_WORKERS = 100_000
"""Jobs times environments: each takes some kilobytes, and some milliseconds of the rules' time."""

_ROUNDS = 5
"""What stands in for a broken part is sound: the second round is the last but for our mistakes."""


class Reading(NamedTuple):
    """What was read.

    Attributes:
        manifest: What was written, with stand-ins for what is broken; None if too much is.
        findings: What is wrong with its form.
        unknown: The places of stand-ins, and of what was left out: nothing is known about them.
    """

    manifest: Manifest | None
    findings: list[Finding]
    unknown: frozenset[Where]


def read(source: Source) -> Reading:
    """Return the manifest and what is wrong with its form."""
    strays = Strays(source)
    document = strays.without(source.value, Manifest)
    findings, unknown = strays.findings, set(strays.explained)
    manifest = None
    for _ in range(_ROUNDS):
        manifest, details = _validate(document)
        if manifest is not None:
            break
        findings += [
            complaint(source, detail) for detail in details if not _known(detail["loc"], unknown)
        ]
        broken = [detail["loc"] for detail in details]
        unknown.update(broken)
        if () in broken:
            break
        document = mended(document, broken)
    if manifest is not None and len(manifest.jobs) * len(manifest.environments) > MOST_WORKERS:
        findings.append(_too_many(source, manifest))
        manifest = None
    return Reading(manifest, findings, frozenset(unknown))


def _validate(document: object) -> tuple[Manifest | None, list["ErrorDetails"]]:
    try:
        return Manifest.model_validate(document), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _known(where: Where, explained: set[Where]) -> bool:
    """Say whether a place lies in one that a finding speaks of already."""
    return any(where[:depth] in explained for depth in range(1, len(where) + 1))


def _too_many(source: Source, manifest: Manifest) -> Finding:
    jobs, environments = len(manifest.jobs), len(manifest.environments)
    message = (
        f"{jobs:,} jobs in {environments:,} environments are more than {MOST_WORKERS:,} workers"
    )
    hint = "list the environments that there are, or split the manifest into several projects"
    return source.finding(("environments",), "worker-count", message, hint)
