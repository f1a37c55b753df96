"""A job whose function does what a test says, to look at the simulation itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from clarivum_jobs.testing import NONE, Deployment, Faults, World
from clarivum_jobs.testing.aws.names import BASE, BASE_URL

JOB = "probe"
URL = f"{BASE_URL}{BASE}-{JOB}"
DEAD_URL = f"{URL}-dlq"

Answer = Callable[[dict[str, Any], Any], Any]


def everything_fails(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Name every record of a batch as failed."""
    return {"batchItemFailures": [{"itemIdentifier": r["messageId"]} for r in event["Records"]]}


def nothing_fails(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Name no record of a batch as failed."""
    return {"batchItemFailures": []}


@contextmanager
def probe(
    answer: Answer = nothing_fails,
    *,
    seed: int = 0,
    faults: Faults = NONE,
    **numbers: Any,  # noqa: ANN401 - whatever fields a deployment has
) -> Iterator[World]:
    """A world with one job, `probe`, that answers each invocation by `answer`."""
    with World(seed, faults) as world:
        world.deploy(Deployment(JOB, lambda: answer, **{"spare_receives": 0, **numbers}))
        yield world


def starts(world: World) -> list[float]:
    """When each invocation began, in seconds since the first."""
    first = world.runs[0].started
    return [(run.started - first) / 1000 for run in world.runs]
