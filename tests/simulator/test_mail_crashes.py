"""Which crash can send a mail twice: one between SES's taking it and the record, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clarivum_jobs import enqueue
from clarivum_jobs.testing import NONE, Faults, Kill, World
from clarivum_jobs.testing.checks.examples import example
from clarivum_jobs.testing.machine.faults import Outage
from tests.simulator.manifest import deployment, payload_of, site

if TYPE_CHECKING:
    from clarivum_jobs.testing.machine.faults import Moment

JOB, SEND = "email-fulfillment", "sesv2.SendEmail"
MOMENTS: tuple[Moment, ...] = ("before", "after")


def _mailed(faults: Faults = NONE, seed: int = 0) -> tuple[World, int]:
    """Enqueue one mail; return its world, and how often it was sent."""
    with World(seed, faults) as world:
        world.deploy(deployment(JOB))
        site(world)
        enqueue(example(payload_of(JOB)))
        world.settle()
    return world, sum(n for name, n in world.effects.done.items() if name.startswith("SendEmail"))


def test_one_crash_alone_can_send_twice() -> None:
    """Ended at every call, on both sides: repeated only from SES's call to the record."""
    world, sent = _mailed()
    counts = []
    for number in range(1, world.runs[0].calls + 1):
        for moment in MOMENTS:
            world, times = _mailed(Faults(kills=(Kill(1, number, moment),)))
            counts.append(times)
            in_between = world.runs[0].done[-1:] == [SEND]
            assert times == (2 if in_between else 1), (number, moment)
            assert not world.dead_letters(JOB).messages

    assert sent == 1
    assert counts.count(2) == 2  # after SES's call, and before the next one: the same moment


def test_lost_answer_of_ses_is_the_other_way() -> None:
    """The client itself asks once only; the next attempt cannot know that SES took the mail."""
    repeated = 0
    for seed in range(80):
        world, times = _mailed(Faults(error=0.1), seed)
        lost = 'call="SendEmail" moment="after"' in world.trace.text
        assert all(run.done.count(SEND) <= 1 for run in world.runs)
        assert lost or times <= 1
        repeated += times > 1
    assert repeated


@pytest.mark.parametrize("code", ["TooManyRequestsException", "SendingPausedException"])
def test_mail_that_ses_refuses_for_a_while_is_sent_once_after_it(code: str) -> None:
    """What is refused was not taken, and no attempt of it counts as sent."""
    away = Outage("sesv2", seconds=30, operations=("SendEmail",), code=code)
    world, sent = _mailed(Faults(outages=(away,)))

    assert sent == 1
    assert not world.dead_letters(JOB).messages
