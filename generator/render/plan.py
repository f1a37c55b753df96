"""Everything that a manifest makes: the one list that `generate` writes and `check` compares."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.manifest.json_schema import json_schema
from generator.manifest.resolved import Manifest
from generator.ownership import Comment, stamped, stamped_json
from generator.render.codeowners import PATH as CODEOWNERS
from generator.render.codeowners import codeowners
from generator.render.contract import NOTHING_PUBLISHED, Published
from generator.render.diagrams import diagrams
from generator.render.document import document
from generator.render.payload import payload
from generator.render.reference import reference
from generator.render.rulebook import rulebook
from generator.render.sources import PATH as SOURCES
from generator.render.sources import sources
from generator.render.terraform import terraform
from generator.render.typescript import FOLDER as TYPESCRIPT
from generator.render.typescript import typescript
from generator.render.worker_code import (
    HANDLERS,
    PACKAGES,
    UPCASTERS_PACKAGE,
    entrypoint,
    handler_stub,
    upcaster_path,
    upcaster_stub,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Texts by path from the repository's root, with forward slashes.

    Attributes:
        machine: Files that are always exactly this.
        stubs: Files that are written once if absent, and a person's from then on.
    """

    machine: Mapping[str, str]
    stubs: Mapping[str, str]


def plan(manifest: Manifest, published: Published = NOTHING_PUBLISHED) -> Plan:
    """Return what the files of a manifest should be.

    Args:
        manifest: What is wanted.
        published: The contracts' history: the one thing that is kept, not made again.
    """
    machine: dict[str, str] = {}
    for environment, workers in manifest.workers.items():
        machine[f"envs/{environment}/jobs.gen.tf"] = stamped(terraform(workers), Comment.HASH)
    for path, docstring in PACKAGES.items():
        machine[path] = stamped(f'"""{docstring}"""\n', Comment.HASH)
    for job in manifest.jobs:
        machine[f"lambdas/generated/payloads/{job.module}.py"] = stamped(payload(job), Comment.HASH)
        machine[f"lambdas/generated/entrypoints/{job.module}.py"] = stamped(
            entrypoint(job.name, published.older(job)), Comment.HASH
        )
        machine[f"{TYPESCRIPT}/{job.name}.ts"] = stamped(typescript(job), Comment.SLASHES)
        machine |= published.files(job)
    machine["docs/api/jobs.md"] = stamped(document(manifest), Comment.MARKDOWN)
    machine["docs/manifest.md"] = stamped(reference(), Comment.MARKDOWN)
    machine["docs/rules.md"] = stamped(rulebook(), Comment.MARKDOWN)
    machine["generator/schema/jobs.schema.json"] = stamped_json(json_schema())
    machine |= diagrams(manifest)
    machine[CODEOWNERS] = stamped(codeowners(manifest), Comment.HASH)
    machine[SOURCES] = stamped_json(sources(manifest.sources))
    stubs = {f"lambdas/handlers/{job.module}.py": handler_stub(job.name) for job in manifest.jobs}
    grown = [(job.name, older) for job in manifest.jobs if (older := published.older(job))]
    stubs |= {upcaster_path(name): upcaster_stub(name, older) for name, older in grown}
    return Plan(machine, {**HANDLERS, **(UPCASTERS_PACKAGE if grown else {}), **stubs})
