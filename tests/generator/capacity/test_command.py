"""`capacity`: what a rate asks of a job, and which limit it meets first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.capacity import quotas
from generator.capacity.quotas import Work
from generator.cli import main
from tests.generator.explain.manifests import WORKERS

ROOT = Path(__file__).parents[3]
EMAIL = ("email-fulfillment", "--env", "prod", "--rate", "4", "--duration", "1s")


def _asked(*words: str) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["capacity", *words, "--root", str(ROOT), "--format", "json"])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)[0]
    return found


def test_a_rate_is_answered_in_numbers() -> None:
    """Five workers of a second each do five messages a second; four of them come."""
    found = _asked(*EMAIL)

    assert (found["concurrency"], found["capacity"], found["busy"]) == (5, 5.0, 0.8)
    assert found["concurrency_needed"] == 6
    assert found["outage_backlog"] == 4 * 3600
    assert found["drained_after_seconds"] == pytest.approx(4 * 3600)
    assert found["usd_a_month"] > 0


def test_what_grows_without_end_is_null() -> None:
    """More comes than is done: nothing is ever drained."""
    found = _asked(*EMAIL, "--attempts", "2")

    assert found["growth"] == pytest.approx(1.5)
    assert found["wait_seconds"] is found["backlog"] is found["drained_after_seconds"] is None


def test_the_first_limit_is_told_at_three_rates() -> None:
    """The job's own bound, until it is raised; an account may have more."""
    found = _asked(*EMAIL)
    others = [limit["name"] for limit in found["limits"][1:]]

    assert set(found["first_limit"]) == {"10", "1000", "100000"}
    assert set(found["first_limit"].values()) == {"the job's own `concurrency`"}
    assert "the account's 1,000 concurrent executions" in others
    raised = _asked(*EMAIL, "--account", "9000")
    assert {"name": "the account's 9,000 concurrent executions", "rate": 9000} in raised["limits"]


def test_in_words_there_are_backlog_outage_cost_and_limits() -> None:
    """For every environment, unless one is named."""
    done = CliRunner().invoke(
        main, ["capacity", *EMAIL[:1], "--rate", "40", "--duration", "800ms", "--root", str(ROOT)]
    )

    assert done.exit_code == 0
    assert done.output.count("email-fulfillment in ") == 4
    assert "grows by 33.8 a second: messages are lost" in done.output
    assert "1 hour away  144,000 wait, and nothing is to spare for them" in done.output
    assert f"as of {quotas.AS_OF}" in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("email", "--rate", "1"), 'there is no job "email"'),
        (("email-fulfillment", "--env", "live"), 'there is no environment "live"'),
        (("email-fulfillment", "--duration", "2 days"), "write 800ms, 1.5s, 15m or 1h"),
        (("email-fulfillment", "--duration", "0s"), "is no time"),
        (("email-fulfillment", "--rate", "0"), "not in the range"),
        (("email-fulfillment", "--attempts", "0.5"), "not in the range"),
    ],
)
def test_what_cannot_be_answered_says_why(words: tuple[str, ...], said: str) -> None:
    """Exit status 2 and a sentence."""
    done = CliRunner().invoke(main, ["capacity", *words, "--root", str(ROOT)])

    assert done.exit_code == 2
    assert said in done.output


@given(
    name=st.sampled_from(sorted(WORKERS)),
    seconds=st.floats(0.001, 900),
    attempts=st.floats(1, 50),
    pause=st.floats(0, 900),
    factor=st.floats(1.01, 100),
)
def test_slower_work_meets_no_limit_later(
    name: str, seconds: float, attempts: float, pause: float, factor: float
) -> None:
    """Limits stand in the order in which a growing rate meets them, and none is met twice."""
    worker = WORKERS[name]
    quick = quotas.limits(worker, Work(seconds, attempts, pause), 1000)
    slow = {
        limit.name: limit.rate
        for limit in quotas.limits(worker, Work(seconds * factor, attempts, pause), 1000)
    }

    assert [limit.rate for limit in quick] == sorted(limit.rate for limit in quick)
    assert all(slow[limit.name] <= limit.rate * (1 + 1e-9) for limit in quick)
    for rate in (0.01, 10, 1e9):
        met = list(quotas.reached(quick, rate))
        assert met == quick[: len(met)]
        assert all(limit.rate < rate for limit in met)


def test_a_mapping_takes_its_time_to_begin() -> None:
    """Five at once, and three hundred more a minute."""
    assert quotas.begins_within(5) == 0
    assert quotas.begins_within(305) == 60
