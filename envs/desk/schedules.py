"""Schedules: when they fire next, and a run that is wanted now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from envs.desk.errors import DeskError
from generator.explain.fires import Fires, fires_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from envs.desk.place import Job, Place
    from generator.manifest.resolved import Schedule

_ALIAS = "live"


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was asked for.

    Attributes:
        job: The job.
        schedule: The schedule.
        job_id: Id of what was enqueued; empty if it was skipped.
        skipped: Why it was not enqueued: `stale` or `overlap`; empty if it was.
    """

    job: str
    schedule: str
    job_id: str
    skipped: str


def fires(place: Place, after: dt.datetime) -> Iterator[tuple[str, Fires]]:
    """Yield each schedule's next fires, with its job."""
    for job in place.jobs.values():
        for schedule in job.schedules:
            yield job.name, fires_of(schedule, after)


def find(place: Place, name: str) -> tuple[Job, Schedule]:
    """Return the schedule that `JOB/NAME` names, or NAME alone where one job has it.

    Raises:
        DeskError: No schedule or several have that name.
    """
    every = [(job, one) for job in place.jobs.values() for one in job.schedules]
    found = [each for each in every if name in {each[1].name, f"{each[0].name}/{each[1].name}"}]
    known = ", ".join(f"{job.name}/{one.name}" for job, one in every) or "none"
    if len(found) != 1:
        many = "several schedules are" if found else "there is no schedule"
        message = f"{many} named `{name}` in {place.environment}"
        raise DeskError(message, rule="unknown-schedule", hint=f"there are: {known}")
    return found[0]


def run_now(place: Place, job: Job, schedule: Schedule, now: dt.datetime) -> Run:
    """Start a schedule's run now, as Scheduler would: its own function enqueues it.

    Raises:
        DeskError: The function failed.
    """
    arn = f"arn:aws:scheduler:{place.region}:{place.account_id}:schedule/{place.base}"
    event = {
        "schedule": schedule.name,
        "scheduled_time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "schedule_arn": f"{arn}/{job.name}-{schedule.name}",
        "payload": schedule.payload,
        "overlap": schedule.overlap,
        "max_age": schedule.max_age,
    }
    answer = place.client("lambda").invoke(
        FunctionName=place.function(job.name),
        Qualifier=_ALIAS,
        Payload=json.dumps(event).encode(),
    )
    told: Any = json.loads(answer["Payload"].read() or b"{}")
    if "FunctionError" in answer or not isinstance(told, dict):
        why = told.get("errorMessage", "") if isinstance(told, dict) else ""
        message = f"{place.function(job.name)} failed: {why}"
        raise DeskError(message, rule="run-failed", hint=f"clarivum logs {job.name}", status=1)
    return Run(job.name, schedule.name, told.get("job_id", ""), told.get("skipped", ""))
