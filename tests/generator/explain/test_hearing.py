"""When on-call hears: each alarm's arithmetic against a clock that is run second by second."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.alarm_kinds import LATENCY, MINUTE, PERIOD, WAKING
from generator.hearing import Hearing, hearings
from generator.manifest.resolved import Worker
from generator.manifest.timeline import max_receives, timeline_of
from tests.generator import manifests

CRASH, TIMEOUT = "the worker crashes when it is loaded", "each invocation runs into its timeout"
FAILS, STUCK = "the handler fails whatever it gets", "no worker takes messages"
SOON = 20 * MINUTE

_SETTINGS = st.fixed_dictionaries(
    {
        "timeout": st.integers(1, 900).map("{}s".format),
        "max_attempts": st.integers(1, 8),
        "delay": st.sampled_from(["0s", "30s", "15m"]),
        "alarms": st.fixed_dictionaries(
            {"errors": st.integers(1, 9), "level": st.sampled_from(["quiet", "full"])}
        ),
        "message_retention": st.just("13d"),
    }
)


def worker(settings: dict[str, Any]) -> Worker:
    """Return a worker with some settings."""
    with tempfile.TemporaryDirectory() as folder:
        return manifests.worker(Path(folder), **settings)


def heard(made: Worker) -> dict[str, Hearing]:
    """Return when on-call hears, by what fails."""
    return {hearing.failure: hearing for hearing in hearings(made)}


def schedule(**how: str) -> dict[str, object]:
    """Return a schedule of the sample job."""
    return {"name": "it", **how, "payload": {"order_id": "x"}}


@pytest.mark.parametrize("failure", [CRASH, TIMEOUT])
@given(settings=_SETTINGS)
def test_a_crash_is_heard_of_within_what_is_said(failure: str, settings: dict[str, object]) -> None:
    """One message that crashes each time: whatever rings first rings in time, and is named."""
    made = worker(settings)
    lasting = 10 if failure == CRASH else made.timeout
    apart = made.visibility_timeout + made.delay
    receives = max_receives(made)
    crashes = [made.delay + number * apart for number in range(receives)]
    rings: dict[str, int] = {"oldest-message": made.alarms.oldest_message + LATENCY}
    rings["dead-letters"] = crashes[-1] + apart + WAKING + LATENCY
    windows = [
        at
        for index, at in enumerate(crashes)
        if sum(1 for other in crashes[: index + 1] if other > at - PERIOD) >= made.alarms.errors
    ]
    if windows:
        rings["errors"] = windows[0] + lasting + PERIOD + MINUTE
    said = heard(made)[failure]

    assert said.after == min(rings.values())
    assert rings[said.alarm] == said.after


@given(_SETTINGS)
def test_a_failing_handler_is_heard_of_by_its_dead_letter_or_its_age(
    settings: dict[str, object],
) -> None:
    """Not later than the last attempt can end, and than the oldest message may wait."""
    made = worker(settings)
    said = heard(made)[FAILS]
    dead = timeline_of(made).attempts[-1].failing + made.timeout

    assert said.after <= dead + WAKING + LATENCY
    assert said.after <= made.alarms.oldest_message + LATENCY
    assert said.after <= made.message_retention


@given(_SETTINGS)
def test_a_stuck_queue_is_heard_of_as_a_stall_or_by_its_age(settings: dict[str, object]) -> None:
    """The stall is told soon after the longest that busy workers may take no message."""
    made = worker(settings)
    said = heard(made)[STUCK]
    busy = made.timeout + 6 * MINUTE

    assert said.alarm == ("stalled" if made.alarms.level == "full" else "oldest-message")
    if said.alarm == "stalled":
        assert busy - MINUTE <= said.after - WAKING - LATENCY - made.delay <= max(busy, 600)


@pytest.mark.parametrize("level", ["quiet", "full"])
@pytest.mark.parametrize("timeout", ["1s", "30s", "15m"])
def test_a_crash_at_import_is_heard_of_within_twenty_minutes(timeout: str, level: str) -> None:
    """By default, for each timeout; at the longest one a time-out takes a little longer."""
    found = heard(worker({"timeout": timeout, "alarms": {"level": level}}))

    assert found[CRASH].alarm == "errors"
    assert found[CRASH].after <= SOON
    assert found[TIMEOUT].alarm == "errors"
    assert found[TIMEOUT].after <= SOON + 2 * MINUTE


@pytest.mark.parametrize("level", ["quiet", "full"])
@pytest.mark.parametrize(
    "how",
    [
        {"cron": "30 4 * * ? *", "timezone": "Europe/Berlin"},
        {"cron": "0 * * * ? *", "timezone": "Europe/Berlin"},
        {"cron": "0 6 ? * MON-FRI *", "timezone": "America/New_York"},
        {"cron": "0 3 1 * ? *", "timezone": "UTC"},
        {"rate": "5 minutes"},
        {"rate": "12 hours"},
        {"at": "2037-01-31T09:00:00", "timezone": "UTC"},
    ],
)
def test_a_schedule_that_does_not_run_is_heard_of_within_twenty_minutes(
    how: dict[str, str], level: str
) -> None:
    """Nightly ones as well: CloudWatch is told the time at which a run is due."""
    made = worker({"schedule": [schedule(**how)], "alarms": {"level": level}})
    said = heard(made)["the schedule it does not run"]

    assert said.alarm == "missed.it"
    assert said.after <= SOON


def test_what_cannot_be_heard_of_is_said() -> None:
    """A rate of days is heard of late, one of weeks never; and where alarms are off, nothing is."""
    daily = heard(worker({"schedule": [schedule(rate="1 day")]}))
    weekly = heard(worker({"schedule": [schedule(rate="8 days")]}))
    with tempfile.TemporaryDirectory() as folder:
        off = {"environments": {"dev": {"alarms": {"level": "off"}}}}
        silent = heard(manifests.worker(Path(folder), "dev", **off))

    assert SOON < daily["the schedule it does not run"].after <= 3 * 60 * MINUTE
    assert "not at all" in weekly["the schedule it does not run"].text
    assert {hearing.alarm for hearing in silent.values()} == {""}


def test_a_schedule_that_is_off_is_not_missed() -> None:
    """A job without schedules, or with none that is on, says nothing of them."""
    off = {**schedule(rate="1 day"), "enabled": False}

    assert not any("schedule" in failure for failure in heard(worker({})))
    assert not any("schedule" in failure for failure in heard(worker({"schedule": [off]})))
