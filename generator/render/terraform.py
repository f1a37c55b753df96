"""`envs/<environment>/jobs.gen.tf`: one `module` block a job."""

from collections.abc import Iterator

from generator.alarm_kinds import alarm_level
from generator.manifest.layers import BUILT_IN
from generator.manifest.names import module_name
from generator.manifest.resolved import Schedule, Statement, Worker
from generator.manifest.types import SECONDS
from generator.render import hcl
from generator.render.environment import fill
from generator.watch.watch import watch_of

Attribute = tuple[str, object]


def terraform(workers: tuple[Worker, ...]) -> str:
    """Return the Terraform of one environment."""
    modules = [
        {
            "label": _label(worker),
            "groups": [hcl.attributes(group, indent=2) for group in _groups(worker)],
        }
        for worker in workers
    ]
    locals_ = hcl.attributes(shared(workers).items(), indent=2)
    return fill("terraform.tf.j2", locals=locals_, modules=modules)


def shared(workers: tuple[Worker, ...]) -> dict[str, object]:
    """Return the local values of an environment, for what people call in its root."""
    watched = tuple(
        (worker.job.name, hcl.Expression(f"module.{_label(worker)}.watched")) for worker in workers
    )
    secrets = sorted({secret for worker in workers for secret in worker.job.secrets})
    return {
        "alarm_level": alarm_level(workers),
        "closed": [worker.job.name for worker in workers if worker.closed],
        "jobs": hcl.Block(watched),
        "secrets": secrets,
    }


def _label(worker: Worker) -> str:
    """Return the name of its block: a former name keeps what stands under it in the state."""
    return module_name(worker.job.name)


def arguments(worker: Worker) -> dict[str, object]:
    """Return what the module of a job is given."""
    return {name: value for group in _groups(worker) for name, value in group}


def _groups(worker: Worker) -> Iterator[list[Attribute]]:
    """Yield what belongs together; an empty line stands between two groups."""
    job = worker.job
    yield [("source", "../../modules/job")]
    yield [("platform", hcl.Expression("module.platform.context"))]
    yield [
        *(("name", job.name), ("description", job.description), ("owner", job.owner)),
        *([] if worker.state == "active" else [("state", worker.state)]),
    ]
    yield [("function", hcl.Block(tuple(_function(worker))))]
    if worker.variables:
        texts = {name: hcl.template(text) for name, text in worker.variables.items()}
        yield [("variables", texts)]
    yield list(_running(worker))
    access = dict(_access(worker))
    if access:
        yield [("access", access)]
    if worker.schedules:
        yield [("schedules", hcl.Block(tuple(map(_schedule, worker.schedules))))]


def _function(worker: Worker) -> Iterator[Attribute]:
    job = worker.job
    yield "artifact", hcl.Expression(f"var.artifacts.functions[{hcl.string(job.entry)}]")
    yield "handler", f"generated.entrypoints.{job.module}.lambda_handler"
    yield "runtime", worker.runtime
    yield "architecture", worker.architecture
    yield "timeout", worker.timeout
    yield "memory_size", worker.memory_size
    if worker.ephemeral_storage != BUILT_IN["ephemeral_storage"]:
        yield "ephemeral_storage", worker.ephemeral_storage
    if worker.reserved_concurrency is not None:
        yield "reserved_concurrency", worker.reserved_concurrency


def _running(worker: Worker) -> Iterator[Attribute]:
    yield (
        "queue",
        {
            "visibility_timeout": worker.visibility_timeout,
            "delay": worker.delay,
            "message_retention": worker.message_retention,
            "dead_letter_retention": worker.dead_letter_retention,
        },
    )
    yield (
        "polling",
        {
            "maximum_concurrency": worker.concurrency,
            "batch_size": worker.batch_size,
            "batch_window": worker.batch_window,
        },
    )
    waits = {"base": worker.backoff.base, "cap": worker.backoff.cap}
    yield "retry", {"max_attempts": worker.max_attempts, **waits}
    job = worker.job
    parked = {} if job.on_conflict == "tell" else {"on_conflict": job.on_conflict}
    named = {} if job.record_name == job.name else {"record_name": job.record_name}
    yield "idempotency", {"retention": worker.record_retention, **parked, **named}
    said = {"level": worker.log_level, "format": worker.log_format}
    unusual = {name: said[name] for name in said if said[name] != BUILT_IN[f"log_{name}"]}
    yield "logs", {"retention_days": worker.log_retention_days, **unusual}
    alarms = worker.alarms
    yield "alarms", {name: getattr(alarms, name) for name in sorted(type(alarms).__slots__)}


def _access(worker: Worker) -> Iterator[Attribute]:
    if worker.job.secrets:
        yield "secrets", worker.job.secrets
    if worker.job.enqueues:
        yield "enqueues", worker.job.enqueues
    if worker.statements:
        yield "statements", [_statement(statement) for statement in worker.statements]


def _statement(statement: Statement) -> dict[str, object]:
    written: dict[str, object] = {
        "actions": statement.actions,
        "resources": [hcl.template(resource) for resource in statement.resources],
    }
    conditions: dict[str, dict[str, object]] = {}
    for found in statement.conditions:
        values = [hcl.template(value) for value in found.values]
        conditions.setdefault(found.operator, {})[found.key] = values
    return {**written, "conditions": conditions} if conditions else written


def _schedule(schedule: Schedule) -> Attribute:
    entries: list[Attribute] = [
        ("expression", schedule.expression),
        ("timezone", schedule.timezone or "UTC"),
        ("enabled", schedule.enabled),
        ("payload", hcl.json_text(schedule.payload, indent=6)),
    ]
    if schedule.overlap != "allow":
        entries.append(("overlap", schedule.overlap))
    if schedule.max_age:
        entries.append(("max_age", schedule.max_age))
    watch = watch_of(schedule)
    if watch:
        seen: list[Attribute] = [("due", watch.due)]
        if watch.period != SECONDS["m"]:
            seen.append(("period", watch.period))
        seen.append(("periods", watch.periods))
        if watch.steps:
            seen.append(("steps", hcl.Block(tuple(watch.steps.items()))))
        entries.append(("watch", hcl.Block(tuple(seen))))
    return schedule.name, hcl.Block(tuple(entries))
