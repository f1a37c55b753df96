"""The generator's list of alarms is the modules', and what they ask for is there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import hcl2
import pytest

from clarivum_jobs.privacy.observability import JobMetrics
from generator.alarm_kinds import QUIET, alarms_of, shared_alarms, stalled_minutes
from tests.generator import manifests
from tests.modules.readme import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.manifest.resolved import Worker

RUNBOOK = MODULES.parent / "docs" / "runbook.md"

# SQS developer guide, Lambda developer guide and Scheduler user guide, each the list of metrics.
OF_AWS = {
    *("ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesDelayed"),
    *("ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesVisible"),
    *("NumberOfEmptyReceives", "NumberOfMessagesDeleted", "NumberOfMessagesReceived"),
    *("NumberOfMessagesSent", "SentMessageSize"),
    *("Invocations", "Errors", "DeadLetterErrors", "DestinationDeliveryFailures", "Throttles"),
    *("RecursiveInvocationsDropped", "Duration", "PostRuntimeExtensionsDuration"),
    *("ConcurrentExecutions", "UnreservedConcurrentExecutions", "ClaimedAccountConcurrency"),
    *("AsyncEventsReceived", "AsyncEventAge", "AsyncEventsDropped"),
    *("InvocationAttemptCount", "TargetErrorCount", "TargetErrorThrottledCount"),
    *("InvocationThrottleCount", "InvocationDroppedCount", "InvocationsSentToDeadLetterCount"),
    "InvocationsFailedToBeSentToDeadLetterCount",
}


def text_of(module: str) -> str:
    """Return all the code of a module."""
    return "".join(path.read_text("utf-8") for path in sorted((MODULES / module).glob("*.tf")))


def locals_of(module: str) -> dict[str, Any]:
    """Return the local values of a module, as they are written."""
    found: dict[str, Any] = {}
    for path in sorted((MODULES / module).glob("*.tf")):
        for block in hcl2.loads(path.read_text("utf-8")).get("locals", ()):
            found |= block
    return found


def plain(body: dict[str, Any]) -> dict[str, Any]:
    """Return a map of a parsed file with its keys as they are meant."""
    return {key.strip('"'): value for key, value in body.items() if not key.startswith("__")}


def metrics_of_module() -> dict[str, int]:
    """Return how many metrics each alarm of the module looks at."""
    values = locals_of("alarms")
    found: dict[str, int] = {}
    for group in ("on_the_queue", "on_the_work"):
        for kind, alarm in plain(values[group]).items():
            metrics = alarm["metrics"]
            if isinstance(metrics, str):  # another local's
                (name,) = re.findall(r"local\.(\w+)", metrics)
                metrics = values[name]
            found[kind] = len(plain(metrics))
    for line in ("_always", "_scheduled", "_enqueuing"):
        body = values[line]
        kinds = plain(body) if isinstance(body, dict) else re.findall(r"(\w+) *= *\{", body)
        found |= dict.fromkeys((kind for kind in kinds if kind != "count"), 1)
    return found


def full(folder: Path, **settings: Any) -> Worker:  # noqa: ANN401 - as a manifest has it
    """Return a job that has every alarm."""
    run = {"name": "nightly", "cron": "0 4 * * ? *", "timezone": "UTC"}
    schedule = [{**run, "payload": {"order_id": "x"}}]
    return manifests.worker(folder, schedule=schedule, enqueues=["send-receipt"], **settings)


def test_the_generator_knows_the_modules_alarms_and_their_metrics(tmp_path: Path) -> None:
    """What `explain` promises and the budget counts is what is made."""
    known = {kind.name: kind.metrics for kind in alarms_of(full(tmp_path))}

    assert known.pop("missed.nightly") == 1
    assert known == metrics_of_module()


def test_the_generator_knows_which_are_quiet(tmp_path: Path) -> None:
    """The short list is the module's."""
    values = locals_of("alarms")
    quiet = {kind.name for kind in alarms_of(full(tmp_path, alarms={"level": "quiet"}))}

    assert tuple(name.strip('"') for name in values["quiet"]) == QUIET
    assert quiet == {"dead-letters", "oldest-message", "errors", "missed.nightly"}


def test_the_generator_knows_the_environments_own_alarms() -> None:
    """One list for both groups of schedules, by level."""
    code = (MODULES / "platform" / "schedule-alarms.tf").read_text("utf-8")
    made = dict(re.findall(r'"\$\{label\}\.(\w+)" = \{.*?level += "(\w+)"', code, flags=re.DOTALL))
    counted = [
        len(re.findall(r'\w+ = "\w+"', line)) for line in re.findall(r"metrics = \{(.*?)\}", code)
    ]

    assert made == {"failing": "full", "dropped": "quiet"}
    assert {kind.name.partition(".")[2] for kind in shared_alarms("quiet")} == {"dropped"}
    assert {kind.name for kind in shared_alarms("full")} == {
        f"{group}.{kind}" for group in ("schedules", "delayed") for kind in made
    }
    assert sorted({kind.metrics for kind in shared_alarms("full")}) == sorted(counted)
    assert shared_alarms("off") == ()


@pytest.mark.parametrize("timeout", [1, 30, 299, 300, 301, 600, 900])
def test_the_generator_knows_when_a_queue_stands_still(timeout: int, tmp_path: Path) -> None:
    """The same minutes as in the module."""
    made = manifests.worker(tmp_path, timeout=f"{timeout}s")
    minutes = -(-timeout // 60) + 5

    assert locals_of("alarms")["_stalled_minutes"] == ("${max(10, ceil(var.job.timeout / 60) + 5)}")
    assert stalled_minutes(made) == max(10, minutes)


def emitted(capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the worker counts: each metric with its dimensions."""
    metrics = JobMetrics("Counted", "test", "sample")
    metrics.done(1.0)
    metrics.failed()
    metrics.parked()
    metrics.conflicted()
    metrics.skipped("stale")
    metrics.skipped("overlap")
    metrics.run_came("nightly")
    metrics.flush()
    for line in capsys.readouterr().out.splitlines():
        for directive in json.loads(line)["_aws"]["CloudWatchMetrics"]:
            for metric in directive["Metrics"]:
                yield metric["Name"], tuple(directive["Dimensions"][0])


@pytest.mark.parametrize("module", ["alarms", "dashboards", "platform"])
def test_every_metric_that_is_asked_for_is_counted_by_somebody(
    module: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dead name would be a graph without a line, and an alarm that never rings."""
    code = text_of(module)
    own = set(re.findall(r'"([a-z_]+_(?:total|seconds))"', code))
    counted = dict(emitted(capsys))
    of_aws = set(
        re.findall(r'"((?:Approximate|NumberOf|Async|Invocation|Target|Concurrent)\w+)"', code)
    ) | set(re.findall(r'"(Errors|Throttles|Duration|Recursive\w+|Destination\w+)"', code))

    assert own | of_aws
    assert own <= set(counted)
    assert of_aws <= OF_AWS


def test_the_worker_counts_under_the_dimensions_that_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Environment and job, and the schedule for its runs."""
    counted = dict(emitted(capsys))
    dimensions = plain(locals_of("alarms")["_work"])

    assert counted.pop("scheduled_runs_total") == (*sorted(dimensions), "schedule")
    assert set(counted.values()) == {tuple(sorted(dimensions))}


def test_every_alarm_has_its_chapter_in_the_runbook() -> None:
    """The anchor in a description leads to a heading."""
    code = text_of("alarms") + text_of("platform")
    anchors = set(re.findall(r'anchor += "([a-z-]+)"', code)) | set(metrics_of_module())
    anchors |= set(re.findall(r"runbook_url\}#([a-z-]+)", code))
    headings = re.findall(r"^#+ (.+)$", RUNBOOK.read_text("utf-8"), flags=re.MULTILINE)
    slugs = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}

    assert len(anchors) > 10
    assert anchors <= slugs
