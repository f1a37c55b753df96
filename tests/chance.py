"""What is drawn at random: from one seed a run, and how much of it.

`TEST_SEED` repeats a run; without it each run has a fresh seed, which is printed. `SOAK=1` draws
as much as the promises name, which takes half an hour; a count's own variable overrules both.
"""

from __future__ import annotations

import os
import random

SOAK = os.environ.get("SOAK") == "1"

# Worker processes of the same run find the seed of the first.
SEED = int(os.environ.setdefault("TEST_SEED", str(random.SystemRandom().getrandbits(32))))


def count(name: str, usual: int, soak: int) -> int:
    """Return how many are drawn.

    Args:
        name: Environment variable that says another number.
        usual: As many as `make test` has time for.
        soak: As many as are promised.
    """
    return int(os.environ.get(name) or (soak if SOAK else usual))


def drawer(name: str) -> random.Random:
    """Return the source of one test's chance: the run's seed, and no other test's draws."""
    return random.Random(f"{SEED} {name}")  # noqa: S311 - a sample, no secret
