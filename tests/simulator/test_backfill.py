"""A month of events is a job a day, and each row is there once, whatever ends the work."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs import Receipt, enqueue
from clarivum_jobs.records.children import fare
from clarivum_jobs.records.lookup import by_id
from clarivum_jobs.testing import NONE, Faults, Kill, World
from clarivum_jobs.testing.deployment import TABLE
from clarivum_jobs.testing.machine.faults import Outage
from generated.payloads.analytics_backfill import AnalyticsBackfill
from tests.simulator.aws import dynamodb
from tests.simulator.manifest import EVENTS, deployment, rendered, site

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from clarivum_jobs.testing.machine.faults import Moment

JOB = "analytics-backfill"
BUCKET: str = rendered(JOB)["variables"]["DATA_BUCKET"]
MONTH = AnalyticsBackfill(export_id="december", day=dt.date(2025, 12, 1), days=31)
DAY = AnalyticsBackfill(export_id="december", day=dt.date(2025, 12, 8))
MOMENTS: tuple[Moment, ...] = ("before", "after")


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten events a page and two pages a part, so that every day has something in its middle."""
    monkeypatch.setattr("handlers.support.events._PAGE_SIZE", 10)
    monkeypatch.setattr("handlers.support.day_export.MOST_ROWS", 20)


def _run(
    payload: AnalyticsBackfill,
    faults: Faults = NONE,
    seed: int = 0,
    then: Callable[[World, Receipt], Any] = lambda _world, _receipt: None,
) -> tuple[World, Any]:
    with World(seed, faults) as world:
        world.deploy(deployment(JOB))
        site(world)
        receipt = enqueue(payload)
        world.settle()
        return world, then(world, receipt)


def _rows(world: World, day: str) -> list[Any]:
    """Return the rows of a day that its manifest names, which must be as it counts them."""
    place = f"exports/december/{day}"
    manifest = json.loads(world.s3.objects[BUCKET, f"{place}/manifest.json"].body)
    rows: list[Any] = []
    for part in manifest["parts"]:
        lines = gzip.decompress(world.s3.objects[BUCKET, part["key"]].body).splitlines()
        assert len(lines) == part["rows"]
        rows += map(json.loads, lines)
    named = {f"{place}/manifest.json", *(part["key"] for part in manifest["parts"])}
    there = {key for key in world.s3.keys(BUCKET) if key.startswith(place)}
    assert there == named
    return rows


def _fare(receipt: Receipt) -> Counter[str]:
    record = by_id(dynamodb(), TABLE, JOB, receipt.job_id)
    assert record is not None
    assert record.status == "done"
    return fare(dynamodb(), TABLE, record)


def _again(world: World, receipt: Receipt) -> tuple[Counter[str], int]:
    """Send the month, a week of it and a day again: nothing is asked for and nothing changes."""
    before, asked = dict(world.s3.objects), world.trace.text.count('"PutObject"')
    for payload in (MONTH, MONTH.model_copy(update={"days": 7}), DAY):
        enqueue(payload)
    world.settle()
    assert world.s3.objects == before
    assert world.trace.text.count('"PutObject"') == asked
    return _fare(receipt), sum("status" in item for item in world.table.items.values())


def test_month_is_31_children_whose_rows_are_the_sources() -> None:
    """The parent's record counts them; a second run, or one that overlaps, changes nothing."""
    world, (counts, keys) = _run(MONTH, then=_again)

    assert counts == {"done": 31}
    assert keys == 31 + 2  # the days, and the two ranges
    assert {day: _rows(world, day) for day in EVENTS.events} == EVENTS.events
    assert sum(map(len, EVENTS.events.values())) == 755


@pytest.mark.parametrize("kind", ["parent", "day"])
def test_killed_at_any_call_no_row_is_lost_or_doubled(kind: str) -> None:
    """The parent at each of its calls, and a day in its middle at each of its calls."""
    payload = MONTH.model_copy(update={"days": 2}) if kind == "parent" else DAY
    days = [str(payload.day + dt.timedelta(days=number)) for number in range(payload.days)]
    world, _ = _run(payload)
    for call in range(1, world.runs[0].calls + 1):
        for moment in MOMENTS:
            world, _ = _run(payload, Faults(kills=(Kill(1, call, moment),)))
            assert [_rows(world, day) for day in days] == [EVENTS.events[day] for day in days]
            assert not world.dead_letters(JOB).messages


def test_parent_tells_how_its_children_fare_whatever_becomes_of_them() -> None:
    """While they wait, when one is dead, and after it was redriven."""
    first = AnalyticsBackfill(export_id="december", day=dt.date(2025, 12, 1), days=3)
    told: list[Counter[str]] = []

    def look(world: World, receipt: Receipt) -> None:
        told.append(_fare(receipt))
        world.faults = NONE
        world.redrive(JOB)
        world.settle()
        told.append(_fare(receipt))

    away = Outage("s3", seconds=40_000, operations=("PutObject",))
    _run(first, Faults(outages=(away,)), then=look)

    assert told == [{"dead": 3}, {"done": 3}]


def test_bad_day_of_aws_loses_and_doubles_no_row() -> None:
    """Copies, kills, lost answers and errors at random; what is parked is moved back."""
    week = MONTH.model_copy(update={"days": 7})

    def redrive(world: World, _receipt: Receipt) -> None:
        world.faults = NONE
        world.redrive(JOB)
        world.settle()

    rough = Faults(duplicate=0.1, reorder=0.5, kill=0.02, error=0.03, slip=0.03, lost_answer=0.03)
    for seed in range(6):
        world, _ = _run(week, rough, seed, redrive)
        found = {day: _rows(world, day) for day in list(EVENTS.events)[:7]}
        assert found == {day: EVENTS.events[day] for day in found}
