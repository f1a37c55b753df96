"""A document is exported and its link mailed: two jobs, one of each, whatever ends the first."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Literal

import pytest

from clarivum_jobs import enqueue
from clarivum_jobs.testing import NONE, Faults, Kill, World
from generated.payloads.pdf_export import PdfExport
from tests.simulator.manifest import deployment, site

if TYPE_CHECKING:
    from clarivum_jobs.testing.machine.faults import Moment

JOB, MAIL = "pdf-export", "email-fulfillment"
MOMENTS: tuple[Moment, ...] = ("before", "after")


def _export(form: Literal["pdf", "epub"], faults: Faults = NONE, times: int = 1) -> World:
    with World(0, faults) as world:
        for job in (JOB, MAIL):
            world.deploy(deployment(job))
        site(world)
        wish = PdfExport(document_id=uuid.UUID(int=1), format=form, recipient="ada@b.example")
        for _ in range(times):
            enqueue(wish)
        world.settle()
    return world


def _done(world: World, operation: str) -> int:
    return sum(n for name, n in world.effects.done.items() if name.startswith(operation))


def _outcome(world: World) -> tuple[int, int, int]:
    parked = sum(len(world.dead_letters(job).messages) for job in (JOB, MAIL))
    return _done(world, "PutObject"), _done(world, "SendEmail"), parked


@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_one_document_and_one_mail_however_often_it_is_asked_for(
    form: Literal["pdf", "epub"],
) -> None:
    """Three sends of one wish are one export; and no mail has another content than before."""
    world = _export(form, times=3)

    assert _outcome(world) == (1, 1, 0)
    assert next(iter(world.s3.objects))[1].endswith(f".{form}")


def test_killed_at_any_call_one_document_and_one_mail() -> None:
    """The export at each of its calls; a mail that was enqueued twice is sent once."""
    twice = 0
    for call in range(1, _export("epub").runs[0].calls + 1):
        for moment in MOMENTS:
            world = _export("epub", Faults(kills=(Kill(1, call, moment),)))
            assert _outcome(world) == (1, 1, 0), (call, moment)
            twice += world.trace.text.count(f"simulated-{MAIL} sent") > 1
    assert twice
