"""The pytest fixture; a project's conftest takes it with `pytest_plugins` or an import."""

import contextlib
from collections.abc import Callable, Iterator

import pytest

from clarivum_jobs.testing.checks.audit import Audit
from clarivum_jobs.testing.deployment import Deployment
from clarivum_jobs.testing.machine.faults import NONE, Faults
from clarivum_jobs.testing.world import World

Simulate = Callable[..., tuple[World, Audit]]


@pytest.fixture
def simulate() -> Iterator[Simulate]:
    """Return a function that opens worlds; they are checked and closed after the test.

    `simulate(deployment, ..., seed=0, faults=NONE)` gives the world and its auditor.
    """
    with contextlib.ExitStack() as inside:

        def open_world(
            *deployments: Deployment, seed: int = 0, faults: Faults = NONE
        ) -> tuple[World, Audit]:
            world = inside.enter_context(World(seed, faults))
            for deployment in deployments:
                world.deploy(deployment)
            audit = Audit(world)
            inside.callback(audit.check)
            return world, audit

        yield open_world
