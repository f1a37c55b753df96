"""The parts of both layers of drift that ask nobody: each cause, each form, each entry."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from envs.desk.overrides import Override
from envs.drift import report
from envs.drift.difference import Cause, Difference
from envs.drift.expected import MAPPING, TOLD, expected
from envs.drift.live import compare
from envs.drift.plan import differences
from envs.drift.seen import GONE, Seen
from generator.manifest.resolved import Worker
from tests.generator import manifests

NOW = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
LATER, BEFORE = "2026-11-28T14:00:00+00:00", "2026-11-28T11:00:00+00:00"
RUN = {
    "name": "nightly",
    "cron": "30 4 * * ? *",
    "timezone": "Europe/Berlin",
    "payload": {"order_id": "x"},
}
HASH = "2jmj7l5rSw0yVb/vlWAYkK/YBwk="


@pytest.fixture
def worker(tmp_path: Path) -> Worker:
    """Return a job with a schedule, in production."""
    return manifests.worker(tmp_path, "prod", schedule=[RUN])


def as_wanted(worker: Worker) -> Seen:
    """Return what is seen of a job that is as it should be."""
    return Seen(expected(worker), {"nightly": {"payload": {"order_id": "x"}}}, "", HASH)


def found(worker: Worker, seen: Seen, pause: Override | None = None) -> list[Difference]:
    """Return what differs."""
    return list(compare(worker, seen, pause, HASH, NOW))


def pause(until: str) -> Override:
    """Return a pause that somebody made by hand."""
    return Override("send-receipt", until, "anna", "INC-42")


def test_what_is_as_it_should_be_differs_in_nothing(worker: Worker) -> None:
    """All values that are looked at, equal."""
    assert found(worker, as_wanted(worker)) == []


def test_any_single_value_that_differs_is_found_and_nothing_else(worker: Worker) -> None:
    """Every fact in turn, by hand unless somebody else is known."""
    seen = as_wanted(worker)
    for place, attribute in seen.facts:
        changed = {**seen.facts, (place, attribute): "other"}
        assert [
            (d.place, d.attribute, d.found, d.cause)
            for d in found(worker, replace(seen, facts=changed))
        ] == [(place, attribute, "other", Cause.HAND)]


def test_a_missing_thing_is_told_once(worker: Worker) -> None:
    """Not once for each of its values."""
    seen = as_wanted(worker)
    for place in ("mapping", "queue", "schedule nightly"):
        facts = {key: value for key, value in seen.facts.items() if key[0] != place}
        told = found(worker, replace(seen, facts={**facts, (place, ""): GONE}))
        assert [(d.place, d.found) for d in told] == [(place, GONE)], place
    without = {key: value for key, value in seen.facts.items() if value != TOLD}
    alarms = [key[0] for key, value in seen.facts.items() if value == TOLD]
    assert [d.place for d in found(worker, replace(seen, facts=without))] == alarms


def test_code_behind_live_and_a_payload_are_compared(worker: Worker) -> None:
    """By hash, and by value."""
    seen = as_wanted(worker)
    assert [d.attribute for d in found(worker, replace(seen, code="x"))] == ["code behind live"]
    sent = {"nightly": {"payload": {"order_id": "y"}}}
    assert [d.attribute for d in found(worker, replace(seen, inputs=sent))] == ["payload"]


@pytest.mark.parametrize(
    ("state", "reason", "until", "cause"),
    [
        ("Disabled", "USER_INITIATED", LATER, Cause.PAUSE),
        ("Disabled", "USER_INITIATED", BEFORE, Cause.EXPIRED),
        ("Disabled", "USER_INITIATED", None, Cause.HAND),
        ("Disabled", "User action", None, Cause.HAND),
        ("Disabled", "", None, Cause.HAND),
        ("Disabled", "The queue was throttled too often", None, Cause.LAMBDA),
        ("Enabled", "USER_INITIATED", LATER, Cause.HAND),
        ("Enabled", "USER_INITIATED", None, None),
        ("Creating", "", None, None),
    ],
)
def test_whose_doing_a_mappings_state_is(
    worker: Worker, state: str, reason: str, until: str | None, cause: Cause | None
) -> None:
    """A pause on record, one that is over, Lambda itself, or somebody by hand."""
    seen = as_wanted(worker)
    facts = {**seen.facts, MAPPING: state}
    made = pause(until) if until else None
    if made and state == "Disabled":
        facts["schedule nightly", "state"] = "DISABLED"
    told = found(worker, replace(seen, facts=facts, reason=reason), made)
    mapping = [d for d in told if d.place == "mapping"]

    assert [d.cause for d in mapping] == ([cause] if cause else [])
    assert {d.cause for d in told if cause in (Cause.PAUSE, Cause.EXPIRED)} <= {cause}


def test_a_pause_in_its_time_is_no_reason_to_act() -> None:
    """It is shown, and counts for nothing, like what goes along with another difference."""
    meant = Difference("j", "mapping", "state", "Enabled", "Disabled", Cause.PAUSE)

    counting = {c for c in Cause if replace(meant, cause=c).counts}
    assert set(Cause) - counting == {Cause.PAUSE, Cause.FOLLOWS}


@pytest.mark.parametrize("form", report.FORMS)
def test_each_form_says_job_place_values_and_cause(form: str) -> None:
    """For people, for tools, beside the line, and for an issue."""
    one = Difference("j", "queue", "delay", "0", "5|`9", Cause.HAND, "put it back")
    text = report.printed([one], "dev", form)

    for part in ("j", "queue", "delay", "0", "by hand", "put it back"):
        assert part in text
    if form == "json":
        assert json.loads(text)["differences"][0]["found"] == "5|`9"
    assert "dev" in report.printed([], "dev", form) or form == "github"


PLAN: dict[str, Any] = {
    "resource_drift": [
        {
            "address": "module.a_job.module.queue.aws_sqs_queue.this",
            "change": {"actions": ["update"], "before": {"delay": 0}, "after": {"delay": 5}},
        }
    ],
    "resource_changes": [
        {
            "address": "module.a_job.module.queue.aws_sqs_queue.this",
            "change": {
                "actions": ["update"],
                "before": {"delay": 5, "size": 1, "secret": "x", "arn": "a"},
                "after": {"delay": 0, "size": 2, "secret": "y"},
                "before_sensitive": {"secret": True},
                "after_sensitive": {"secret": True},
                "after_unknown": {"arn": True},
            },
        },
        {"address": "module.b_job.x.y", "change": {"actions": ["delete", "create"]}},
        {"address": "data.x.y", "change": {"actions": ["read"]}},
        {"address": "x.same", "change": {"actions": ["no-op"]}},
    ],
    "output_changes": {
        "size": {"actions": ["update"], "before": 1, "after": 2},
        "same": {"actions": ["no-op"]},
    },
}


def test_a_plan_is_told_by_job_attribute_and_both_values() -> None:
    """What was changed outside is by hand, the rest is not deployed yet; no secret is shown."""
    queue = "module.a_job.module.queue.aws_sqs_queue.this"
    told = [
        (d.job, d.place, d.attribute, d.found, d.expected, d.cause)
        for d in differences(PLAN, {"a_job": "a-job", "b_job": "b-job"})
    ]

    assert told == [
        ("a-job", queue, "arn", '"a"', "(known after apply)", Cause.FOLLOWS),
        ("a-job", queue, "delay", "5", "0", Cause.HAND),
        ("a-job", queue, "secret", "(sensitive)", "(sensitive)", Cause.PENDING),
        ("a-job", queue, "size", "1", "2", Cause.PENDING),
        ("b-job", "module.b_job.x.y", "", "this one", "another one", Cause.PENDING),
        ("", "output.size", "", "1", "2", Cause.PENDING),
    ]


@pytest.mark.parametrize(
    ("until", "state", "cause"),
    [
        ("2026-11-28T15:00+01:00", "Disabled", None),
        ("2026-11-28T15:00+01:00", "Enabled", Cause.HAND),
        ("2026-11-28T13:00+01:00", "Disabled", Cause.EXPIRED),
    ],
)
def test_a_pause_of_the_manifest_is_expected_until_it_is_over(
    tmp_path: Path, until: str, state: str, cause: Cause | None
) -> None:
    """In its time it is what should be, and a mapping that is on is the difference."""
    life = {"state": "paused", "until": until, "why": "It migrates."}
    paused = manifests.worker(tmp_path, "prod", schedule=[RUN], lifecycle=life)
    seen = as_wanted(paused)

    told = found(paused, replace(seen, facts={**seen.facts, MAPPING: state}))
    assert [(d.place, d.cause) for d in told] == ([("mapping", cause)] if cause else [])
