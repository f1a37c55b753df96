"""The whole way from `jobs.yaml` to files; read this first.

    source    the text, its plain value, its positions   manifest/source.py
    manifest  what was written, checked by the model     manifest/reading.py, manifest/model.py
    payloads  JSON Schema to field models                contracts/schema.py
    resolved  defaults and environments applied          manifest/resolve.py
    rules     facts of AWS that the values must respect  rules/
    plan      path to text, purely                       render/plan.py
    then      on disk, or compared with it               write.py, drift.py

Each step adds to the findings; nothing is rendered from a manifest that has errors.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Finding, has_errors, in_order
from generator.manifest.source import Source
from generator.words import begin_guessing

if TYPE_CHECKING:
    from generator.contracts.types import Object
    from generator.manifest.model import Manifest as Written
    from generator.manifest.resolved import Manifest
    from generator.render.plan import Plan


@dataclass(frozen=True, slots=True)
class Examined:
    """A manifest after every check.

    Attributes:
        source: The text and its positions.
        findings: Everything that is wrong with it, in order.
        manifest: The resolved values; None if there are errors.
        resolved: Likewise, errors or not; None if too much is wrong to resolve anything.
    """

    source: Source
    findings: tuple[Finding, ...]
    manifest: "Manifest | None"
    resolved: "Manifest | None" = None

    def despite(self, rules: Collection[str]) -> "Manifest | None":
        """Return the resolved values if nothing is wrong save what some rules say."""
        others = [finding for finding in self.findings if finding.rule not in rules]
        return None if has_errors(others) else self.resolved


def examine(path: Path, root: Path | None = None) -> Examined:
    """Read a manifest and run every check on it; bad input is a finding, never an exception.

    Args:
        path: The manifest.
        root: The repository whose handlers it is about; the manifest's folder unless given.
    """
    begin_guessing()
    source = Source(path)
    findings = list(source.findings)
    if has_errors(findings):
        return Examined(source, in_order(findings), None)

    from generator.manifest.reading import read  # noqa: PLC0415 - pydantic is slow to load, and not needed above
    from generator.manifest.resolve import resolve  # noqa: PLC0415 - likewise
    from generator.render.sources import digests  # noqa: PLC0415 - likewise
    from generator.rules import places, roots  # noqa: PLC0415 - likewise
    from generator.rules.run import judge  # noqa: PLC0415 - likewise

    written, wrong, unknown = read(source)
    findings += wrong
    if written is None:
        return Examined(source, in_order(findings), None)
    payloads = _payloads(source, written, findings)
    manifest = replace(resolve(written, payloads), sources=digests(source.value))
    findings += judge(source, written, manifest, unknown)
    root = path.parent if root is None else root
    findings += places.judge(source, manifest, root)
    findings += roots.judge(source, manifest, root)
    sound = None if has_errors(findings) else manifest
    return Examined(source, in_order(findings), sound, manifest)


def planned(manifest: "Manifest", root: Path | None = None) -> "Plan":
    """Return what the files of a manifest should be, given the contracts published under `root`."""
    from generator.published.history import published  # noqa: PLC0415 - only to generate and check
    from generator.render.contract import NOTHING_PUBLISHED  # noqa: PLC0415 - likewise
    from generator.render.plan import plan  # noqa: PLC0415 - `validate` needs no templates

    return plan(manifest, NOTHING_PUBLISHED if root is None else published(root, manifest))


def _payloads(source: Source, written: "Written", findings: list[Finding]) -> "dict[str, Object]":
    from generator.contracts.schema import read_payload  # noqa: PLC0415 - needs pydantic, as above

    payloads = {}
    for name, job in written.jobs.items():
        payloads[name], complaints = read_payload(job.payload)
        findings += [
            source.finding(
                ("jobs", name, "payload", *c.where), c.rule, c.message, c.hint, key=c.key
            )
            for c in complaints
        ]
    return payloads
