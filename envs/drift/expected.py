"""What AWS should say of a job, from the resolved manifest alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.alarm_kinds import alarms_of
from generator.manifest.resolved import PAUSED
from generator.manifest.timeline import max_receives

if TYPE_CHECKING:
    from generator.manifest.resolved import Worker

Facts = dict[tuple[str, str], str]
"""Values by place and attribute."""

MAPPING = ("mapping", "state")
NUMBER = ("mapping", "number")
LATEST = ("function", "code of $LATEST")
TOLD = "on-call is told"
PRESENT = "there"


def expected(worker: Worker) -> Facts:
    """Return every value that is looked at."""
    facts: Facts = {
        MAPPING: "Disabled" if worker.state == PAUSED else "Enabled",
        NUMBER: "1",
        ("mapping", "maximum_concurrency"): str(worker.concurrency),
        ("mapping", "batch_size"): str(worker.batch_size),
        ("mapping", "batch_window"): str(worker.batch_window),
        ("mapping", "starts"): "live",
        ("mapping", "failures"): "ReportBatchItemFailures",
        ("queue", "visibility_timeout"): str(worker.visibility_timeout),
        ("queue", "message_retention"): str(worker.message_retention),
        ("queue", "delay"): str(worker.delay),
        ("queue", "redrive"): f"{worker.base}-dlq after {max_receives(worker)} receives",
        ("dead-letter queue", "message_retention"): str(worker.dead_letter_retention),
        ("function", "timeout"): str(worker.timeout),
        ("function", "memory_size"): str(worker.memory_size),
        LATEST: "what live runs",
    }
    for schedule in worker.schedules:
        place = f"schedule {schedule.name}"
        facts[place, "state"] = "ENABLED" if schedule.enabled else "DISABLED"
        facts[place, "expression"] = schedule.expression
        facts[place, "timezone"] = schedule.timezone or "UTC"
    for kind in alarms_of(worker):
        facts[f"alarm {kind.name}", "action"] = TOLD
    return facts
