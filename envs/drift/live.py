"""The live environment against the resolved manifest: each difference, and whose doing it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from envs.drift.difference import Cause, Difference
from envs.drift.expected import LATEST, MAPPING, NUMBER, expected
from envs.drift.seen import GONE, look
from generator.manifest.resolved import PAUSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from envs.desk.overrides import Override
    from envs.desk.place import Place
    from envs.drift.seen import Seen
    from generator.manifest.resolved import Worker

_USER = "USER"
"""Lambda's reason where a person or Terraform switched: `USER_INITIATED`, or `User action`."""

_OFF = {"Disabled", "Disabling"}
_ON = {"Enabled", "Enabling", "Creating", "Updating"}
_REMEDIES = {
    LATEST: "nothing runs it and no plan sees it: `aws lambda update-function-code` with the key "
    "of the zip in build/aws, or deploy the job's next change",
    NUMBER: "each of them takes messages: `aws lambda list-event-source-mappings`, and delete "
    "those of others",
}
_BACK = "`make deploy` puts it back; what was meant belongs into jobs.yaml"


def look_at(
    place: Place,
    workers: Sequence[Worker],
    pauses: Mapping[str, Override],
    built: Mapping[str, str],
    now: dt.datetime,
) -> Iterator[Difference]:
    """Ask AWS about jobs, and yield what differs.

    Args:
        place: The environment.
        workers: Its jobs.
        pauses: Pauses that people made by hand, by job.
        built: SHA-256 of each job's zip at hand, as Lambda writes it; jobs may be missing.
        now: The time to judge pauses by.

    Raises:
        ClientError: Something may not be asked, or does not answer.
    """
    for worker in workers:
        name = worker.job.name
        yield from compare(
            worker, look(place, worker), pauses.get(name), built.get(worker.job.entry, ""), now
        )


def compare(
    worker: Worker, seen: Seen, pause: Override | None, built: str, now: dt.datetime
) -> Iterator[Difference]:
    """Yield what differs between a job's manifest and what was seen of it."""
    gone = {place for place, attribute in seen.facts if not attribute}
    for place in sorted(gone):
        yield Difference(worker.job.name, place, "", "there", GONE, Cause.HAND, _BACK)
    for (place, attribute), wanted in expected(worker).items():
        found = seen.facts.get((place, attribute), GONE)
        if place in gone:
            continue
        if (place, attribute) == MAPPING:
            yield from _mapping(worker, found, seen.reason, pause, now)
        elif attribute == "state" and place.startswith("schedule ") and pause:
            yield from _paused_schedule(worker, place, found, pause, now)
        elif found != wanted:
            remedy = _REMEDIES.get((place, attribute), _BACK)
            yield Difference(worker.job.name, place, attribute, wanted, found, Cause.HAND, remedy)
    yield from _code(worker, seen.code, built)
    for schedule in worker.schedules:
        sent = seen.inputs.get(schedule.name)
        payload = sent.get("payload") if isinstance(sent, dict) else sent
        if f"schedule {schedule.name}" not in gone and payload != dict(schedule.payload):
            yield Difference(
                worker.job.name,
                f"schedule {schedule.name}",
                "payload",
                str(dict(schedule.payload)),
                str(payload),
                Cause.HAND,
                _BACK,
            )


def _mapping(
    worker: Worker, found: str, reason: str, pause: Override | None, now: dt.datetime
) -> Iterator[Difference]:
    """Judge the mapping's state: a pause on record is no drift until it is over."""
    wanted = "Disabled" if worker.state == PAUSED or pause else "Enabled"
    is_off, is_on = found in _OFF, found in _ON
    over = worker.state == PAUSED and now >= dt.datetime.fromisoformat(worker.until)
    if pause and is_off:
        yield _of_pause(worker, "mapping", "Enabled", found, pause, now)
    elif over and is_off:
        told = f"{found}, by jobs.yaml until {worker.until}: {worker.why}"
        remedy = "remove its `lifecycle` from jobs.yaml, and deploy"
        yield Difference(worker.job.name, *MAPPING, "Enabled", told, Cause.EXPIRED, remedy)
    elif (wanted == "Enabled" and not is_on) or (wanted == "Disabled" and not is_off):
        by_lambda = is_off and bool(reason) and not reason.upper().startswith(_USER)
        cause = Cause.LAMBDA if by_lambda else Cause.HAND
        told = f"{found} ({reason})" if reason else found
        remedy = "mend what Lambda names, then switch it on" if by_lambda else _BACK
        yield Difference(worker.job.name, *MAPPING, wanted, told, cause, remedy)


def _paused_schedule(
    worker: Worker, place: str, found: str, pause: Override, now: dt.datetime
) -> Iterator[Difference]:
    wanted = next(s for s in worker.schedules if place == f"schedule {s.name}")
    if wanted.enabled and found == "DISABLED":
        yield _of_pause(worker, place, "ENABLED", found, pause, now)
    elif found == "ENABLED":
        yield Difference(
            worker.job.name, place, "state", "DISABLED", found, Cause.HAND, "pause the job again"
        )


def _of_pause(  # noqa: PLR0913, PLR0917 - a pause is told with all of it
    worker: Worker, place: str, wanted: str, found: str, pause: Override, now: dt.datetime
) -> Difference:
    over = pause.expired(now)
    told = f"{found}, by {pause.by} until {pause.until}: {pause.why}"
    job = worker.job.name
    remedy = f"clarivum resume {job} --env {worker.environment}" if over else ""
    cause = Cause.EXPIRED if over else Cause.PAUSE
    return Difference(job, place, "state", wanted, told, cause, remedy)


def _code(worker: Worker, behind_live: str, built: str) -> Iterator[Difference]:
    if built and behind_live and built != behind_live:
        remedy = "deploy, or look who moved `live`: a rollback does, too"
        yield Difference(
            worker.job.name, "function", "code behind live", built, behind_live, Cause.HAND, remedy
        )
