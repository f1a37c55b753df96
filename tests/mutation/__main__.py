"""Mutation testing of the library: mistakes drawn by a seed, and whether a test notices each.

`MUTANTS` says how many (200), `MUTANTS_SEED` from where, `MUTANTS_AT_ONCE` how many side by side.
First the tests below run once, and which functions each of them calls is written down; then each
mistake is shown to the tests that get there, the quickest first, until one fails. Answers are kept
in `build/mutation`, so that a run which was ended goes on.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.mutation.operators import Site, sites
from tests.mutation.reach import reaching

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "lambdas" / "clarivum_jobs"
SIMULATOR = (
    *("batches", "follow_up", "held_truths", "once", "one_item", "producer", "records", "rounds"),
    *("schedules", "untold_letters", "waiting"),
)
TESTS = ("tests/runtime", *(f"tests/simulator/test_{name}.py" for name in SIMULATOR))
LONGEST = 900
"""Seconds after which a mistake counts as noticed: nobody overlooks tests that never end."""

FIRST, MOST = 25, 150
"""So many tests that get to a mistake are tried: the quickest at first, then more of them."""

FOLDER = ROOT / "build" / "mutation"

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


class Tried:
    """Answers of before: a run that was ended goes on where it was.

    An answer holds for the library as it is now: a change of it begins anew.
    """

    def __init__(self, path: Path) -> None:
        """Read what is known."""
        digest = hashlib.sha256()
        for each in sorted(LIBRARY.rglob("*.py")):
            digest.update(each.read_bytes())
        self._path, self._library = path, digest.hexdigest()
        self._lock = threading.Lock()
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        read = map(json.loads, lines)
        self.known = {each["mutant"]: each["killed"] for each in read if self._is_of_now(each)}

    def answer(self, mutant: Mutant, ask: Callable[[], bool]) -> bool:
        """Return whether a mistake is noticed; asked once."""
        name = str(mutant)
        if name not in self.known:
            killed = ask()
            line = json.dumps({"library": self._library, "mutant": name, "killed": killed})
            with self._lock, self._path.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
                self.known[name] = killed
        return bool(self.known[name])

    def _is_of_now(self, line: dict[str, Any]) -> bool:
        return bool(line["library"] == self._library)


def all_mutants() -> list[Mutant]:
    """Return every mistake that can be made in the library, `testing` apart."""
    found = []
    for path in sorted(LIBRARY.rglob("*.py")):
        parts = path.relative_to(LIBRARY.parent).with_suffix("").parts
        if "testing" not in parts and path.name != "__init__.py":
            module = ".".join(parts)
            found += [Mutant(module, each) for each in sites(path.read_text(encoding="utf-8"))]
    return found


def reach() -> dict[str, Any] | None:
    """Return which functions each test calls, and how long it takes; none if one fails."""
    path = FOLDER / "reach.json"
    FOLDER.mkdir(parents=True, exist_ok=True)
    stamp = max(each.stat().st_mtime for each in LIBRARY.rglob("*.py"))
    if not path.exists() or path.stat().st_mtime < stamp:
        own = {"REACH": str(path)}
        if run(TESTS, ("tests.mutation.reach",), own, LONGEST * 10) != 0:
            path.unlink(missing_ok=True)
            return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def noticed(mutant: Mutant, reached: dict[str, Any]) -> bool:
    """Whether some test that gets there fails with the mistake made."""
    path = LIBRARY.parent.joinpath(*mutant.module.split(".")).with_suffix(".py")
    tests = reaching(reached, path, mutant.site.line)
    own = {"MUTATION": f"{mutant.module}:{mutant.site.number}"}
    return any(
        run(some, ("tests.mutation.plugin",), own, LONGEST) != 0
        for some in (tests[:FIRST], tests[FIRST:MOST])
        if some
    )


def run(tests: Sequence[str], plugins: Sequence[str], own: dict[str, str], most: int) -> int:
    """Return the status of pytest on some tests, 1 where it takes more than `most` seconds."""
    loaded = [word for plugin in (*plugins, "no:cacheprovider") for word in ("-p", plugin)]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", *loaded, *tests],
            cwd=ROOT,
            env={**os.environ, "ZOO_SCHEDULES": "20", "TEST_SEED": "1", **own},
            capture_output=True,
            check=False,
            timeout=most,
        )
    except subprocess.TimeoutExpired:
        return 1
    return done.returncode


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Draw, try and tell; 0 when enough was noticed and each survivor has its reason."""
    count, seed = int(os.environ.get("MUTANTS", "200")), int(os.environ.get("MUTANTS_SEED", "1"))
    possible = all_mutants()
    drawn = random.Random(seed).sample(possible, min(count, len(possible)))  # noqa: S311 - must be repeatable
    _say(f"MUTANTS={len(drawn)} of {len(possible)}, MUTANTS_SEED={seed}")
    reached = reach()
    if reached is None:
        _say("error: the tests fail without a mistake")
        return 2
    tried = Tried(FOLDER / "tried.jsonl")
    with ThreadPoolExecutor(int(os.environ.get("MUTANTS_AT_ONCE", "2"))) as pool:
        answers = pool.map(lambda one: tried.answer(one, lambda: noticed(one, reached)), drawn)
        for mutant, killed in zip(drawn, answers, strict=True):
            _say(f"{'killed  ' if killed else 'SURVIVED'} {mutant}")
    survivors = [mutant for mutant in drawn if not tried.known[str(mutant)]]
    share = 1 - len(survivors) / len(drawn)
    _say(f"{share:.0%} killed, {NEEDED:.0%} needed; survivors:")
    for mutant in survivors:
        _say(f"  {mutant}: {REASONS.get(str(mutant), 'no reason is known: a test is missing')}")
    unexplained = any(str(mutant) not in REASONS for mutant in survivors)
    return int(share < NEEDED or unexplained)


if __name__ == "__main__":
    sys.exit(main())
