"""Mutation testing of the library: mistakes drawn by a seed, and whether a test notices each.

`MUTANTS` says how many (200), `MUTANTS_SEED` from where. It takes hours: two run side by side, each
through the tests below until one fails.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.operators import Site, sites

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "lambdas" / "clarivum_jobs"
TESTS = (
    "tests/runtime",
    *(
        f"tests/simulator/test_{name}.py"
        for name in ("once", "records", "waiting", "schedules", "producer", "follow_up", "zoo")
    ),
)
SIDE_BY_SIDE = 2
LONGEST = 900
"""Seconds after which a mistake counts as noticed: nobody overlooks tests that never end."""

NEEDED = 0.9

REASONS: dict[str, str] = {}
"""Why no test can notice some mistakes, by `module:line: mistake`."""


@dataclass(frozen=True)
class Mutant:
    """One mistake in one module."""

    module: str
    site: Site

    def __str__(self) -> str:
        """Say where and what, as `REASONS` names it."""
        return f"{self.module}:{self.site.line}: {self.site.what}"


def all_mutants() -> list[Mutant]:
    """Return every mistake that can be made in the library, `testing` apart."""
    found = []
    for path in sorted(LIBRARY.rglob("*.py")):
        parts = path.relative_to(LIBRARY.parent).with_suffix("").parts
        if "testing" not in parts and path.name != "__init__.py":
            module = ".".join(parts)
            found += [Mutant(module, each) for each in sites(path.read_text(encoding="utf-8"))]
    return found


def noticed(mutant: Mutant | None) -> bool:
    """Whether some test fails with a mistake made; with none, whether one fails as it is."""
    own = {} if mutant is None else {"MUTATION": f"{mutant.module}:{mutant.site.number}"}
    command = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.mutation.plugin")
    try:
        done = subprocess.run(
            [*command, "-p", "no:cacheprovider", *TESTS],
            cwd=ROOT,
            env={**os.environ, "ZOO_SCHEDULES": "20", "TEST_SEED": "1", **own},
            capture_output=True,
            check=False,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Draw, try and tell; 0 when enough was noticed and each survivor has its reason."""
    count, seed = int(os.environ.get("MUTANTS", "200")), int(os.environ.get("MUTANTS_SEED", "1"))
    possible = all_mutants()
    drawn = random.Random(seed).sample(possible, min(count, len(possible)))  # noqa: S311 - must be repeatable
    _say(f"MUTANTS={len(drawn)} of {len(possible)}, MUTANTS_SEED={seed}")
    if noticed(None):
        _say("error: the tests fail without a mistake")
        return 2
    survivors: list[Mutant] = []
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for mutant, killed in zip(drawn, pool.map(noticed, drawn), strict=True):
            _say(f"{'killed  ' if killed else 'SURVIVED'} {mutant}")
            if not killed:
                survivors.append(mutant)
    share = 1 - len(survivors) / len(drawn)
    _say(f"{share:.0%} killed, {NEEDED:.0%} needed; survivors:")
    for mutant in survivors:
        _say(f"  {mutant}: {REASONS.get(str(mutant), 'no reason is known: a test is missing')}")
    unexplained = any(str(mutant) not in REASONS for mutant in survivors)
    return int(share < NEEDED or unexplained)


if __name__ == "__main__":
    sys.exit(main())
