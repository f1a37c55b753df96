"""A job made for tests: its payload says how it behaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from pydantic import Field

from clarivum_jobs import JobContext, JobContract, Payload, PermanentError, RetryAfter
from clarivum_jobs.contract.formats import Sensitive
from clarivum_jobs.testing import NONE, Deployment, Faults, World
from clarivum_jobs.testing.checks.audit import Audit
from clarivum_jobs.worker import Worker

JOB = "sample"


class Sample(Payload):
    """What the sample job is asked to do."""

    contract: ClassVar[JobContract] = JobContract(name=JOB, version=1, key=("name",))

    name: str
    """Tells one piece of work from another."""

    fails: int = 0
    """How many attempts fail before one succeeds."""

    takes: float = 0
    """Seconds that the work takes."""

    hopeless: bool = False
    """Whether it can never succeed."""

    asks: float = 0
    """Seconds that the third party asks to wait, on the first attempt."""

    secret: Annotated[str, Sensitive()] = Field(default="known-to-nobody-else", repr=False)
    """A value that must not be seen anywhere."""


Handler = Callable[[Sample, JobContext], object]


def careful(world: World, audit: Audit) -> Handler:
    """Make a handler that passes the key on and otherwise does what its payload says."""

    def handle(payload: Sample, context: JobContext) -> None:
        audit.began(context.job_id, context.attempt, context.max_attempts)
        if payload.takes:
            time.sleep(payload.takes)
        if payload.hopeless:
            reason = "it cannot be"
            raise PermanentError(reason, code="hopeless")
        if payload.asks and context.attempt == 1:
            raise RetryAfter(payload.asks)
        if context.attempt <= payload.fails:
            message = f"attempt {context.attempt} fails for {payload.secret}"
            raise RuntimeError(message)
        world.effect("deliver", context.idempotency_key)

    return handle


@dataclass
class LongWork:
    """A handler that takes 800 s, and notes when it began beside itself.

    Attributes:
        overlaps: The moments, as the world counts them.
    """

    overlaps: list[int] = field(default_factory=list)
    _running: int = 0

    def __call__(self, world: World, _payload: Sample, _context: JobContext) -> None:
        """Work."""
        if self._running:
            self.overlaps.append(world.loop.now)
        self._running += 1
        time.sleep(800)
        self._running -= 1


@contextmanager
def sample(
    seed: int = 0,
    faults: Faults = NONE,
    handler: Callable[[World, Audit], Handler] = careful,
    **numbers: Any,  # noqa: ANN401 - whatever fields a deployment has
) -> Iterator[tuple[World, Audit]]:
    """A world in which the sample job is deployed, and its auditor."""
    with World(seed, faults) as world:
        world.deploy(Deployment(JOB, lambda: Worker(Sample, handle), **numbers))
        audit = Audit(world)
        handle = handler(world, audit)
        yield world, audit
