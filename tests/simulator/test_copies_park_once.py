"""Copies of one enqueue share its attempts and its one letter, whoever of them comes last.

Whatever the clocks of workers say: a letter is never older than its message by that of SQS. Only a
copy that was sent later than that, and that a worker whose clock is behind has parked before by its
own, is taken for a replay, which is never dropped: then there is a second letter rather than none.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs import JobContext, PermanentError, enqueue
from clarivum_jobs.testing import Faults
from clarivum_jobs.testing.machine.loop import Killed
from tests import chance
from tests.simulator.sample import JOB, Sample, sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from clarivum_jobs.testing import World
    from clarivum_jobs.testing.checks.audit import Audit
    from tests.simulator.sample import Handler

ROUNDS = 6
WAYS = ("raises", "gives up", "exits", "hangs", "dies", "is slow")


def _failing(way: str, began: dict[str, int]) -> Callable[[World, Audit], Handler]:
    """Return what makes a handler that never succeeds, and counts its attempts."""

    def make(world: World, _audit: Audit) -> Handler:
        def handle(payload: Sample, _context: JobContext) -> None:
            process: Any = world.loop.current
            if not process.dead:
                began[payload.name] = began.get(payload.name, 0) + 1
            if way == "gives up":
                message = "never"
                raise PermanentError(message)
            if way == "exits":
                raise SystemExit
            if way == "dies":
                process.kill()
                raise Killed
            time.sleep({"hangs": 1e6, "is slow": 12}.get(way, 0))
            raise RuntimeError

        return handle

    return make


@pytest.mark.parametrize("way", WAYS)
def test_copies_of_one_enqueue_leave_one_letter(way: str) -> None:
    """Two to six copies of some enqueues, in batches of any size, delivered in any order."""
    draw = chance.drawer(f"copies {way}")
    for _ in range(ROUNDS):
        began: dict[str, int] = {}
        attempts = draw.choice([1, 2, 5])
        skew = draw.choice([0, 200, 2000])
        faults = Faults(reorder=draw.random(), part=0.3, twin=0.2, duplicate=0.2, skew=skew)
        numbers: dict[str, Any] = {
            "batch_size": draw.randint(1, 10),
            "concurrency": draw.choice([2, 5]),
            "max_attempts": attempts,
        }
        with sample(draw.getrandbits(32), faults, _failing(way, began), **numbers) as (world, _):
            names = [f"n{n}" for n in range(draw.randint(1, 3))]
            for name in names:
                enqueue(Sample(name=name))
            queue = world.queue(JOB)
            for message in list(queue.messages.values()):
                for _ in range(draw.randint(1, 5)):
                    queue.send(message.body, {})
            world.settle()
            letters = world.dead_letters(JOB).messages.values()
            told = sorted(json.loads(letter.body)["data"]["name"] for letter in letters)
            numbered = {letter.attributes["attempt"]["StringValue"] for letter in letters}

        assert told == names, (numbers, faults)
        most = 1 if way == "gives up" else attempts
        assert began == dict.fromkeys(names, most), (numbers, faults)
        assert numbered == {str(most)}, (numbers, faults)
