"""The proposal for a Unix cron line fires when the Unix line would."""

from datetime import UTC, datetime, timedelta

import pytest

from generator.schedules import corrected, load_zone, next_fires, parse_cron

WEEK = 7 * 24 * 60


def unix_days(text: str) -> set[int]:
    """Return the days of week of a Unix field as Python counts them: Monday is 0."""
    days: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        low, high = (0, 6) if first == "*" else (int(first), int(last or first))
        days.update((day - 1) % 7 for day in range(low, high + 1, int(step or 1)))
    return days


@pytest.mark.parametrize(
    "week_day", ["*", "0", "7", "1-5", "0-4", "5-7", "0,6", "1,3,5", "*/2", "1-7"]
)
def test_the_proposal_keeps_the_days(week_day: str) -> None:
    """Every way to write days in Unix cron keeps its meaning in the proposal."""
    proposal = corrected(f"30 6 * * {week_day}")
    after = datetime(2027, 1, 3, tzinfo=UTC)
    expected = sorted(unix_days(week_day))

    fires = next_fires(parse_cron(proposal), load_zone("UTC"), after, WEEK)

    week = [fire for fire in fires if fire.astimezone(UTC) <= after + timedelta(days=7)]
    assert expected == sorted(fire.weekday() for fire in week)
    assert {(6, 30)} == {(fire.hour, fire.minute) for fire in week}
