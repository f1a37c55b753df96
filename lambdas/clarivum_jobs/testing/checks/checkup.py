"""What every job must stand, without a line of set-up: three questions about its effects.

Does running twice have the effect of running once? Does killing the worker at any write, and
trying again? Do copies that run at a time? A job that fails is told with the world that shows it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from clarivum_jobs.contract.payload import Payload
from clarivum_jobs.producer import enqueue
from clarivum_jobs.testing.checks.audit import Audit
from clarivum_jobs.testing.deployment import Deployment
from clarivum_jobs.testing.machine.faults import NONE, Faults, Kill
from clarivum_jobs.testing.world import World

_SEEDS = range(8)
_STEADY = (5, 5)

Prepare = Callable[[World], None]


class CheckupError(AssertionError):
    """A job's effects took place more often than once; the text replays it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One world that a job is put into.

    Attributes:
        seed: Decides all chance.
        faults: What goes wrong.
        sends: How often the payload is enqueued.
    """

    seed: int = 0
    faults: Faults = NONE
    sends: int = 1

    def run(self, deployment: Deployment, payload: Payload, prepare: Prepare) -> World:
        """Put the job into its world and let everything happen."""
        with World(self.seed, self.faults) as world:
            world.deploy(deployment)
            prepare(world)
            audit = Audit(world)
            for _ in range(self.sends):
                enqueue(payload)
            world.settle()
            audit.check()
        return world


def nothing(_world: World) -> None:
    """Prepare nothing."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """A job, and a payload to try it with.

    Attributes:
        deployment: The job.
        payload: What it is asked to do.
        prepare: Makes the world that its handler expects, such as the pages of a site.
    """

    deployment: Deployment
    payload: Payload
    prepare: Prepare = nothing

    def run_twice(self) -> None:
        """Enqueue the payload twice: the effects are those of once.

        Raises:
            CheckupError: They are not.
        """
        once = self._run(Case())
        twice = self._run(Case(sends=2))
        self._compare(once, twice, Case(sends=2))

    def kill_at_each_write(self) -> None:
        """End the worker before and after each of its calls: the effects are those of once.

        Raises:
            CheckupError: They are not.
        """
        once = self._run(Case(faults=Faults(latency=_STEADY)))
        for case in self._kills(once.runs[0].calls):
            self._compare(once, self._run(case), case)

    def duplicate_while_running(self) -> None:
        """Deliver copies while one runs: the effects are those of once.

        Raises:
            CheckupError: They are not.
        """
        once = self._run(Case())
        for seed in _SEEDS:
            case = Case(seed, Faults(duplicate=0.5), sends=2)
            self._compare(once, self._run(case), case)

    def replay(self, case: Case) -> World:
        """Run one case again: the same world, to the byte."""
        return self._run(case)

    def _run(self, case: Case) -> World:
        return case.run(self.deployment, self.payload, self.prepare)

    def _kills(self, calls: int) -> Iterator[Case]:
        for call in range(1, calls + 1):
            yield Case(faults=Faults(latency=_STEADY, kills=(Kill(1, call, "before"),)))
            yield Case(faults=Faults(latency=_STEADY, kills=(Kill(1, call, "after"),)))

    def _compare(self, once: World, world: World, case: Case) -> None:
        if world.effects.done == once.effects.done:
            return
        message = (
            f"the effects of {self.deployment.name} are {world.effects.done}"
            f" where once they are {once.effects.done}\nreplay: {case!r}\n\n{world.trace.text}"
        )
        raise CheckupError(message)
