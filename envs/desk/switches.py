"""What is on and off now: a job's mapping and its schedules."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from envs.desk.place import Job, Place

WRITABLE = (
    "ActionAfterCompletion",
    "Description",
    "EndDate",
    "FlexibleTimeWindow",
    "GroupName",
    "KmsKeyArn",
    "Name",
    "ScheduleExpression",
    "ScheduleExpressionTimezone",
    "StartDate",
    "State",
    "Target",
)
"""Every field that `UpdateSchedule` takes: what is left out falls back to its default, so all that
`GetSchedule` tells is sent back."""

_SETTLED = {True: "Enabled", False: "Disabled"}


@dataclass(frozen=True, slots=True)
class Mapping:
    """What feeds a queue's messages to its function.

    Attributes:
        uuid: Its id; empty if there is none.
        state: Its state, as Lambda names it.
        reason: Why it is in it; `USER_INITIATED` where a person or Terraform did it.
    """

    uuid: str
    state: str
    reason: str


def mapping(place: Place, job: str) -> Mapping:
    """Return the mapping of a job's queue."""
    arn = f"arn:aws:sqs:{place.region}:{place.account_id}:{place.base}-{job}"
    found = place.client("lambda").list_event_source_mappings(EventSourceArn=arn)
    for one in found["EventSourceMappings"]:
        reason = one.get("StateTransitionReason", "")
        return Mapping(one["UUID"], one.get("State", ""), reason)
    return Mapping("", "none", "")


def switch_mapping(place: Place, job: str, *, on: bool, within: float = 120.0) -> float:
    """Switch a job's mapping and wait until it is; return the seconds that took.

    Running invocations go on to their end: the job is quiet when nothing is hidden any more.
    """
    began, found = time.monotonic(), mapping(place, job)
    if not found.uuid or found.state == _SETTLED[on]:
        return 0.0
    functions = place.client("lambda")
    functions.update_event_source_mapping(UUID=found.uuid, Enabled=on)
    while mapping(place, job).state != _SETTLED[on] and time.monotonic() - began < within:
        time.sleep(0.5)
    return time.monotonic() - began


def schedule_states(place: Place, job: Job) -> dict[str, str]:
    """Return the state of each schedule of a job, by its name; `missing` if it is not there."""
    return {one.name: _state(place, job, one.name) for one in job.schedules}


def switch_schedules(place: Place, job: Job, *, on: bool) -> list[str]:
    """Switch the schedules that the manifest wants on; return which changed."""
    scheduler, wanted = place.client("scheduler"), "ENABLED" if on else "DISABLED"
    changed = []
    for one in job.schedules:
        if not one.enabled:
            continue
        try:
            found = scheduler.get_schedule(Name=_name(job, one.name), GroupName=place.base)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            continue
        if found["State"] != wanted:
            scheduler.update_schedule(**again(found, wanted))
            changed.append(one.name)
    return changed


def again(found: dict[str, Any], state: str) -> dict[str, Any]:
    """Return a schedule as it was read, in another state, as `UpdateSchedule` takes it."""
    kept = {name: found[name] for name in WRITABLE if name in found}
    return {**kept, "State": state}


def _state(place: Place, job: Job, name: str) -> str:
    try:
        found = place.client("scheduler").get_schedule(Name=_name(job, name), GroupName=place.base)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        return "missing"
    return str(found["State"])


def _name(job: Job, schedule: str) -> str:
    return f"{job.name}-{schedule}"
