"""A job whose handler the test writes, and what became of its messages."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings

from clarivum_jobs.testing import Deployment, Faults, World
from clarivum_jobs.testing.checks.audit import Audit
from clarivum_jobs.worker import Worker
from tests.simulator.sample import JOB, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clarivum_jobs import JobContext

quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@contextlib.contextmanager
def world_of(
    handle: Callable[[World, Sample, JobContext], object],
    faults: Faults | None = None,
    **numbers: Any,  # noqa: ANN401 - those of a deployment
) -> Iterator[tuple[World, Audit]]:
    """Open a world with one job, whose handler is told its world."""
    with World(1, faults or Faults()) as world:
        world.deploy(
            Deployment(JOB, lambda: Worker(Sample, lambda p, c: handle(world, p, c)), **numbers)
        )
        yield world, Audit(world)


def mail(world: World, _payload: Sample, context: JobContext) -> None:
    """Have an effect that nobody recognises."""
    world.effect("mail", context.idempotency_key, recognised=False)


def send_again(world: World, times: int = 1) -> None:
    """Put copies of the queue's first message beside it, as a client does that got no answer."""
    (message, *_) = world.queue(JOB).messages.values()
    for _ in range(times):
        world.queue(JOB).send(message.body, {})


def letters(world: World) -> list[dict[str, str]]:
    """Return what stands on each dead letter."""
    found = world.dead_letters(JOB).messages.values()
    return [
        {name: str(value.get("StringValue")) for name, value in message.attributes.items()}
        for message in found
    ]
