"""When on-call hears: each alarm's arithmetic against a clock that is run second by second."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.explain.hearing import ERRORS_PERIOD, MINUTE, Hearing, hearings
from generator.manifest.resolved import Worker
from generator.manifest.timeline import max_receives, timeline_of
from tests.generator import manifests

_SETTINGS = st.fixed_dictionaries(
    {
        "timeout": st.integers(1, 900).map("{}s".format),
        "max_attempts": st.integers(1, 8),
        "delay": st.sampled_from(["0s", "30s", "15m"]),
        "alarms": st.fixed_dictionaries({"errors": st.integers(1, 9)}),
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


@given(_SETTINGS)
def test_a_crash_is_heard_of_within_what_is_said(settings: dict[str, object]) -> None:
    """One message that crashes each time: whatever rings first rings in time, and is named."""
    made = worker(settings)
    apart = made.visibility_timeout + made.delay
    receives = max_receives(made)
    crashes = [made.delay + number * apart for number in range(receives)]
    rings: dict[str, int] = {"oldest-message": made.alarms.oldest_message + 2 * MINUTE}
    rings["dead-letters"] = crashes[-1] + apart + 2 * MINUTE
    windows = [
        at
        for index, at in enumerate(crashes)
        if sum(1 for other in crashes[: index + 1] if other > at - ERRORS_PERIOD)
        >= made.alarms.errors
    ]
    if windows:
        rings["errors"] = windows[0] + ERRORS_PERIOD + MINUTE
    said = heard(made)["the worker crashes when it is loaded"]

    assert said.after == min(rings.values())
    assert rings[said.alarm] == said.after


@given(_SETTINGS)
def test_a_failing_handler_is_heard_of_by_its_dead_letter_or_its_age(
    settings: dict[str, object],
) -> None:
    """Not later than the last attempt can end, and than the oldest message may wait."""
    made = worker(settings)
    said = heard(made)["the handler fails whatever it gets"]

    assert said.after <= timeline_of(made).attempts[-1].failing + made.timeout + 2 * MINUTE
    assert said.after <= made.alarms.oldest_message + 2 * MINUTE
    assert said.after <= made.message_retention


def test_by_default_a_crash_is_heard_of_within_minutes() -> None:
    """What the runbook promises for an import that fails, for the longest timeout too."""
    for timeout in ("1s", "30s", "15m"):
        said = heard(worker({"timeout": timeout}))["the worker crashes when it is loaded"]

        assert said.after <= ERRORS_PERIOD + MINUTE
    assert said.alarm == "errors"


def test_no_alarm_is_promised_for_a_run_that_does_not_come() -> None:
    """A job with a schedule says so; one without says nothing."""
    run = {"name": "x", "cron": "0 4 * * ? *", "timezone": "UTC", "payload": {"order_id": "x"}}

    assert "no alarm" in heard(worker({"schedule": [run]}))["a schedule does not run"].text
    assert "a schedule does not run" not in heard(worker({}))
