"""A change held against what was before: read, judged, and sorted by what the manifest allows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from generator.compat import allowed, gate, sides, upcasters
from generator.compat.deployment import order
from generator.compat.git import NoSuchSideError
from generator.diagnostics import as_text
from generator.pipeline import examine
from generator.rules.clock import now

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from generator.compat.allowed import Sorted
    from generator.compat.deployment import Order
    from generator.manifest.resolved import Manifest


class UnjudgedError(Exception):
    """One of the sides cannot be read; the text is for a terminal, with its line ends."""


@dataclass(frozen=True)
class Change:
    """What became of the jobs.

    Attributes:
        text: The manifest as it is written now.
        old: What was before.
        new: What is now.
        found: The verdicts, those that are allowed apart.
        order: In which order to deploy.
        untried: What no upcaster could be tried on.
        wrong: What is wrong with the manifest all the same, as a terminal shows it; empty if
            nothing is.
    """

    text: str
    old: Manifest
    new: Manifest
    found: Sorted
    order: Order
    untried: tuple[str, ...]
    wrong: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether messages in flight would not survive it."""
        return any(each.is_refusal for each in self.found.left)


def judge(root: Path, manifest: Path | None, against: str, despite: Collection[str] = ()) -> Change:
    """Hold the tree at `root` against a commit, a branch or a file.

    Args:
        root: The repository.
        manifest: Where the manifest is, if not there.
        against: The commit, branch or file.
        despite: Rules that it may break and is judged all the same.

    Raises:
        UnjudgedError: A manifest is broken, or a side cannot be read.
    """
    path = manifest or root / "jobs.yaml"
    examined = examine(path, root)
    found_wrong = as_text(examined.findings, examined.source.text)
    resolved = examined.despite(despite)
    if resolved is None:
        raise UnjudgedError(found_wrong)
    try:
        before, after = sides.before(root, path, against), sides.now(root, resolved)
    except NoSuchSideError as error:
        message = f"error: {error}\n"
        raise UnjudgedError(message) from error
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"error: cannot read {error.filename or root}: {reason}\n"
        raise UnjudgedError(message) from error
    judged = gate.judge(examined.source, before, after, partial(upcasters.tried, root))
    manifests = (before.manifest, after.manifest)
    found = allowed.sort_out(examined.source, judged.verdicts, *manifests, now().date())
    deployed = order(found.left, [each for each, _ in found.allowed], *manifests)
    wrong = "" if examined.manifest else found_wrong
    return Change(examined.source.text, *manifests, found, deployed, judged.untried, wrong)
