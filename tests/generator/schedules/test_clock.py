"""The days on which a zone moves its clock, and the schedules that they touch."""

from datetime import UTC, datetime, timedelta

import pytest

from generator.schedules import Affected, affected_fires, load_zone, parse_cron, zone_problem
from generator.schedules.clock import ClockChange, clock_changes
from tests import chance

NOVEMBER = datetime(2026, 11, 23, tzinfo=UTC)


def local(text: str) -> datetime:
    """Read a local time."""
    return datetime.fromisoformat(text)


def test_the_next_clock_changes_of_a_zone_are_found() -> None:
    """Berlin skips an hour in March and repeats one in October."""
    changes = list(clock_changes(load_zone("Europe/Berlin"), NOVEMBER, 366))

    assert [
        ClockChange(local("2027-03-28T02:00"), local("2027-03-28T03:00"), gap=True),
        ClockChange(local("2027-10-31T02:00"), local("2027-10-31T03:00"), gap=False),
    ] == changes


def test_half_an_hour_is_a_clock_change_too() -> None:
    """Lord Howe moves its clock by thirty minutes."""
    changes = list(clock_changes(load_zone("Australia/Lord_Howe"), NOVEMBER, 366))

    assert (
        ClockChange(local("2027-04-04T01:30"), local("2027-04-04T02:00"), gap=False) == changes[0]
    )
    assert ClockChange(local("2027-10-03T02:00"), local("2027-10-03T02:30"), gap=True) == changes[1]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("30 2 * * ? *", [("2027-03-28T02:30", True), ("2027-10-31T02:30", False)]),
        ("0 3 * * ? *", []),
        ("30 2 ? * MON *", []),
        ("30 2 L 10 ? *", [("2027-10-31T02:30", False)]),
    ],
)
def test_a_schedule_is_affected_only_when_it_names_the_time(
    expression: str, expected: list[tuple[str, bool]]
) -> None:
    """Only a named time inside the skipped or repeated hour counts."""
    found = affected_fires(parse_cron(expression), load_zone("Europe/Berlin"), NOVEMBER, 366)

    assert [Affected(local(text), gap=gap) for text, gap in expected] == list(found)


def test_every_minute_of_a_clock_change_is_looked_at() -> None:
    """Drawn expressions are affected as walking minute by minute finds."""
    draw = chance.drawer("clock changes")
    for _ in range(100):
        minute, hour = draw.choice(("*", "0", "59", "7/13", "30,45")), draw.choice("01234*")
        days = draw.choice(("* * ?", "L * ?", "28-31 3,10 ?", "? * SUN", "? 4/3 SUN#1", "? * MON"))
        cron = parse_cron(f"{minute} {hour} {days} {draw.choice(('*', '2027', '2028/3'))}")
        zone = load_zone(draw.choice(("Europe/Berlin", "Australia/Lord_Howe", "America/Santiago")))
        expected = []
        for change in clock_changes(zone, NOVEMBER, 550):
            minutes = int((change.end - change.first) / timedelta(minutes=1))
            every = (change.first + timedelta(minutes=number) for number in range(minutes))
            named = [
                at for at in every
                if at.minute in cron.minutes and at.hour in cron.hours and at.month in cron.months
                and at.year in cron.years and at.day in cron.days.of(at.year, at.month)
            ]  # fmt: skip
            expected += [Affected(at, gap=change.gap) for at in named[:1]]

        assert list(affected_fires(cron, zone, NOVEMBER, 550)) == expected


def test_utc_never_moves() -> None:
    """A schedule in UTC is affected by nothing."""
    assert list(affected_fires(parse_cron("* * * * ? *"), load_zone("UTC"), NOVEMBER, 800)) == []


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("Atlantis", ""),
        ("../../etc/passwd", ""),
        ("x" * 100_000, ""),
    ],
)
def test_a_wrong_zone_is_refused_with_the_near_one(name: str, suggestion: str) -> None:
    """A name that is not in the database gets the one that was probably meant."""
    problem = zone_problem(name)

    assert problem is not None
    assert suggestion == problem.suggestion
    with pytest.raises(KeyError):
        load_zone(name)


def test_a_right_zone_is_accepted() -> None:
    """Names of the database load, whatever the machine itself has installed."""
    assert zone_problem("Europe/Berlin") is None
    assert load_zone("Europe/Berlin").key == "Europe/Berlin"
