"""What the generated Terraform must give each job's module, from the resolved values."""

from generator.manifest.resolved import Reference, Schedule, Statement, Worker
from generator.watch.watch import watch_of
from tests.generator.hcl_values import Code

MEANT = {Reference.ACCOUNT: "123456789012", Reference.REGION: "eu-west-1"}
"""What Terraform puts in place of a reference, in tests."""


def expected(worker: Worker) -> dict[str, object]:
    """Return every input of a worker's module, as Terraform should read it."""
    job, inputs, access = worker.job, dict[str, object](), dict[str, object]()
    if worker.variables:
        inputs["variables"] = {name: filled(text) for name, text in worker.variables.items()}
    if job.secrets:
        access["secrets"] = list(job.secrets)
    if job.enqueues:
        access["enqueues"] = list(job.enqueues)
    if worker.statements:
        access["statements"] = [statement_of(statement) for statement in worker.statements]
    if access:
        inputs["access"] = access
    if worker.state != "active":
        inputs["state"] = worker.state
    if worker.schedules:
        inputs["schedules"] = {s.name: schedule_of(s) for s in worker.schedules}
    conflict = {"on_conflict": job.on_conflict} if job.on_conflict != "tell" else {}
    return {
        **inputs,
        "source": "../../modules/job",
        "name": job.name,
        "description": job.description,
        "owner": job.owner,
        "function": {
            "artifact": Code(f'var.artifacts.functions["{job.name}"]'),
            "handler": f"generated.entrypoints.{job.module}.lambda_handler",
            **of_worker(worker, "runtime", "architecture", "timeout", "memory_size"),
            **(of_worker(worker, "ephemeral_storage") if worker.ephemeral_storage > 512 else {}),
            **(of_worker(worker, "reserved_concurrency") if worker.reserved_concurrency else {}),
        },
        "queue": of_worker(
            worker, "visibility_timeout", "delay", "message_retention", "dead_letter_retention"
        ),
        "polling": {
            "maximum_concurrency": worker.concurrency,
            **of_worker(worker, "batch_size", "batch_window"),
        },
        "retry": {
            "max_attempts": worker.max_attempts,
            "base": worker.backoff.base,
            "cap": worker.backoff.cap,
        },
        "idempotency": {"retention": worker.record_retention, **conflict},
        "logs": {
            "retention_days": worker.log_retention_days,
            **({"level": worker.log_level} if worker.log_level != "INFO" else {}),
            **({"format": worker.log_format} if worker.log_format != "Text" else {}),
        },
        "alarms": {
            name: getattr(worker.alarms, name)
            for name in ("dead_letters", "errors", "level", "oldest_message", "throttles")
        },
    }


def of_worker(worker: Worker, *names: str) -> dict[str, object]:
    """Return what Terraform calls as the worker's own values are called."""
    return {name: getattr(worker, name) for name in names}


def statement_of(statement: Statement) -> dict[str, object]:
    """Return what a statement should say."""
    written: dict[str, object] = {
        "actions": list(statement.actions),
        "resources": [filled(text) for text in statement.resources],
    }
    conditions: dict[str, dict[str, object]] = {}
    for given in statement.conditions:
        conditions.setdefault(given.operator, {})[given.key] = [filled(v) for v in given.values]
    return {**written, "conditions": conditions} if conditions else written


def schedule_of(schedule: Schedule) -> dict[str, object]:
    """Return what a schedule's entry should say."""
    return {
        "expression": schedule.expression,
        "timezone": schedule.timezone or "UTC",
        "enabled": schedule.enabled,
        "payload": schedule.payload,
        **({"overlap": schedule.overlap} if schedule.overlap != "allow" else {}),
        **({"max_age": schedule.max_age} if schedule.max_age else {}),
        **({"watch": seen} if (seen := watch_as_written(schedule)) else {}),
    }


def watch_as_written(schedule: Schedule) -> dict[str, object]:
    """Return what an alarm should be told of a schedule; nothing where it cannot watch."""
    watch = watch_of(schedule)
    if watch is None:
        return {}
    return {
        "due": watch.due,
        "periods": watch.periods,
        **({"period": watch.period} if watch.period != 60 else {}),
        **({"steps": dict(watch.steps)} if watch.steps else {}),
    }


def filled(text: object) -> str:
    """Return text with what Terraform knows put into it."""
    parts = text if isinstance(text, tuple) else (text,)
    return "".join(MEANT[p] if isinstance(p, Reference) else str(p) for p in parts)
