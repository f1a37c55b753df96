"""`.github/CODEOWNERS`: whoever owns a job is asked about its handler."""

import re

from generator.manifest.resolved import Manifest
from generator.render.contract import FOLDER

PATH = ".github/CODEOWNERS"

_NO_TEAM = re.compile(r"[^a-z0-9]+")


def codeowners(manifest: Manifest) -> str:
    """Return the body of the file; a team's name on GitHub is the owner's in lower case."""
    rows = []
    for job in manifest.jobs:
        team = _NO_TEAM.sub("-", job.owner.lower()).strip("-")
        if team:
            owner = f"@{manifest.project}/{team}"
            rows.append((f"/lambdas/handlers/{job.module}.*", owner))
            rows.append((f"/{FOLDER}/{job.name}/", owner))
    width = max((len(path) for path, _ in rows), default=0)
    return "".join(f"{path:<{width}} {owner}\n" for path, owner in rows)
