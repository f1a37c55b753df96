"""A renamed job: both names are served by its code, and what was done under one is done."""

from __future__ import annotations

import random
from typing import ClassVar

import pytest

from clarivum_jobs import JobContext, JobContract, Payload, enqueue
from clarivum_jobs.testing import NONE, Deployment, Faults, World
from clarivum_jobs.testing.checks.audit import Audit
from clarivum_jobs.worker import Worker
from tests.simulator.sample import Handler, Sample, careful

OLD, NEW = "sample", "renamed"


class Renamed(Sample):
    """The payload of `sample` under the job's new name."""

    contract: ClassVar[JobContract] = JobContract(name=NEW, version=1, key=("name",))


def rename(world: World, audit: Audit, handle: Handler) -> None:
    """Deploy the new name, and its code under the old one too."""

    def build() -> Worker[Renamed]:
        return Worker(Renamed, handle)

    world.deploy(Deployment(NEW, build, record_name=OLD))
    world.functions[OLD].update(build)
    audit.listen(NEW)


def deployed(world: World) -> tuple[Audit, Handler]:
    """Deploy the job under its old name; return the audit and the handler."""

    def handle(payload: Sample, context: JobContext) -> object:
        return handler(payload, context)

    world.deploy(Deployment(OLD, lambda: Worker(Sample, handle)))
    audit = Audit(world)
    handler = careful(world, audit)
    return audit, handle


@pytest.mark.parametrize("model", [Sample, Renamed])
def test_a_duplicate_after_the_switch_runs_once(model: type[Payload]) -> None:
    """Done before under the old name, it is skipped under either."""
    with World() as world:
        audit, handle = deployed(world)
        receipt = enqueue(Sample(name="a"))
        world.settle()
        rename(world, audit, handle)
        enqueue(model.model_validate({"name": "a"}))
        world.settle()
        audit.check()

        assert len(world.runs) == 2
        assert list(world.effects.asked.values()) == [1]
        assert audit.completed(NEW, receipt.idempotency_key)
        assert not any(world.dead_letters(name).messages for name in (OLD, NEW))


@pytest.mark.parametrize("seed", range(12))
def test_messages_of_both_names_around_the_switch_have_one_effect_each(seed: int) -> None:
    """Whatever waits, runs or is delivered twice while the name changes."""
    dice = random.Random(seed)  # noqa: S311 - a drawn order, no secret
    faults = NONE if seed % 2 == 0 else Faults(duplicate=0.4)
    with World(seed, faults) as world:
        audit, handle = deployed(world)
        names = [f"n{number}" for number in range(6)]

        def send(models: list[type[Sample]]) -> None:
            for _ in range(8):
                work = {"name": dice.choice(names), "takes": dice.choice([0, 0, 5])}
                enqueue(dice.choice(models).model_validate(work))
                world.run(dice.choice([0, 1, 30]))

        send([Sample])
        rename(world, audit, handle)
        send([Sample, Renamed])
        world.settle()
        audit.check()

        assert set(world.effects.asked.values()) == {1}
        assert not world.busy


def test_a_dead_letter_of_the_old_name_lies_where_it_was_and_is_replayed_there() -> None:
    """The new code parks in the queue of the name that the message came under, and redrives it."""
    with World() as world:
        audit, handle = deployed(world)
        rename(world, audit, handle)
        enqueue(Sample(name="a", hopeless=True))
        world.settle()

        (letter,) = world.dead_letters(OLD).messages.values()
        assert letter.attributes["job"]["StringValue"] == OLD
        assert not world.dead_letters(NEW).messages
        assert world.redrive(OLD) == 1
        world.settle()
        audit.check()
        assert len(world.dead_letters(OLD).messages) == 1
