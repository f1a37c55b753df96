"""Waiting lines: how long messages wait, how many wait, and when a backlog is gone.

Messages come at random (Poisson) and are worked on by so many workers at a time. Erlang's C formula
holds for durations that vary as much as exponential ones do; where they vary less, the wait is
shorter, down to half of it where all are equal. Times are in seconds, rates in messages a second.
"""

import math
from dataclasses import dataclass

SPARE = 0.7
"""How busy workers may be for waits to stay short: beyond, each percent costs more."""


@dataclass(frozen=True, slots=True)
class Load:
    """What comes, and what is there to do it.

    Attributes:
        rate: Messages that come in a second.
        seconds: Worker seconds that one message takes, all of its attempts together.
        workers: How many messages are worked on at a time at most.
    """

    rate: float
    seconds: float
    workers: int

    @property
    def capacity(self) -> float:
        """Most messages that are done in a second."""
        return self.workers / self.seconds

    @property
    def busy(self) -> float:
        """Share of the workers that is busy; from 1 on, the queue grows without end."""
        return self.rate / self.capacity

    @property
    def growth(self) -> float:
        """Messages by which the queue grows each second, 0 if all can be done."""
        return max(0.0, self.rate - self.capacity)


def fewest_workers(rate: float, seconds: float, busy: float = SPARE) -> int:
    """Return how many workers it takes for no more than a share of them to be busy."""
    return max(1, math.ceil(round(rate * seconds / busy, 9)))


def wait(load: Load) -> float:
    """Return how long a message waits on average; infinite if the queue grows."""
    if load.busy >= 1:
        return math.inf
    return _chance_to_wait(load) / (load.capacity - load.rate)


def waiting(load: Load) -> float:
    """Return how many messages wait on average (Little's law)."""
    return load.rate * wait(load) if load.busy < 1 else math.inf


def drained_after(load: Load, outage: float) -> float:
    """Return how long after an outage its backlog is gone; infinite if nothing is to spare."""
    spare = load.capacity - load.rate
    return load.rate * outage / spare if spare > 0 else math.inf


def _chance_to_wait(load: Load) -> float:
    """Return the share of messages that find all workers busy.

    Erlang's B by its recursion, which no number of workers overflows, then C from B.
    """
    offered = load.rate * load.seconds
    blocked = 1.0
    for workers in range(1, load.workers + 1):
        blocked = offered * blocked / (workers + offered * blocked)
    return blocked / (1 - load.busy * (1 - blocked))
