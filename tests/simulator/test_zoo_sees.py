"""The zoo would see a broken promise: with one mechanism taken out, a few schedules tell."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

import pytest

from clarivum_jobs.core.errors import EnqueueError, HandlerNotRunError
from clarivum_jobs.privacy.redactor import Redactor
from clarivum_jobs.records import claim
from clarivum_jobs.records.claiming import Busy, decide
from clarivum_jobs.testing import Faults, Outage
from clarivum_jobs.testing.checks.audit import ViolationError
from clarivum_jobs.worker import attempt, outcome, verdict
from clarivum_jobs.worker.handler_form import check_answer
from tests import chance
from tests.simulator.test_zoo import COPIES, Schedule, drawn, visit, wrongs

pytestmark = [pytest.mark.drawn, pytest.mark.long]

MOST = 60
"""Schedules that are drawn for each mechanism before it counts as unseen."""


def _blind(found: Any, ask: Any) -> Any:  # noqa: ANN401 - as `decide` has it
    """Begin although somebody else is at work."""
    decision = decide(found, ask)
    return decide(replace(found, lease=0), ask) if isinstance(decision, Busy) else decision


def _raised(error: BaseException) -> Exception:
    """Let through what is no `Exception`."""
    if not isinstance(error, Exception):
        raise error
    return error


def _believed(answer: object) -> None:
    """Take every answer for work that is done."""
    with contextlib.suppress(HandlerNotRunError):
        check_answer(answer)


BROKEN: dict[str, tuple[Any, str, Any]] = {
    "values stay in clear": (Redactor, "clean", lambda _self, text: text),
    "two are at work": (claim, "decide", _blind),
    "exits end the attempt unrecorded": (attempt, "_judgeable", _raised),
    "answers are believed": (attempt, "check_answer", _believed),
    "letters count receives": (
        outcome.Outcomes,
        "_attempts",
        lambda self, _error: self._delivery.receives,
    ),
    "letters are not sent": (outcome, "park", lambda _sqs, _letter: True),
    "outages use attempts up": (verdict, "_AWAY", (EnqueueError,)),
    "failures are acknowledged": (outcome.Outcomes, "_come_back", lambda *_: None),
}


FIXED: dict[str, dict[str, Any]] = {
    "two are at work": {"weather": COPIES},
    "outages use attempts up": {"weather": Faults(outages=(Outage("dynamodb", 0.03, 3_600),))},
}
"""What few schedules would have, and it shows in hardly any other."""


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_zoo_sees_what_is_broken(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among few drawn schedules one shows it."""
    draw = chance.drawer(f"broken {name}")
    monkeypatch.setattr(*BROKEN[name])

    assert any(
        _tells(replace(drawn(draw.getrandbits(64)), **FIXED.get(name, {}))) for _ in range(MOST)
    ), "nothing was seen"


def _tells(schedule: Schedule) -> bool:
    try:
        return any(wrongs(visit(schedule)))
    except ViolationError:
        return True
