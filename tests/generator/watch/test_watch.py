"""A missed run is heard of in time and a run in time never rings: minutes are played one by one."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.manifest.resolved import Schedule
from generator.schedules import load_zone, parse_cron
from generator.schedules.fires import comes_twice, iterate_fires
from generator.watch.clock import HORIZON
from generator.watch.watch import (
    LONGEST_EXPRESSION,
    MOST_EXPRESSIONS,
    RUNS,
    Watch,
    watch_of,
)
from tests.metric_math import Sheet

pytestmark = pytest.mark.long

MINUTE, DAY = 60, 86_400
ZONES = (
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"),
    *("Africa/Casablanca", "Pacific/Auckland", "America/Santiago"),
)
YEAR_ENDS = (datetime(2027, 12, 31, tzinfo=UTC), datetime(2028, 2, 28, tzinfo=UTC))


def schedule(kind: str, text: str, zone: str = "UTC", *, enabled: bool = True) -> Schedule:
    """Return a schedule."""
    return Schedule("it", {kind: text}, zone, enabled, {}, ())


def missing(watch: Watch, begin: datetime, days: int, runs: dict[int, float]) -> dict[int, float]:
    """Return the points of the alarm's expression, by the minute."""
    start = int(begin.timestamp())
    times = range(start, start + days * DAY, watch.period)
    expressions = {**watch.steps, "missed": f"({watch.due}) > {RUNS}"}
    return Sheet(times, {RUNS: runs}, expressions).series("missed")


def rings(points: dict[int, float], watch: Watch) -> list[int]:
    """Return when the alarm begins to ring: at the end of the last of so many points in a row."""
    found, row = [], 0
    for at, value in sorted(points.items()):
        row = row + 1 if value >= 1 else 0
        if row == watch.periods:
            found.append(at + watch.period)
    return found


def fires(text: str, zone: str, begin: datetime, days: int) -> list[int]:
    """Return when runs are due, from the walk over the calendar that `explain` shows as well."""
    found = []
    for moment in iterate_fires(parse_cron(text), load_zone(zone), begin - timedelta(minutes=1)):
        if moment >= begin + timedelta(days=days):
            break
        found.append(int(moment.timestamp()))
    return found


_MINUTES = st.sampled_from(
    ["0", "30", "59", "0,30", "5,50", "0/20", "0/15", "0/10", "0/5", "*", "3,17,44", "0,14,31"]
)
_HOURS = st.sampled_from(["*", "0", "2", "3", "23", "8-18", "0/6", "1,2,3", "22-23,0-3", "*/2"])
_DAYS = st.sampled_from(
    [
        *("* * ?", "1 * ?", "L * ?", "29 * ?", "1-5,31 * ?", "1 JAN,MAR ?", "L FEB ?"),
        *("? * MON-FRI", "? * SUN", "? * 3#2", "? * 6L", "? * MON,SAT", "? JUL-AUG *"),
    ]
)
_CRONS = st.builds("{} {} {} *".format, _MINUTES, _HOURS, _DAYS)
_BEGINS = st.one_of(
    st.sampled_from(YEAR_ENDS),
    st.integers(0, 365 * 5).map(lambda day: datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=day)),
)


def changes(zone: str) -> list[datetime]:
    """Return the days on which a zone's clock changes."""
    days = [datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(400)]
    offsets = [day.astimezone(load_zone(zone)).utcoffset() for day in days]
    pairs = zip(days, pairwise(offsets), strict=False)
    return [day for day, (before, after) in pairs if before != after]


@settings(max_examples=30)
@given(
    text=_CRONS,
    zone=st.sampled_from(ZONES),
    begin=_BEGINS,
    pick=st.integers(0, 9),
    late=st.lists(st.integers(0, 1), min_size=1, max_size=9),
)
def test_what_runs_in_time_never_rings(
    text: str, zone: str, begin: datetime, pick: int, late: list[int]
) -> None:
    """Each run is counted in the minute it is due or in the next, on days of change as well."""
    watch = watch_of(schedule("cron", text, zone))
    if watch is None:
        return
    days = changes(zone)
    begin = days[pick % len(days)] - timedelta(days=1) if days and pick < 5 else begin
    due = fires(text, zone, begin - timedelta(days=1), 5)
    runs = {at + late[n % len(late)] * MINUTE: 1.0 for n, at in enumerate(due)}

    assert rings(missing(watch, begin, 3, runs), watch) == []


@pytest.mark.parametrize("which", ["the first", "the second"])
@pytest.mark.parametrize("minute", ["30", "0/20"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_a_time_that_comes_twice_never_rings(zone: str, minute: str, which: str) -> None:
    """Scheduler runs once in autumn; at which of the two times is its own affair."""
    watch = watch_of(schedule("cron", f"{minute} * * * ? *", zone))
    assert watch is not None
    clock = load_zone(zone)
    for day in changes(zone):
        runs: dict[int, float] = {}
        for at in range(int(day.timestamp()) - DAY, int(day.timestamp()) + 2 * DAY, MINUTE):
            shown = datetime.fromtimestamp(at, clock)
            twice = comes_twice(shown.replace(tzinfo=None, fold=0), clock)
            skipped = twice and shown.fold != (which == "the second")
            if shown.minute in parse_cron(f"{minute} * * * ? *").minutes and not skipped:
                runs[at] = 1.0

        assert rings(missing(watch, day - timedelta(hours=12), 2, runs), watch) == []


@settings(max_examples=30)
@given(text=_CRONS, zone=st.sampled_from(ZONES), begin=_BEGINS)
def test_a_stop_is_heard_of_in_time(text: str, zone: str, begin: datetime) -> None:
    """From a run on none comes any more: the alarm rings within what is said."""
    watch = watch_of(schedule("cron", text, zone))
    if watch is None:
        return
    due = fires(text, zone, begin, 40)
    local = [datetime.fromtimestamp(at, load_zone(zone)).replace(tzinfo=None) for at in due]
    candidates = [
        at
        for at, shown in zip(due, local, strict=True)
        if at > begin.timestamp() + 2 * DAY and not comes_twice(shown, load_zone(zone))
    ]
    if not candidates:
        return
    stopped = candidates[0]
    start = datetime.fromtimestamp(stopped - stopped % DAY - DAY, UTC)
    if any(abs(day - start) < timedelta(days=4) for day in changes(zone)):
        return  # the day of change itself is judged above: nothing rings for nothing
    before = fires(text, zone, start - timedelta(days=2), 4)
    runs = {at: 1.0 for at in before if at < stopped}

    heard = rings(missing(watch, start, 3, runs), watch)

    assert heard, watch
    assert stopped < heard[0] <= stopped + watch.after


@pytest.mark.parametrize(
    "text",
    ["30 4 * * ? *", "0 * * * ? *", "0/15 * * * ? *", "0/5 8-18 ? * MON-FRI *", "0 3 L * ? *"],
)
@pytest.mark.parametrize("zone", ZONES)
def test_usual_schedules_are_watched_within_twenty_minutes(text: str, zone: str) -> None:
    """Nightly, hourly, each quarter, business hours, end of month: the metrics' delay included."""
    watch = watch_of(schedule("cron", text, zone))

    assert watch is not None
    assert watch.after + 2 * MINUTE <= 20 * MINUTE


@given(text=_CRONS, zone=st.sampled_from(ZONES))
def test_an_alarm_can_hold_the_expressions(text: str, zone: str) -> None:
    """CloudWatch's limits: ten expressions of 2,048 characters, and a day to look back."""
    watch = watch_of(schedule("cron", text, zone))
    if watch is None:
        return
    texts = [*watch.steps.values(), f"({watch.due}) > {RUNS}"]

    assert len(texts) <= MOST_EXPRESSIONS
    assert max(map(len, texts)) <= LONGEST_EXPRESSION
    assert watch.period * watch.periods <= DAY


@settings(max_examples=40)
@given(minutes=st.one_of(st.integers(1, 1500), st.integers(1, 12 * 1440)))
def test_a_rate_is_watched_by_the_time_between(minutes: int) -> None:
    """In time it never rings; stopped it rings within what is said, as far back as can be seen."""
    unit = "minute" if minutes == 1 else "minutes"
    watch = watch_of(schedule("rate", f"{minutes} {unit}"))
    if watch is None:
        assert minutes * MINUTE + 15 * MINUTE > 7 * DAY - 3600
        return
    look = watch.period * watch.periods
    assert look <= (DAY if watch.period < 3600 else 7 * DAY)
    start, days = datetime(2027, 1, 4, tzinfo=UTC), 5 if watch.period == MINUTE else 30
    begin = int(start.timestamp())
    due = list(range(begin, begin + days * DAY, minutes * MINUTE))
    runs = {at - (at - begin) % watch.period: 1.0 for at in due}

    assert rings(missing(watch, start, days, runs), watch) == []
    stopped = due[len(due) // 2]
    before = {at: 1.0 for at in runs if at < stopped - (stopped - begin) % watch.period}
    heard = rings(missing(watch, start, days, before), watch)
    assert heard
    assert stopped < heard[0] <= stopped + watch.after


def test_one_moment_is_watched_once() -> None:
    """A run at one moment that does not come rings once; one that comes, or another day, never."""
    watch = watch_of(schedule("at", "2027-03-05T09:00:00", "Asia/Tokyo"))
    assert watch is not None
    at = int(datetime(2027, 3, 5, tzinfo=UTC).timestamp())
    start = datetime(2027, 3, 4, tzinfo=UTC)

    assert rings(missing(watch, start, 3, {}), watch) == [at + 15 * MINUTE]
    assert rings(missing(watch, start, 3, {at + MINUTE: 1.0}), watch) == []


def test_what_is_off_or_cannot_be_told_is_not_watched() -> None:
    """A schedule that is off misses nothing; a weekday nearest to a date is beyond metric math."""
    assert watch_of(schedule("cron", "0 4 * * ? *", enabled=False)) is None
    assert watch_of(schedule("cron", "0 4 15W * ? *")) is None
    assert watch_of(schedule("cron", "0 4 * * ? 2027")) is None
    assert watch_of(schedule("rate", "8 days")) is None


def test_the_known_changes_of_the_clock_last_for_years() -> None:
    """It fails while there is time: raise the horizon, regenerate, deploy."""
    assert HORIZON[1] - datetime.now(tz=UTC).year >= 3
