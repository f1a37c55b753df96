"""What stands where an environment's Terraform must stand: looked at on disk."""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Finding
from generator.manifest.resolved import Manifest
from generator.manifest.source import Source
from generator.rules.registry import Fact

ENVIRONMENTS = Path("envs")
_OURS = "jobs.gen.tf"
_LABEL = re.compile(r'^[ \t]*module[ \t]+"([^"]+)"', re.MULTILINE)

FACTS = (
    Fact(
        "environment-place",
        "Where an environment's root goes, nothing else stands.",
        "The generated file would lie among the modules of a Python package, or in a root that "
        "makes something else, and Terraform would find no `module.platform` there.",
        "rename the environment",
        "our own layout: each folder of envs is a Terraform root that calls modules/platform",
    ),
    Fact(
        "module-label",
        "No other module of an environment's root has a job's label.",
        "Terraform refuses two `module` blocks of one name in a root, and with them all of it.",
        "rename the job, or the module that people wrote",
        "Terraform language: module calls are unique in their module",
    ),
)


def judge(source: Source, manifest: Manifest, root: Path) -> Iterator[Finding]:
    """Yield a finding for every environment and every job that has no room under `root`."""
    place_fact, label_fact = FACTS
    taken: dict[str, str] = {}
    for index, environment in enumerate(manifest.workers):
        place = ENVIRONMENTS / environment
        written = dict(_written(root / place))
        labels = {label: name for name, text in written.items() for label in _LABEL.findall(text)}
        other = _other(root / place, written, labels)
        if other:
            message = f"`{place.as_posix()}` is {other}"
            where = ("environments", index)
            yield source.finding(where, place_fact.id, message, place_fact.remedy)
            continue
        for label, name in labels.items():
            taken.setdefault(label, (place / name).as_posix())
    for job in manifest.jobs:
        if job.module in taken:
            message = f'`{taken[job.module]}` has a `module "{job.module}"` already'
            yield source.finding(
                ("jobs", job.name), label_fact.id, message, label_fact.remedy, key=True
            )


def _written(place: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of what people wrote of a root; what cannot be read is not judged."""
    for path in sorted(place.glob("*.tf")):
        if path.name != _OURS:
            try:
                yield path.name, path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue


def _other(place: Path, written: dict[str, str], labels: dict[str, str]) -> str:
    """Say what stands there if it is no environment's root; empty for nothing, or for one."""
    if "platform" in labels:
        return ""
    if any(place.glob("*.py")):
        return "a Python package, not a Terraform root"
    return "a root that makes no platform" if written else ""
