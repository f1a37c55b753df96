"""What a plan may lose: drawn environments against a second way to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from envs.deploy.removal import Known, ending, losses, readers, refusals
from tests.envs.worlds import World, worlds

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.long


def held(plan: Mapping[str, Any], known: Mapping[str, Known]) -> list[str]:
    """Return the addresses that are refused."""
    return [refusal.loss.address for refusal in refusals(losses(plan), known, readers(plan))]


def known_of(world: World) -> dict[str, Known]:
    """Return what was seen of the jobs of a drawn environment that somebody looked at."""
    return {
        job.base: Known(job.looks, job.schedules) for job in world.jobs if job.looks is not None
    }


@settings(max_examples=1000)
@given(world=worlds())
def test_exactly_what_must_stay_is_refused(world: World) -> None:
    """Nothing with data goes unless its job is retired and at rest; nothing else is held up."""
    plan = world.plan()

    assert sorted(held(plan, known_of(world))) == sorted(world.may_not_go())


@given(world=worlds())
def test_only_jobs_that_end_are_looked_at(world: World) -> None:
    """A deployment that removes nothing waits for nobody."""
    assert ending(losses(world.plan())) == {job.base for job in world.jobs if job.goes}


def queue(**tags: str) -> dict[str, Any]:
    """Return a plan that deletes one queue."""
    before = {"name": "clarivum-prod-mail", "tags": tags}
    address = "module.mail.module.queue.aws_sqs_queue.main"
    change = {"actions": ["delete"], "before": before}
    return {"resource_changes": [{"address": address, "type": "aws_sqs_queue", "change": change}]}


RETIRED = {"Job": "mail", "Lifecycle": "retired"}
EMPTY = {"clarivum-prod-mail": Known((0, 0))}


@pytest.mark.parametrize(
    ("tags", "known", "said"),
    [
        ({"Job": "mail"}, EMPTY, "its job is not retired here"),
        ({}, EMPTY, "no job is known that it goes with"),
        (RETIRED, {}, "was not looked at twice"),
        (RETIRED, {"clarivum-prod-mail": Known((0,))}, "was not looked at twice"),
        (RETIRED, {"clarivum-prod-mail": Known((0, 3))}, "hold messages (0, then 3)"),
        (RETIRED, {"clarivum-prod-mail": Known((0, 0), ("x", "y"))}, "x and 1 more"),
    ],
)
def test_a_refusal_says_why_and_what_to_do(
    tags: dict[str, str], known: dict[str, Known], said: str
) -> None:
    """Address, name, reason and a hint, for each thing that is wrong."""
    plan = queue(**tags)
    (refusal,) = refusals(losses(plan), known, readers(plan))

    first, hint = str(refusal).splitlines()
    assert first.startswith(
        "error[removal]: module.mail.module.queue.aws_sqs_queue.main: "
        "the plan deletes the queue clarivum-prod-mail: "
    )
    assert said in first
    assert hint.startswith("  hint: ")


def test_a_retired_job_at_rest_may_go() -> None:
    """With nothing waiting nobody is held up."""
    assert held(queue(**RETIRED), EMPTY) == []
