"""From what was written to what holds: defaults and overrides applied, missing numbers derived."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.contracts.types import Object
from generator.manifest import model, placeholders, resolved
from generator.manifest.layers import Layers
from generator.manifest.names import base_name, class_name, module_name
from generator.manifest.source import Where
from generator.manifest.timeline import usual_path
from generator.manifest.types import SECONDS

MINUTE, HOUR = SECONDS["m"], SECONDS["h"]

VISIBILITY_FACTOR = 6
"""Times the timeout: AWS's advice, which leaves room for Lambda's own retries when it throttles."""

_PLAIN = (
    *("compute", "runtime", "architecture", "timeout", "memory_size"),
    *("ephemeral_storage", "log_level", "log_format"),
    *("max_attempts", "concurrency", "batch_size", "batch_window", "delay"),
    *("message_retention", "dead_letter_retention"),
)


def resolve(manifest: model.Manifest, payloads: Mapping[str, Object]) -> resolved.Manifest:
    """Return the resolved manifest.

    Args:
        manifest: As written.
        payloads: The payload model of each job.
    """
    jobs = tuple(_job(name, job, payloads[name]) for name, job in manifest.jobs.items())
    environments = tuple(dict.fromkeys(manifest.environments))
    workers = {
        environment: tuple(
            worker for job in jobs for worker in _workers(manifest, job, environment)
        )
        for environment in environments
    }
    allowed = tuple(
        resolved.AllowedChange(each.rule, each.job or "", each.reason, each.owner, each.until)
        for each in manifest.allowed_changes
    )
    return resolved.Manifest(
        manifest.project, environments, jobs, workers, allowed, budget=manifest.budget
    )


def safe_visibility(timeout: int, batch_window: int) -> int:
    """Return the seconds a message must be hidden so that no second worker gets it meanwhile."""
    return VISIBILITY_FACTOR * timeout + batch_window


def _job(name: str, job: model.Job, payload: Object) -> resolved.Job:
    return resolved.Job(
        name=name,
        module=module_name(name),
        class_name=class_name(name),
        description=" ".join(job.description.split()),
        owner=job.owner,
        payload=payload,
        key=tuple(job.idempotency.key),
        contract=job.contract,
        secrets=tuple(sorted(set(job.secrets))),
        enqueues=tuple(sorted(set(job.enqueues))),
        schema=job.payload,
        on_conflict=job.idempotency.on_conflict,
        renamed_from=tuple((former.name, former.state) for former in job.renamed_from),
    )


def _workers(
    manifest: model.Manifest, job: resolved.Job, environment: str
) -> Iterator[resolved.Worker]:
    """Yield a job, and itself once more under each former name whose queues are there."""
    worker = _worker(manifest, job, environment)
    yield worker
    for name, state in job.renamed_from:
        if state != "gone":
            yield replace(
                worker,
                job=replace(job, name=name, served_by=job.name),
                base=base_name(manifest.project, environment, name),
                schedules=(),
                state=worker.state if state == "active" else state,
            )


def _worker(manifest: model.Manifest, job: resolved.Job, environment: str) -> resolved.Worker:
    written = manifest.jobs[job.name]
    layers = Layers.of(manifest, job.name, written, environment)
    values: dict[str, Any] = {}
    origins: dict[str, Where] = {}

    def take(field: str, *path: str) -> Any:  # noqa: ANN401 - as the model has it
        value, where = layers.last(*path)
        if where:
            origins[field] = where
        return value

    for field in _PLAIN:
        values[field] = take(field, field)
    values["reserved_concurrency"] = _given(layers, "reserved_concurrency", origins)
    values["visibility_timeout"] = _visibility(layers, values, origins)
    values["backoff"] = resolved.Backoff(
        *(take(f"backoff.{part}", "backoff", part) for part in ("base", "cap"))
    )
    alarms = {part: take(f"alarms.{part}", "alarms", part) for part in resolved.Alarms.__slots__}
    values["record_retention"] = _record_retention(layers, values, origins)
    values["log_retention_days"] = take("log_retention_days", "log_retention") // SECONDS["d"]
    known = {"project": manifest.project, "environment": environment}
    lifecycle = _lifecycle(layers, origins)
    worker = resolved.Worker(
        job=job,
        environment=environment,
        base=base_name(manifest.project, environment, job.name),
        **values,
        alarms=resolved.Alarms(**alarms),
        variables=_variables(layers, known, origins),
        statements=tuple(_statement(permission, known) for permission in written.permissions),
        schedules=_schedules(layers, lifecycle.state),
        origins=origins,
        state=lifecycle.state,
        expected=_expected(layers, origins),
        until=lifecycle.until or "",
        why=" ".join((lifecycle.why or "").split()),
    )
    if "alarms.oldest_message" in origins:
        return worker
    return replace(worker, alarms=replace(worker.alarms, oldest_message=_patience(worker)))


def _given(layers: Layers, field: str, origins: dict[str, Where]) -> int | None:
    """Return the strongest word about what nothing stands for unless somebody says something."""
    said = [(value, where) for value, where, _ in layers.say(field)]
    if not said:
        return None
    value, origins[field] = said[-1]
    return int(value)


def _patience(worker: resolved.Worker) -> int:
    """Return when a waiting message is worth an alarm: after its attempts, before it expires."""
    longest, expires = usual_path(worker), worker.message_retention
    patience = max(worker.alarms.oldest_message, math.ceil(longest / HOUR) * HOUR)
    if patience < expires:
        return patience
    return max(MINUTE, (longest + expires) // 2 // MINUTE * MINUTE)


def _visibility(layers: Layers, values: Mapping[str, int], origins: dict[str, Where]) -> int:
    """A word about the job is exact; a word for all jobs is a floor under what each job needs."""
    needed = safe_visibility(values["timeout"], values["batch_window"])
    floor = exact = None
    for value, where, of_job in layers.say("visibility_timeout"):
        if of_job:
            exact = value
            origins["visibility_timeout"] = where
        else:
            floor = value
    if exact is not None:
        return int(exact)
    return max(needed, floor or 0)


def _record_retention(layers: Layers, values: Mapping[str, int], origins: dict[str, Where]) -> int:
    """A record outlives every copy of its message: waiting a whole life, then dead a whole life."""
    given = list(layers.say("idempotency", "retention"))
    if not given:
        return values["message_retention"] + values["dead_letter_retention"]
    value, origins["record_retention"], _ = given[-1]
    return int(value)


def _lifecycle(layers: Layers, origins: dict[str, Where]) -> model.Lifecycle:
    """Return the strongest word as a whole: one state's end and reason are not another's."""
    said = [(value, where) for value, where, _ in layers.say("lifecycle")]
    if not said:
        return model.Lifecycle(state="active")
    found: model.Lifecycle
    found, where = said[-1]
    origins["lifecycle"] = where
    given = ("state", "until", "why")
    origins.update({name: (*where, name) for name in given if getattr(found, name) is not None})
    return found


def _expected(layers: Layers, origins: dict[str, Where]) -> resolved.Expected:
    """Return what is expected; the worst day has ten times the messages unless it is given."""
    given: dict[str, Any] = {}
    for name in resolved.Expected.__slots__:
        for value, where, _ in layers.say("expected", name):
            given[name], origins[f"expected.{name}"] = value, where
    given.setdefault("worst_day", 10 * given.get("messages", 0))
    return resolved.Expected(**given)


def _variables(
    layers: Layers, known: Mapping[str, str], origins: dict[str, Where]
) -> dict[str, resolved.Text]:
    merged = layers.merged("variables")
    origins.update({f"variables.{name}": where for name, (_, where) in merged.items()})
    return {name: _text(value, known) for name, (value, _) in sorted(merged.items())}


def _statement(permission: model.Permission, known: Mapping[str, str]) -> resolved.Statement:
    return resolved.Statement(
        tuple(permission.actions),
        tuple(_text(resource, known) for resource in permission.resources),
        tuple(
            resolved.Condition(operator, key, tuple(_text(value, known) for value in values))
            for operator, keys in permission.conditions.items()
            for key, values in keys.items()
        ),
    )


def _text(value: str, known: Mapping[str, str]) -> resolved.Text:
    try:
        return placeholders.parse(value, known)
    except placeholders.PlaceholderError:
        # The `placeholder` rule says so at its line; until then the text stands for itself.
        return (value,)


def _schedules(layers: Layers, state: str) -> tuple[resolved.Schedule, ...]:
    """Return the schedules; they rest where the job is not active, and end where it is retired."""
    given = list(layers.say("schedule"))
    if not given or state == "retired":
        return ()
    schedules, where, _ = given[-1]
    return tuple(
        resolved.Schedule(
            name=schedule.name,
            triggers=_triggers(schedule),
            timezone=schedule.timezone or "",
            enabled=schedule.enabled and state == "active",
            payload=schedule.payload,
            overlap=schedule.overlap,
            max_age=schedule.max_age or 0,
            where=(*where, index),
        )
        for index, schedule in enumerate(schedules)
    )


def _triggers(schedule: model.Schedule) -> dict[str, str]:
    given = {"cron": schedule.cron, "rate": schedule.rate, "at": schedule.at}
    return {name: text for name, text in given.items() if text is not None}
