"""Pausing and resuming, and what state every job is in: manifest, override and what is live."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from envs.desk import overrides, switches
from envs.desk.counters import Counters, counters
from envs.desk.errors import DeskError
from envs.desk.flow import Flow, flows
from generator.manifest.resolved import PAUSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from envs.desk.overrides import Override
    from envs.desk.place import Job, Place

_ON = {"Enabled", "Creating", "Enabling", "Updating"}


@dataclass(frozen=True, slots=True)
class State:
    """Where one job stands.

    Attributes:
        job: The job.
        manifest: By the manifest: `active`, `paused`, `draining` or `retired`.
        override: The pause that somebody made by hand; none if nobody did.
        mapping: What feeds its queue to its function.
        schedules: State of each of its schedules.
        queue: What its queue counts.
        letters: What its dead-letter queue counts.
        finding: What is wrong; empty if nothing is.
        until: When the manifest's pause ends; empty if there is none.
        why: Why it is not active, by the manifest; empty if it does not say.
        flow: How its queue moves.
    """

    job: str
    manifest: str
    override: Override | None
    mapping: switches.Mapping
    schedules: Mapping[str, str]
    queue: Counters
    letters: Counters
    finding: str
    until: str = ""
    why: str = ""
    flow: Flow = field(default_factory=Flow)


@dataclass(frozen=True, slots=True)
class Switched:
    """What a pause or a resume did.

    Attributes:
        job: The job.
        until: When the pause ends; empty for a resume.
        seconds: How long the mapping took.
        schedules: Which schedules were switched.
        running: Messages that workers still have in hand.
    """

    job: str
    until: str
    seconds: float
    schedules: list[str] = field(default_factory=list)
    running: int = 0


def states(place: Place, job: str | None = None) -> list[State]:
    """Return where jobs stand."""
    now, paused = dt.datetime.now(dt.UTC), overrides.overrides(place)
    found, some = [], place.some(job)
    moving = _flows(place, some)
    for each in some:
        live = switches.mapping(place, each.name)
        override = paused.get(each.name)
        found.append(
            State(
                job=each.name,
                manifest=each.state,
                override=override,
                mapping=live,
                schedules=switches.schedule_states(place, each),
                queue=counters(place, place.queue_url(each.name)),
                letters=counters(place, place.letters_url(each.name)),
                finding=finding(each, live, override, now),
                until=each.until,
                why=each.why,
                flow=moving.get(each.name, Flow()),
            )
        )
    return found


def _flows(place: Place, jobs: Sequence[Job]) -> Mapping[str, Flow]:
    """Return how queues move; nothing where metrics may not be read: the rest is worth showing."""
    try:
        return flows(place, jobs)
    except ClientError:
        return {}


def finding(job: Job, live: switches.Mapping, override: Override | None, now: dt.datetime) -> str:
    """Return what is wrong about a job's state, in one sentence; empty if nothing is."""
    on = live.state in _ON
    if override and override.expired(now):
        return f"the pause by {override.by} should have ended at {override.until}: {override.why}"
    if override:
        return f"paused by {override.by}, and yet its mapping is {live.state}" if on else ""
    if job.state == PAUSED:
        return _of_manifest(job, live, now)
    if on or live.state == "none":
        return "" if live.uuid else "nothing feeds its queue to its function"
    if live.reason and live.reason not in {"USER_INITIATED", "User action"}:
        return f"Lambda switched its mapping off: {live.reason}"
    return f"its mapping is {live.state}, and no pause is on record"


def _of_manifest(job: Job, live: switches.Mapping, now: dt.datetime) -> str:
    if now >= dt.datetime.fromisoformat(job.until):
        return f"the pause in jobs.yaml should have ended at {job.until}: {job.why}"
    on = live.state in _ON
    return f"jobs.yaml pauses it, and yet its mapping is {live.state}" if on else ""


def pause(place: Place, job: Job, *, seconds: int, why: str) -> Switched:
    """Stop a job for a time: its queue keeps what comes, its schedules rest.

    The record is written before anything is switched, so that nobody finds a job off that nothing
    tells of.

    Raises:
        DeskError: There is no reason, it would outlast what waits, or it is paused already.
    """
    if not why.strip():
        message = "say why: whoever finds the job paused will want to know"
        raise DeskError(message, rule="no-reason", hint='--why "INC-42"')
    if not 0 < seconds < job.message_retention:
        days = job.message_retention / 86_400
        message = f"messages of {job.name} are kept for {days:g} days, and a pause must be shorter"
        raise DeskError(message, rule="pause-too-long", hint="--for 4h")
    until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    told = until.isoformat(timespec="seconds")
    by = place.operator()
    overrides.record(place, overrides.Override(job.name, told, by, why.strip()))
    changed = switches.switch_schedules(place, job, on=False)
    took = switches.switch_mapping(place, job.name, on=False)
    hidden = counters(place, place.queue_url(job.name)).hidden
    return Switched(job.name, told, took, changed, hidden)


def resume(place: Place, job: Job) -> Switched:
    """Let a job go on. What its schedules missed meanwhile does not come by itself.

    What is on is switched before the record goes: ended in between, the job is found running
    under a pause, which `states` tells, and a second resume mends.

    Raises:
        DeskError: The manifest pauses it: what is deployed would pause it again.
    """
    if job.state == PAUSED:
        message = f"jobs.yaml pauses {job.name} until {job.until}: {job.why}"
        hint = "remove its `lifecycle` there, and deploy"
        raise DeskError(message, rule="paused-by-manifest", hint=hint, status=1)
    changed = switches.switch_schedules(place, job, on=True)
    took = switches.switch_mapping(place, job.name, on=True)
    overrides.forget(place, job.name)
    hidden = counters(place, place.queue_url(job.name)).hidden
    return Switched(job.name, "", took, changed, hidden)
