"""What jobs cost, against a table that is computed here by hand, each factor in sight."""

from pathlib import Path

import pytest

from generator.cost import estimate
from generator.cost.estimate import Cost
from generator.cost.prices import PRICES
from generator.cost.usage import fires_a_month, monthly
from generator.manifest.resolved import Manifest, Schedule
from tests.generator import manifests

IRELAND = PRICES["eu-west-1"]
DAYS = 2_628_000 / 86_400
"""Days of a month: a year's twelfth, 30.42."""

POLLING = 5 * 2_628_000 / 20 * 0.40e-6
"""Five pollers, a receive each 20 s: 657,000 requests."""

MAIL = {
    "timeout": "20s",
    "concurrency": 5,
    "secrets": ["crm-token"],
    "expected": {
        "messages": 20_000,
        "duration_ms": 400,
        "attempts": 1.25,
        "payload_bytes": 2048,
        "worst_day": 100_000,
    },
}
EVENTS = {
    "timeout": "1m",
    "memory_size": 512,
    "ephemeral_storage": 1024,
    "architecture": "x86_64",
    "batch_size": 10,
    "batch_window": "5s",
    "expected": {"messages": 1_000_000, "duration_ms": 50, "payload_bytes": 131_072},
    "alarms": {"level": "quiet"},
}
NIGHTLY = {
    "timeout": "5m",
    "secrets": ["crm-token"],
    "schedule": [
        {
            "name": "nightly",
            "cron": "30 4 * * ? *",
            "timezone": "Europe/Berlin",
            "payload": {"order_id": "x"},
        },
    ],
    "expected": {"duration_ms": 120_000},
}


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    """Return three jobs in one environment."""
    layer = {"architecture": "x86_64"}
    jobs = {
        "mail": manifests.job(**{**MAIL, **layer}),
        "events": manifests.job(**EVENTS),
        "nightly-run": manifests.job(**{**NIGHTLY, **layer}),
    }
    return manifests.resolved(tmp_path, jobs, environments=["prod"])


def by_hand() -> dict[str, Cost]:
    """Return the table: messages x price, with every number of it written out."""
    mails = 20_000 * DAYS
    tries = 1.25 * mails
    events = 1_000_000 * DAYS
    nights = DAYS
    return {
        "mail": Cost(
            # An invocation an attempt, 0.4 s of 256 MB each.
            lambda_=tries * 0.20e-6 + tries * 0.4 * 0.25 * 0.0000166667,
            # Sent, received once an attempt, deleted, and hidden longer after each failure.
            sqs=(mails + tries + mails + 0.25 * mails) * 0.40e-6,
            polling=POLLING,
            # Four write units for what is done, four for each attempt that fails.
            dynamodb=(4 * mails + 4 * 0.25 * mails) * 0.705e-6,
            logs=tries * (400 + 1_000) / 1e9 * 0.57,
            metrics=4 * 0.30,
            # dead-letters, growing 2, oldest-message, stalled 2, errors, throttles, failing 2, slow
            alarms=11 * 0.10,
        ),
        "events": Cost(
            # Ten messages an invocation; memory is paid by message all the same.
            # Of its gigabyte on disk the first half costs nothing.
            lambda_=events / 10 * 0.20e-6 + events * 0.05 * 0.5 * (0.0000166667 + 0.000000034),
            # 128 KiB are two requests to send and two of each receive; ten are deleted at once.
            sqs=(2 * events + 2 * events + events / 10) * 0.40e-6,
            polling=POLLING,
            dynamodb=4 * events * 0.705e-6,
            logs=(events / 10 * 400 + events * 1_000) / 1e9 * 0.57,
            metrics=4 * 0.30,
            # dead-letters, oldest-message, errors
            alarms=3 * 0.10,
        ),
        "nightly-run": Cost(
            lambda_=nights * 0.20e-6 + nights * 120 * 0.25 * 0.0000166667,
            sqs=3 * nights * 0.40e-6,
            polling=POLLING,
            dynamodb=4 * nights * 0.705e-6,
            logs=nights * 1_400 / 1e9 * 0.57,
            scheduler=nights * 1.00e-6,
            # One more for the schedule.
            metrics=5 * 0.30,
            # The eleven, undelivered, and missed.nightly.
            alarms=13 * 0.10,
        ),
    }


def test_three_jobs_cost_what_the_table_says(manifest: Manifest) -> None:
    """Part by part, to a millionth of a dollar."""
    table = by_hand()
    for worker in manifest.workers["prod"]:
        found, expected = estimate.month(worker, IRELAND), table[worker.job.name]
        for part in Cost.__slots__:
            assert getattr(found, part) == pytest.approx(getattr(expected, part), abs=1e-6), part
        assert found.total == pytest.approx(expected.total)


def test_an_environment_is_its_jobs_one_secret_and_its_own_alarms(manifest: Manifest) -> None:
    """Two jobs read one secret, which is paid once; the idle floor is what stands without work."""
    workers = manifest.workers["prod"]
    table = by_hand()
    # schedules and delayed: dropped 2 metrics each, failing 1 each
    own = 0.40 + 6 * 0.10

    assert estimate.environment(workers, IRELAND) == pytest.approx(
        sum(cost.total for cost in table.values()) + own
    )
    assert estimate.idle(workers, IRELAND) == pytest.approx(3 * POLLING + 2.70 + own)


def test_the_worst_day_fails_to_the_end_as_far_as_the_concurrency_goes(manifest: Manifest) -> None:
    """100,000 mails of five attempts would be 500,000; five at once for 20 s do 21,600 a day."""
    mail, events, _ = manifest.workers["prod"]
    attempts = 5 * 86_400 / 20

    found = estimate.day(mail, IRELAND)
    assert found.lambda_ == pytest.approx(attempts * 0.20e-6 + attempts * 20 * 0.25 * 0.0000166667)
    assert (found.polling, found.alarms, found.metrics) == (0, 0, 0)
    assert events.expected.worst_day == 10_000_000


def test_what_does_nothing_costs_its_floor(tmp_path: Path) -> None:
    """Without `expected` and without a schedule there is no work, and no metric is counted."""
    cost = estimate.month(manifests.worker(tmp_path), IRELAND)

    assert cost == Cost(polling=cost.polling, alarms=cost.alarms)
    assert cost.total == cost.idle == pytest.approx(POLLING + 1.10)


@pytest.mark.parametrize(
    ("triggers", "runs"),
    [
        ({"cron": "0 * * * ? *"}, 24 * DAYS),
        ({"cron": "0/15 8-17 ? * MON-FRI *"}, 40 * 20 / 28 * DAYS),
        ({"cron": "0 3 1 * ? *"}, DAYS / 28),
        ({"cron": "0 3 1 1 ? *"}, 0),
        ({"rate": "5 minutes"}, 2_628_000 / 300),
        ({"at": "2027-02-03T10:00:00"}, 0),
    ],
)
def test_how_often_a_schedule_runs(triggers: dict[str, str], runs: float) -> None:
    """Four weeks stand for a month; what comes once counts as none."""
    schedule = Schedule("n", triggers, "Europe/Berlin", enabled=True, payload={}, where=())

    assert fires_a_month(schedule) == pytest.approx(runs)


def test_an_attempt_lasts_no_longer_than_its_timeout(tmp_path: Path) -> None:
    """What is expected beyond it cannot be."""
    worker = manifests.worker(tmp_path, timeout="2s", expected={"duration_ms": 9_000})

    assert monthly(worker).seconds == 2
