"""What jobs ask of AWS in good weather and in bad, with every request written down."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import uuid
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unittest import mock

from clarivum_jobs import PermanentError, cancel, enqueue
from clarivum_jobs.testing import Deployment, Faults, Timer, World
from clarivum_jobs.testing.aws.authorizer import Authorizer
from clarivum_jobs.testing.machine.router import RefusedError
from clarivum_jobs.worker import Worker
from tests.simulator.manifest import deployment, sample_of, site, workers
from tests.simulator.sample import Sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clarivum_jobs import JobContext, Payload
    from clarivum_jobs.testing.aws.policy import Ask, Statement

_DAY = 86_400
WEATHER = {
    "calm": Faults(),
    "copies": Faults(duplicate=0.7, part=0.2),
    "errors": Faults(error=0.15, slip=0.1),
}
"""What may go wrong around a job, by name."""

SAMPLE = "sample"


@dataclass
class Requests:
    """What was asked for, by the name of the role.

    Attributes:
        asked: Every request that the roles' policies were asked about.
        granted: What each role's policy says.
        withheld: Role and action that are refused whatever the policies say.
        met: Whether that was ever asked for.
    """

    asked: dict[str, set[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    granted: dict[str, list[Statement]] = field(default_factory=dict)
    withheld: tuple[str, str] = ("", "")
    met: bool = False

    def note(self, role: str, ask: Ask) -> None:
        """Write one request down.

        Raises:
            RefusedError: It is withheld.
        """
        name = role.rpartition("/")[2]
        context = tuple(sorted((key, tuple(values)) for key, values in ask.context.items()))
        self.asked[name].add((ask.action, ask.resource, context))
        if (name, ask.action) == self.withheld:
            self.met = True
            raise RefusedError(code="AccessDenied", why=f"{ask.action} is withheld", status=403)


@contextmanager
def noting(requests: Requests) -> Iterator[None]:
    """Write down what every world inside asks its policies."""
    check_all = Authorizer.check_all

    def noted(self: Authorizer, role: str, wanted: Iterable[Ask]) -> None:
        for ask in wanted:
            check_all(self, role, [ask])
            requests.granted[role.rpartition("/")[2]] = self.roles[role]
            requests.note(role, ask)

    logging.disable(logging.CRITICAL)  # thousands of lines that nobody reads
    try:
        with mock.patch.object(Authorizer, "check_all", noted):
            yield
    finally:
        logging.disable(logging.NOTSET)


def outcome(name: str, weather: str) -> tuple[object, ...]:
    """Play a job: its sample twice, what it enqueues, something unreadable, and a day of schedules.

    Returns:
        What was done, how often it was tried, where letters lie, and when it was over.
    """
    with World(7, WEATHER[weather]) as world:
        for job in {name, *workers()[name].job.enqueues}:
            world.deploy(deployment(job))
        site(world)
        for payload in (*_payloads(name), sample_of(name)):
            enqueue(payload)
        world.queue(name).send("no envelope", {})
        over = _end(world)
        world.run(_DAY + 3600)
        letters = [len(world.dead_letters(job).messages) for job in sorted(world.deployments)]
        world.redrive(name)
        _end(world)
        return dict(world.effects.done), len(world.runs), letters, over


def sampled(weather: str) -> tuple[object, ...]:
    """Play a job that does what no job of the manifest does: it enqueues later, and takes it back.

    Its schedule skips a run that would overlap; a letter of its that was mended is replayed.
    """
    done: list[str] = []
    broken = [True]

    def handle(payload: Sample, _context: JobContext) -> None:
        if payload.name == "first":
            for name in ("later", "never"):
                enqueue(Sample(name=name), delay=dt.timedelta(hours=1))
            done.append(f"cancelled: {cancel(Sample(name='never'))}")
        if payload.name == "letter" and broken:
            reason = "not yet"
            raise PermanentError(reason)
        done.append(payload.name)

    timer = Timer("often", "rate(1 hour)", payload={"name": "x"}, overlap="skip")
    job = Deployment(
        SAMPLE, lambda: Worker(Sample, handle), enqueues=(SAMPLE,), timers=(timer,), concurrency=1
    )
    with World(7, WEATHER[weather]) as world:
        world.deploy(job)
        for name in ("first", "letter"):
            enqueue(Sample(name=name))
        over = _end(world)
        world.run(3 * 3600)
        broken.clear()
        world.redrive(SAMPLE)
        world.run(3600)
        return sorted(done), len(world.runs), len(world.dead_letters(SAMPLE).messages), over


@functools.cache
def requests() -> Requests:
    """Return all that was asked for in every scenario."""
    found = Requests()
    with noting(found):
        for weather in WEATHER:
            sampled(weather)
            for name in workers():
                outcome(name, weather)
    return found


def _payloads(name: str) -> Iterator[Payload]:
    payload = sample_of(name)
    yield payload
    if "recipient" in type(payload).model_fields:
        changed = {"document_id": uuid.UUID(int=9), "recipient": "ada@b.example"}
        yield payload.model_copy(update=changed)
    if "days" in type(payload).model_fields:
        yield payload.model_copy(update={"export_id": "range", "days": 2})


def _end(world: World) -> int:
    began = world.loop.now
    while world.busy and world.loop.now - began < 3 * _DAY * 1000:
        world.run(60)
    return world.loop.now - began
