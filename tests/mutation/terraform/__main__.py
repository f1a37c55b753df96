"""Mutation testing of the Terraform modules: every mistake, and what notices each.

The modules' own tests are played offline, then those of `job`, and the list of all that the modules
say is compared. `MUTANTS_ORACLES` (0) survivors are tried on the oracles, with Terraform, which
takes a minute or two each. `MUTANTS_MODULE` names modules. It ends with 1 if less than 95 % is
noticed, or a survivor has no reason.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from clarivum_jobs.testing.terraform.modules import files
from clarivum_jobs.testing.terraform.tokens import HclError
from tests.modules.inventory import Inventory
from tests.mutation.terraform.mistakes import Mistake, mistakes
from tests.mutation.terraform.playing import failing, mocks
from tests.mutation.terraform.reasons import reason
from tests.mutation.terraform.schema import Schema, read

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[3]
PARTS = {"alarms": ("job",), "queue": ("job",), "schedule": ("job",), "worker": ("job",)}
"""Whose tests play a module as well."""

NEEDED = 0.95


class Bench:
    """A copy of the tree in which one mistake at a time is made."""

    def __init__(self, directory: Path, schema: Schema) -> None:
        """Copy the modules."""
        self.directory, self.schema = directory, schema
        self.modules = directory / "modules"
        unwanted = shutil.ignore_patterns(".terraform*")
        shutil.copytree(ROOT / "modules", self.modules, ignore=unwanted)
        self.known: Mapping[str, Mapping[str, object]] = mocks(
            self.modules / "mocks" / "aws.tfmock.hcl"
        )

        self.said = {name: self._said(name) for name in self.names()}

    def names(self) -> list[str]:
        """Return every module that has something to get wrong."""
        found = {path.parent.name for path in self.modules.glob("*/main.tf")}
        return sorted(found & set(os.environ.get("MUTANTS_MODULE", " ".join(found)).split()))

    def noticed(self, mistake: Mistake) -> str:
        """Return what notices a mistake: a module's tests, or "" if none does."""
        source = mistake.file.read_text(encoding="utf-8")
        mistake.file.write_text(mistake.made(source), encoding="utf-8")
        files.cache_clear()
        try:
            own: str = mistake.file.parent.name
            for name in (own, *PARTS.get(own, ())):
                try:
                    why: str = failing(self.modules / name, self.schema, self.known)
                except HclError as error:
                    why = f"no HCL: {error}"
                if why:
                    return str(name)
            return "inventory" if self._said(own) != self.said[own] else ""
        finally:
            mistake.file.write_text(source, encoding="utf-8")
            files.cache_clear()

    def _said(self, name: str) -> str:
        """Return all that a module says, or what keeps it from that."""
        try:
            return json.dumps(Inventory(self.modules).of(_shown(name)), sort_keys=True)
        except Exception as error:  # noqa: BLE001 - a mistake may break it in any way
            return str(error)

    def noticed_by_oracles(self, mistake: Mistake) -> bool:
        """Whether the tests that render production fail with a mistake made."""
        tree = self.directory / "tree"
        if not tree.is_dir():
            unwanted = shutil.ignore_patterns(".git", ".venv*", "build", ".terraform*", ".*_cache")
            shutil.copytree(ROOT, tree, ignore=unwanted, symlinks=True)
        file = tree / mistake.file.relative_to(self.directory)
        source = file.read_text(encoding="utf-8")
        file.write_text(mistake.made(source), encoding="utf-8")
        try:
            command = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")
            done = subprocess.run(
                [*command, "tests/oracles"],
                cwd=tree,
                env={**os.environ, "PYTHONPATH": f"{tree}:{tree / 'lambdas'}"},
                capture_output=True,
                check=False,
            )
            return done.returncode != 0
        finally:
            file.write_text(source, encoding="utf-8")


def _shown(name: str) -> str:
    """Return the module with which a module's resources are shown."""
    return PARTS.get(name, (name,))[0]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Try every mistake and tell; 0 when enough was noticed and each survivor has its reason."""
    schema = read(ROOT / "modules", ROOT / "build" / "mutants" / "schema.json")
    allowed = int(os.environ.get("MUTANTS_ORACLES", "0"))
    found: Counter[tuple[bool, str]] = Counter()
    survivors: list[Mistake] = []
    with tempfile.TemporaryDirectory() as directory:
        bench = Bench(Path(directory), schema)
        for name in bench.names():
            why = failing(bench.modules / name, schema, bench.known)
            if why:
                _say(f"error: {name} fails without a mistake: {why}")
                return 2
            for mistake in mistakes(bench.modules / name, schema):
                by = bench.noticed(mistake)
                if not by and allowed > 0:
                    allowed -= 1
                    by = "oracles" if bench.noticed_by_oracles(mistake) else ""
                found[mistake.attribute, by] += 1
                if not by:
                    survivors.append(mistake)
                    _say(f"SURVIVED {mistake}: {reason(mistake) or 'a test is missing'}")
    for attribute, what in ((True, "attributes of resources"), (False, "what they are made of")):
        of = Counter({by: count for (own, by), count in found.items() if own is attribute})
        share = 1 - of[""] / max(of.total(), 1)
        _say(f"{what}: {of.total()} mistakes, {share:.1%} noticed: {dict(of)}")
    share = 1 - len(survivors) / max(found.total(), 1)
    return int(share < NEEDED or any(not reason(mistake) for mistake in survivors))


if __name__ == "__main__":
    sys.exit(main())
