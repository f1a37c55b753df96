"""The fires that are computed are those that walking minute by minute finds."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.schedules import load_zone, next_fires, parse_cron, shortest_interval
from tests.generator.schedules.expressions import expressions
from tests.generator.schedules.oracle import is_day, walk

pytestmark = pytest.mark.long

# Each with a moment shortly before something happens to its clock.
CLOCKS = (
    ("Europe/Berlin", datetime(2027, 3, 27, 12, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2027, 10, 30, 12, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 31, 20, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2027, 10, 2, 0, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2027, 4, 3, 0, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 29, 0, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2027, 2, 6, 12, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2028, 2, 28, 0, tzinfo=UTC)),
    ("UTC", datetime(2027, 12, 30, 0, tzinfo=UTC)),
)
TWO_DAYS = 2 * 24 * 60
FIVE_WEEKS = 35 * 24 * 60


def computed(expression: str, zone: str, after: datetime, minutes: int) -> list[datetime]:
    """Return the fires within a number of minutes, in UTC."""
    until = after + timedelta(minutes=minutes)
    fires = next_fires(parse_cron(expression), load_zone(zone), after, minutes)
    return [fire.astimezone(UTC) for fire in fires if fire.astimezone(UTC) <= until]


@settings(max_examples=150, deadline=None)
@given(expression=expressions(), clock=st.sampled_from(CLOCKS), minutes=st.integers(0, 1440))
@example(expression="30 2 * * ? *", clock=CLOCKS[0], minutes=0)
@example(expression="* * * * ? *", clock=CLOCKS[1], minutes=0)
def test_fires_near_a_clock_change_equal_the_walk(
    expression: str, clock: tuple[str, datetime], minutes: int
) -> None:
    """Around gaps and overlaps, `next_fires` returns exactly what the minute walk sees."""
    zone, moment = clock
    after = moment + timedelta(minutes=minutes)

    expected = list(walk(expression, load_zone(zone), after, TWO_DAYS))

    assert expected == computed(expression, zone, after, TWO_DAYS)


@settings(max_examples=20, deadline=None)
@given(expression=expressions(), clock=st.sampled_from(CLOCKS))
def test_fires_of_five_weeks_equal_the_walk(expression: str, clock: tuple[str, datetime]) -> None:
    """Over the end of a month, `next_fires` returns exactly what the minute walk sees."""
    zone, after = clock

    expected = list(walk(expression, load_zone(zone), after, FIVE_WEEKS))

    assert expected == computed(expression, zone, after, FIVE_WEEKS)


@settings(max_examples=200, deadline=None)
@given(expression=expressions(), year=st.integers(2020, 2040), month=st.integers(1, 12))
@example(expression="0 0 31W * ? *", year=2027, month=1)
@example(expression="0 0 1W * ? *", year=2027, month=5)
@example(expression="0 0 ? * 3#5 *", year=2027, month=6)
def test_days_of_a_month_equal_the_definition(expression: str, year: int, month: int) -> None:
    """L, LW, W, # and lists name the days that their definition names."""
    cron = parse_cron(expression)
    days = range(1, monthrange(year, month)[1] + 1)
    expected = tuple(day for day in days if is_day(expression, date(year, month, day)))

    named = month in cron.months and year in cron.years

    assert expected == (cron.days.of(year, month) if named else ())


def test_a_gap_is_skipped_and_an_overlap_runs_once() -> None:
    """Half past two in Berlin is missing on the spring Sunday and fires once in autumn."""
    cron, berlin = parse_cron("30 2 * * ? *"), load_zone("Europe/Berlin")

    spring = next_fires(cron, berlin, datetime(2027, 3, 27, 12, tzinfo=UTC), 1)
    autumn = next_fires(cron, berlin, datetime(2027, 10, 30, 12, tzinfo=UTC), 2)

    assert [fire.isoformat() for fire in spring] == ["2027-03-29T02:30:00+02:00"]
    assert [fire.isoformat() for fire in autumn] == [
        "2027-10-31T02:30:00+02:00",
        "2027-11-01T02:30:00+01:00",
    ]


def test_the_year_field_ends_the_schedule() -> None:
    """After the last year nothing fires, and fewer fires than asked for are returned."""
    cron = parse_cron("0 0 1 JAN ? 2028")

    fires = next_fires(cron, load_zone("UTC"), datetime(2027, 1, 1, tzinfo=UTC), 5)

    assert [datetime(2028, 1, 1, tzinfo=UTC)] == [fire.astimezone(UTC) for fire in fires]
    assert next_fires(cron, load_zone("UTC"), datetime(2028, 1, 1, tzinfo=UTC), 5) == []


def test_a_day_that_no_month_has_never_fires() -> None:
    """The 31st of February is found to be empty without walking the centuries."""
    fires = next_fires(parse_cron("0 0 31 FEB ? *"), load_zone("UTC"), datetime.now(UTC), 1)

    assert fires == []


@settings(max_examples=100, deadline=None)
@given(expression=expressions(), clock=st.sampled_from(CLOCKS))
@example(expression="0,59 0,23 * * ? *", clock=CLOCKS[0])
@example(expression="0 0 1 JAN ? 2030", clock=CLOCKS[0])
def test_the_shortest_interval_is_that_of_the_fires(
    expression: str, clock: tuple[str, datetime]
) -> None:
    """Where no clock changes, no two of the next fires are nearer, and two are as near."""
    cron, day = parse_cron(expression), clock[1].replace(hour=0)
    times = len(cron.hours) * len(cron.minutes)

    fires = next_fires(cron, load_zone("UTC"), day - timedelta(seconds=1), 64 * times)

    intervals = {later - earlier for earlier, later in pairwise(fires)}
    assert shortest_interval(cron, day.date()) == min(intervals, default=None)
