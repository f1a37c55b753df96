"""A simulated environment with the sample job, and the desk's way to it."""

from __future__ import annotations

import contextlib
import functools
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarivum_jobs import JobContext, PermanentError, enqueue
from clarivum_jobs.testing.aws import names
from envs.desk import groups, planning
from envs.desk.place import Job, Place
from tests.simulator import aws
from tests.simulator.sample import JOB, Handler, Sample, sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clarivum_jobs.testing import World
    from clarivum_jobs.testing.aws.queue import Message
    from clarivum_jobs.testing.checks.audit import Audit

SECRET = "nobody-may-see-this-value"  # noqa: S105 - a payload's, that must stay hidden


def place() -> Place:
    """Return the simulated environment as the desk sees it."""
    clients = {"sqs": aws.sqs, "dynamodb": aws.dynamodb, "scheduler": aws.scheduler}
    job = Job(
        name=JOB,
        model=lambda: Sample,
        upcasters=dict,
        concurrency=5,
        record_retention=1_555_200,
        dead_letter_retention=1_209_600,
        message_retention=345_600,
        properties={
            "name": {"type": "string"},
            "fails": {"type": "integer"},
            "hopeless": {"type": "boolean"},
            "secret": {"type": "string", "x-sensitive": True},
        },
    )
    return Place(
        root=Path(),
        project=names.PROJECT,
        environment=names.ENVIRONMENT,
        region=names.REGION,
        account_id=names.ACCOUNT,
        queue_base_url=names.queue_url(""),
        jobs={JOB: job},
        client=lambda service: clients[service](),
        operator=lambda: "anna",
    )


@dataclass
class Provider:
    """The third party: what fails without it succeeds once it is back."""

    back: bool = False


@contextlib.contextmanager
def world_of_letters(
    seed: int, hopeless: int, failing: int, provider: Provider | None = None
) -> Iterator[tuple[World, Audit, Place]]:
    """Open a world in which so many messages have died, of two kinds, in a drawn order."""
    handler = functools.partial(_mailing, provider or Provider())
    with sample(seed, handler=handler, max_attempts=2) as (world, audit):
        kinds = [True] * hopeless + [False] * failing
        random.Random(seed).shuffle(kinds)  # noqa: S311 - an order, no secret
        for number, lost in enumerate(kinds):
            enqueue(Sample(name=f"n{number}", hopeless=lost, fails=0 if lost else 7, secret=SECRET))
        world.settle()
        yield world, audit, place()


def _mailing(provider: Provider, world: World, audit: Audit) -> Handler:
    """Make a handler whose effect nobody recognises, so that each repeat of it is counted."""

    def handle(payload: Sample, context: JobContext) -> None:
        audit.began(context.job_id, context.attempt, context.max_attempts)
        if payload.hopeless and not provider.back:
            reason = "it cannot be"
            raise PermanentError(reason, code="hopeless")
        if context.attempt <= payload.fails and not provider.back:
            message = f"the provider answered {500 + context.attempt}"
            raise RuntimeError(message)
        world.effect("mail", context.idempotency_key, recognised=False)

    return handle


FAST = 500.0
"""Letters a second, where pacing is not the point."""


def kinds(place: Place) -> dict[str, groups.Group]:
    """Return the groups by the code of their errors."""
    (desk,) = groups.desks(place)
    return {group.code: group for group in desk.groups}


def wish(place: Place, code: str, **more: Any) -> planning.Wish:  # noqa: ANN401 - of a wish
    """Return the wish to replay the letters that died of one error."""
    group = kinds(place)[code]
    chosen = {"rate": FAST, "stop_after": 0, **more}
    return planning.Wish(
        JOB, "replay", "the provider is back", frozenset({group.fingerprint}), **chosen
    )


def bodies(messages: dict[str, Message]) -> dict[str, tuple[str, str]]:
    """Return what each message says and what is written on it, by its id."""
    return {
        name: (one.body, repr(sorted(one.attributes.items()))) for name, one in messages.items()
    }
