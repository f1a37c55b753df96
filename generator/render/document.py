"""`docs/api/jobs.md`: what producers, reviewers and on-call look up about a job."""

from collections.abc import Iterable

from generator.contracts.examples import example_payload
from generator.contracts.key_form import key_of
from generator.manifest.resolved import Job, Manifest, Schedule, Worker
from generator.manifest.timeline import timeline_of
from generator.manifest.types import duration_text, span
from generator.render import document_running as running
from generator.render.document_fields import fields_table
from generator.render.document_sending import python, quoted
from generator.render.environment import fill
from generator.render.markdown import code, json_text, table, text

_RETRY_COLUMNS = (
    "environment",
    "timeout",
    "visibility timeout",
    "attempts",
    "longest waits between them",
    "dead letter by",
)

_QUEUE_COLUMNS = (
    "environment",
    "maximum concurrency",
    "batch size",
    "batching window",
    "delivery delay",
    "message retention",
    "dead-letter retention",
    "idempotency retention",
)


def document(manifest: Manifest) -> str:
    """Return the document about every job."""
    workers = _workers(manifest)
    overview = table(
        ("job", "what it does", "owner", "runs by itself"),
        (_overview(job, workers[job.name]) for job in manifest.jobs),
    )
    jobs = [_job(manifest, job, workers[job.name]) for job in manifest.jobs]
    return fill(
        "document.md.j2",
        project=text(manifest.project),
        overview=overview,
        environments=running.environments(manifest.workers),
        jobs=jobs,
    )


def _job(manifest: Manifest, job: Job, workers: list[Worker]) -> dict[str, object]:
    return {
        "name": job.name,
        "description": text(job.description),
        "owner": text(job.owner),
        "contract": job.contract,
        "module": job.module,
        "class_name": job.class_name,
        "fields": fields_table(job.payload),
        "key": _listed(job.key),
        "retries": table(_RETRY_COLUMNS, running.grouped(workers, _retry_cells)),
        "life": running.life(workers),
        "former": [f"{code(name)} ({state})" for name, state in job.renamed_from],
        "queue": table(_QUEUE_COLUMNS, running.grouped(workers, _queue_cells)),
        "settings": running.settings(workers),
        "alarms": running.alarms(workers),
        "heard": running.heard(workers),
        "access": running.access(workers),
        "names": running.names(workers[-1]),
        "costs": running.costs(workers),
        "schedules": _schedules(workers),
        "secrets": [code(f"{manifest.project}/<environment>/{name}") for name in job.secrets],
        "enqueues": [f"[{name}](#{name})" for name in job.enqueues],
        **_sending(manifest, job),
    }


def _sending(manifest: Manifest, job: Job) -> dict[str, str]:
    """Return an example in three forms; none if there is none that a person would look at."""
    data = example_payload(job.payload)
    if data is None:
        return {"example": ""}
    return {
        "example": json_text(_example(manifest, job, data), indent=2),
        "sending": python(job, data),
        "data": quoted(json_text(data)),
    }


def _workers(manifest: Manifest) -> dict[str, list[Worker]]:
    """Return each job in every environment, by its name; former names are told with their job."""
    found: dict[str, list[Worker]] = {job.name: [] for job in manifest.jobs}
    for worker in manifest.every_worker:
        if not worker.job.served_by:
            found[worker.job.name].append(worker)
    return found


def _overview(job: Job, workers: list[Worker]) -> tuple[str, ...]:
    names = dict.fromkeys(s.name for w in workers for s in w.schedules)
    link = f"[{job.name}](#{job.name})"
    return link, text(job.description), text(job.owner), _listed(names)


def _retry_cells(worker: Worker) -> tuple[str, ...]:
    waits = ", ".join(duration_text(w) for w in worker.backoff.waits(worker.max_attempts))
    return (
        duration_text(worker.timeout),
        duration_text(worker.visibility_timeout),
        str(worker.max_attempts),
        waits or "none",
        span(timeline_of(worker).dead_latest),
    )


def _queue_cells(worker: Worker) -> tuple[str, ...]:
    return (
        str(worker.concurrency),
        str(worker.batch_size),
        duration_text(worker.batch_window),
        duration_text(worker.delay),
        duration_text(worker.message_retention),
        duration_text(worker.dead_letter_retention),
        duration_text(worker.record_retention),
    )


def _schedules(workers: Iterable[Worker]) -> str:
    rows: dict[tuple[str, ...], list[str]] = {}
    for worker in workers:
        for schedule in worker.schedules:
            rows.setdefault(_schedule_cells(schedule), []).append(worker.environment)
    if not rows:
        return ""
    return table(
        ("schedule", "when", "time zone", "payload", "environment"),
        ((*cells, ", ".join(environments)) for cells, environments in rows.items()),
    )


def _schedule_cells(schedule: Schedule) -> tuple[str, ...]:
    state = "" if schedule.enabled else " (off)"
    return (
        code(schedule.name) + state,
        code(schedule.expression),
        text(schedule.timezone or "any"),
        code(json_text(schedule.payload)),
    )


def _example(manifest: Manifest, job: Job, data: dict[str, object]) -> dict[str, object]:
    return {
        "specversion": "1.0",
        "id": "0b9f6a52-6d1c-4f0e-9f3e-2a7f5c8d1e4b",
        "source": f"{manifest.project}/web",
        "type": f"jobs.{job.name}",
        "time": "2026-01-31T09:30:00Z",
        "datacontenttype": "application/json",
        "idempotencykey": key_of(job.payload, job.key, data),
        "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "contractversion": job.contract,
        "data": data,
    }


def _listed(names: Iterable[str]) -> str:
    return ", ".join(code(name) for name in names)
