"""Mutation testing of the library: mistakes drawn by a seed, and whether a test notices each.

`MUTANTS` says how many (200), `MUTANTS_SEED` from where, `MUTANTS_AT_ONCE` how many side by side.
First the tests below run once, and which lines of the library each of them runs is written down.
Then each mistake is shown to the tests that get there: a few quick ones that draw little, then all
of them, then every other test that may get there, until one fails. Who fails is kept in
`build/mutation`: a run that was ended goes on, and after a change is asked first.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.mutation.known import Known, digest
from tests.mutation.operators import Site, sites
from tests.mutation.reach import LIBRARY, reaching
from tests.mutation.reasons import REASONS
from tests.mutation.trial import ROOT, first_failing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SIMULATOR = (
    *("batches", "follow_up", "held_truths", "once", "one_item", "producer", "records", "rounds"),
    *("schedules", "untold_letters", "waiting", "unheard_claims", "overlap_lock", "outages"),
)
OTHERS = ("generator/test_formats.py", "vectors", "simulator/parity/test_client.py")
TESTS = (
    "tests/runtime",
    *(f"tests/{name}" for name in OTHERS),
    *(f"tests/simulator/test_{name}.py" for name in SIMULATOR),
)

QUICK, QUICK_SECONDS, QUICK_EXAMPLES = 40, 20.0, 10
"""The first tests of a mistake: so many, of so many seconds together, each drawing so little."""

LATE, LATER = 60.0, 3.0
"""Tests may take so many seconds, and so many times what they took without a mistake."""

FOLDER = ROOT / "build" / "mutation"

NEEDED = 0.9


@dataclass(frozen=True)
class Mutant:
    """One mistake in one module."""

    module: str
    site: Site

    def __str__(self) -> str:
        """Say where and what, as `REASONS` names it."""
        return f"{self.module}:{self.site}"

    @property
    def path(self) -> Path:
        """The file of the module."""
        return LIBRARY.parent.joinpath(*self.module.split(".")).with_suffix(".py")


def all_mutants() -> list[Mutant]:
    """Return every mistake that can be made in the library, `testing` apart."""
    found = []
    for path in sorted(LIBRARY.rglob("*.py")):
        parts = path.relative_to(LIBRARY.parent).with_suffix("").parts
        if "testing" not in parts and path.name != "__init__.py":
            module = ".".join(parts)
            found += [Mutant(module, each) for each in sites(path.read_text(encoding="utf-8"))]
    return found


def reach(state: str) -> dict[str, Any] | None:
    """Return which lines each test runs, and how long it takes; none if one fails."""
    path = FOLDER / f"reach-{state[:16]}.json"
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not path.exists() and traced(TESTS, path) != 0:
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def traced(tests: Sequence[str], path: Path) -> int:
    """Run tests, write down which lines they run, and return the status of pytest."""
    own = {"REACH": str(path), "ZOO_SCHEDULES": "20", "TEST_SEED": "1"}
    plugins = ("-p", "no:cacheprovider", "-p", "tests.mutation.reach")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", *plugins, *tests],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        path.unlink(missing_ok=True)
        _say(done.stdout.decode(errors="replace"))
    return done.returncode


def rounds(
    mutant: Mutant, reached: dict[str, Any], before: str
) -> list[tuple[list[str], int | None]]:
    """Return the tests that a mistake is shown to, round by round, and how much they draw.

    Args:
        mutant: The mistake.
        reached: Which lines each test runs.
        before: Who noticed it before the last change; empty if that is not known.
    """
    surely, maybe = reaching(reached, mutant.path, mutant.site)
    quick = [before] if before in reached else []
    for name in surely[:QUICK]:
        if sum(reached[each]["seconds"] for each in [*quick, name]) < QUICK_SECONDS:
            quick.append(name)
    return [(quick, None if before in reached else QUICK_EXAMPLES), (surely, None), (maybe, None)]


def shown(mutant: Mutant, reached: dict[str, Any], tests: Sequence[str], most: int | None) -> str:
    """Return which of some tests fails with the mistake made; empty if none does."""
    if not tests:
        return ""
    seconds = LATE + LATER * sum(reached[each]["seconds"] for each in tests)
    return first_failing((mutant.module, mutant.site.number), tests, most, seconds)


def noticed(drawn: Sequence[Mutant], reached: dict[str, Any], known: Known) -> list[Mutant]:
    """Show mistakes to tests, say who notices which, and return those that nobody does."""
    left = [mutant for mutant in drawn if known.now(str(mutant)) is None]
    asked = {str(mutant): rounds(mutant, reached, known.before(str(mutant))) for mutant in left}

    def ask(mutant: Mutant) -> tuple[Mutant, str]:
        return mutant, shown(mutant, reached, *asked[str(mutant)][number])

    with ThreadPoolExecutor(int(os.environ.get("MUTANTS_AT_ONCE", "2"))) as pool:
        for number in range(3):
            for each in as_completed([pool.submit(ask, mutant) for mutant in left]):
                mutant, killer = each.result()
                if killer:
                    known.keep(str(mutant), killer)
                    _say(f"killed   {mutant}\n         {killer}")
            left = [mutant for mutant in left if known.now(str(mutant)) is None]
            _say(f"{len(left)} are left after round {number + 1}")
    for mutant in left:
        known.keep(str(mutant), "")
    return [mutant for mutant in drawn if not known.now(str(mutant))]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Draw, try and tell; 0 when enough was noticed and each survivor has its reason."""
    count, seed = int(os.environ.get("MUTANTS", "200")), int(os.environ.get("MUTANTS_SEED", "1"))
    possible = all_mutants()
    drawn = random.Random(seed).sample(possible, min(count, len(possible)))  # noqa: S311 - must be repeatable
    _say(f"MUTANTS={len(drawn)} of {len(possible)}, MUTANTS_SEED={seed}")
    state = digest((LIBRARY, ROOT / "tests" / "runtime", ROOT / "tests" / "simulator"))
    reached = reach(state)
    if reached is None:
        _say("error: the tests fail without a mistake")
        return 2
    survivors = list(map(str, noticed(drawn, reached, Known(FOLDER / "tried.jsonl", state))))
    share = 1 - len(survivors) / len(drawn)
    _say(f"{share:.1%} killed, {NEEDED:.0%} needed; survivors:")
    for name in survivors:
        _say(f"  {name}: {REASONS.get(name, 'no reason is known: a test is missing')}")
    return int(share < NEEDED or any(name not in REASONS for name in survivors))


if __name__ == "__main__":
    sys.exit(main())
