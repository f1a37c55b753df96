"""Rights both ways: what is asked for is allowed, and what is allowed is asked for, or why not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.oracles.evaluator import Request, allows
from tests.oracles.linter import listed
from tests.simulator.rights import scenarios
from tests.simulator.rights.scenarios import Requests, noting, outcome, requests, sampled

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "clarivum-simulated-"
REASONS = {
    r"-worker logs:(CreateLogStream|PutLogEvents)$": (
        "Lambda itself writes the log under the function's role; no call of ours does"
    ),
    r"-worker xray:Put(TraceSegments|TelemetryRecords)$": (
        "Lambda itself sends the traces under the function's role; no call of ours does"
    ),
    r"(?<!sample)-worker dynamodb:(GetItem|DeleteItem)$": (
        "asked by overlap, by a receive after a kill and by a replayed letter that succeeds: the"
        " sample job's role asks for both"
    ),
    r"analytics-backfill-worker (scheduler:.*|iam:PassRole)$": (
        "`enqueues` grants delays as well; its handler enqueues at once, the sample job delays"
    ),
    r"pdf-export-worker (scheduler:.*|iam:PassRole)$": "likewise: it mails at once",
    r"email-fulfillment-worker s3:GetObject$": (
        "who opens the link in the mail reads under this right: the job only signs it"
    ),
    r"analytics-backfill-worker s3:ListBucket$": (
        "without it S3 answers 403 instead of 404 where a key is missing (S3 API, GetObject);"
        " no call is made for it"
    ),
    r"-schedule sqs:SendMessage$": (
        "Scheduler asks for it when a run cannot be delivered:"
        " tests/simulator/parity/test_scheduler.py"
    ),
}
"""Why no scenario asks for an action, by a pattern that is found in `role action`."""

HARMLESS = {
    r"sqs:GetQueueAttributes$": "Lambda asks when a mapping is made: test_a_mapping_is_refused",
    r"dynamodb:DeleteItem$": "the note of a replayed letter stays until it expires",
    r"ses:GetSuppressedDestination$": "an address that cannot be looked up is written to",
}
"""Actions without which the job still does its work, and why they are granted."""


def _granted() -> Iterator[tuple[str, str]]:
    """Yield every role with each action that its policy allows."""
    for role, statements in requests().granted.items():
        for statement in statements:
            if statement["Effect"] == "Allow":
                yield from ((role, action) for action in listed(statement, "Action"))


def test_every_request_is_allowed_by_the_second_evaluator_too() -> None:
    """The oracles' evaluator, written apart from the simulator's, allows all that was asked."""
    found = requests()
    asked = 0
    for role, wanted in found.asked.items():
        policy = {"Statement": found.granted[role]}
        for action, resource, context in wanted:
            assert allows(policy, Request(action, resource, dict(context))), (role, action)
            asked += 1
    assert asked > 100


def test_no_request_is_allowed_without_its_records_key() -> None:
    """The emulator never fills in LeadingKeys; without them, and with foreign ones, none passes."""
    found, tried = requests(), 0
    for role, wanted in found.asked.items():
        for action, resource, context in wanted:
            if action.startswith("dynamodb:"):
                others = {k: v for k, v in context if k != "dynamodb:LeadingKeys"}
                foreign = {**others, "dynamodb:LeadingKeys": ["another-job#1"]}
                policy = {"Statement": found.granted[role]}
                assert not allows(policy, Request(action, resource, others))
                assert not allows(policy, Request(action, resource, foreign))
                tried += 1
    assert tried > 20


def test_every_action_that_is_allowed_is_asked_for() -> None:
    """Or the list says why no scenario asks; a reason that nothing needs is out of date."""
    found, used = requests(), set()
    without = []
    for role, action in sorted(set(_granted())):
        if any(action == asked for asked, _, _ in found.asked[role]):
            continue
        why = [form for form in REASONS if re.search(form, f"{role} {action}")]
        used.update(why)
        if not why:
            without.append(f"{role} {action}")
    assert without == []
    assert used == REASONS.keys()


def _withheld() -> list[tuple[str, str]]:
    """Return each action once for what all workers share, and each that one alone has."""
    seen: set[str] = set()
    chosen = []
    for role, action in sorted(set(_granted()), key=lambda pair: ("sample" not in pair[0], pair)):
        own = action.split(":")[0] in ("s3", "ses", "secretsmanager")
        key = f"{role} {action}" if own else f"{role.rpartition('-')[2]} {action}"
        asked = any(action == name for name, _, _ in requests().asked[role])
        if key not in seen and asked:
            seen.add(key)
            chosen.append((role, action))
    return chosen


def test_each_action_that_is_taken_away_is_missed() -> None:
    """Its job, or the sample job, no longer ends as it did; else the list says why it may."""
    usual: dict[tuple[str, str], object] = {}
    missed: dict[str, bool] = {}
    for role, action in _withheld():
        job = role.removeprefix(PREFIX).rpartition("-")[0] or scenarios.SAMPLE
        for weather in ("calm", "errors", "copies"):
            if (job, weather) not in usual:
                usual[job, weather] = _ended(job, weather, Requests())
            tried = Requests(withheld=(role, action))
            missed[f"{role} {action}"] = _ended(job, weather, tried) != usual[job, weather]
            if missed[f"{role} {action}"]:
                break
    kept = {name for name, was in missed.items() if not was}
    explained = {name for name in kept if any(re.search(form, name) for form in HARMLESS)}

    assert kept == explained
    assert len(missed) > 20


def _ended(job: str, weather: str, wanted: Requests) -> object:
    """Return how a job ends, or what keeps it from being played at all."""
    with noting(wanted):
        try:
            return sampled(weather) if job == scenarios.SAMPLE else outcome(job, weather)
        except Exception as error:  # noqa: BLE001 - a world that cannot be made is a job that misses it
            return type(error).__name__


@pytest.mark.parametrize("action", ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"])
def test_a_mapping_is_refused(action: str) -> None:
    """Lambda asks for these when it makes a mapping: without one of them nothing is deployed."""
    wanted = Requests(withheld=(f"{PREFIX}sample-worker", f"sqs:{action}"))

    assert _ended(scenarios.SAMPLE, "calm", wanted) == "RefusedError"
    assert wanted.met
