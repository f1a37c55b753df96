"""The parts of `make bench`: each row runs, and no ratio compares different work."""

from __future__ import annotations

import json
import random

import pytest

from tests.bench import generation, messages, startup, table
from tests.bench.measuring import Compared, DifferentWorkError, Ran, Row, Side, measured
from tests.chance import drawer

pytestmark = pytest.mark.long

FEW = 3


def _side(name: str, times: list[float], goal: float | None = None, work: int = 1) -> Side:
    remaining = iter(times)
    return Side(name, lambda: Ran(next(remaining), {"done": work}), goal)


def test_a_ratio_is_the_median_of_turns_taken_together() -> None:
    """A machine that slows down for some turns slows both sides: the ratio stays."""
    chance = drawer(__name__)
    slowness = [chance.choice([1.0, 7.0, 0.2]) for _ in range(6)]
    ours = [2 * each for each in slowness]

    found = measured(Row("r", "a run", _side("ours", ours), (_side("other", slowness, 2.5),)), 5)

    assert [each.ratio for each in found.sides] == pytest.approx([1.0, 2.0])
    assert found.sides[1].reached is True
    assert found.sides[0].reached is None


def test_the_first_turn_does_not_count_and_a_goal_can_be_missed() -> None:
    """It warms up caches of files; what follows decides."""
    row = Row("r", "a run", _side("ours", [0.1, 3, 3]), (_side("other", [9.0, 1, 1], 2.9),))

    found = measured(row, 2)

    assert found.sides[1].reached is False
    assert found.sides[1].seconds == 1
    assert "3 | 2.9, missed" in table.lines(found)


@pytest.mark.parametrize("turn", range(FEW))
def test_sides_that_did_different_work_have_no_ratio(turn: int) -> None:
    """Whatever differs, and in whichever turn."""
    other = iter([{"done": 1}] * turn + [{"done": 1, "failed": 0}] * FEW)
    odd = Side("other", lambda: Ran(1.0, next(other)))

    with pytest.raises(DifferentWorkError, match="'failed': 0"):
        measured(Row("r", "a run", _side("ours", [1.0] * FEW), (odd,)), FEW - 1)


def test_a_row_that_takes_minutes_takes_few_turns() -> None:
    """Its own bound counts where it is lower, and none is taken to warm up."""
    times = random.Random(1).sample(range(1, 9), 2)  # noqa: S311 - two numbers
    row = Row("r", "a run", _side("ours", [float(each) for each in times]), (), turns=2)

    assert measured(row, 9).sides[0].seconds == sum(times) / 2


@pytest.mark.parametrize(
    "row",
    [
        *messages.working(FEW),
        *messages.sending(FEW),
        messages.simulating(FEW),
    ],
    ids=lambda row: row.name,
)
def test_both_sides_of_a_message_do_the_same(row: Row) -> None:
    """They are held to it in each turn, and say how long it took."""
    found = measured(row, 1, warm=False)

    assert all(each.seconds > 0 for each in found.sides)
    assert len(table.lines(found).splitlines()) == len(row.others)


def test_a_worker_makes_the_calls_of_powertools_by_hand() -> None:
    """Two for each message: claimed and done."""
    (ours, by_hand), *_ = [(row.ours, row.others[0]) for row in messages.working(FEW)]

    assert ours.turn().work["calls"] == by_hand.turn().work["calls"] == 2 * FEW


@pytest.mark.parametrize(
    "make", [startup.check, startup.refused, lambda: generation.against_floor(2)]
)
def test_whole_runs_do_the_same(make: object) -> None:
    """Libraries loaded, or files written: as many, and as many bytes."""
    assert callable(make)
    found = measured(make(), 1, warm=False)

    data = json.loads(table.as_data([found]))["rows"][found.row.name]
    assert set(data) == {each.side.name for each in found.sides}


@pytest.mark.parametrize(("seconds", "written"), [(0.5, "0.50 s"), (0.0123, "12,300 us")])
def test_times_have_a_unit_that_fits(seconds: float, written: str) -> None:
    """No row of zeros."""
    assert table.time(seconds) == written


def test_differing_calls_are_told() -> None:
    """A producer of batches needs a tenth of the calls: the table says so."""
    row = Row("r", "a message", Side("ours", lambda: Ran(1, {}, {"calls": 10})))
    other = Side("other", lambda: Ran(2.0, {}, {"calls": 100}))

    found = measured(Row(row.name, row.unit, row.ours, (other,)), 1)

    assert "other (100 calls for 10)" in table.lines(found)
    assert isinstance(found.sides[1], Compared)
