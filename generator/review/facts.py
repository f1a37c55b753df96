"""What a job is and holds in one environment, in words that can be compared."""

from generator.alarm_kinds import alarms_of
from generator.hearing import hearings
from generator.manifest.resolved import Worker
from generator.manifest.types import duration_text
from generator.render import rights as held

_PLAIN = (
    *("state", "compute", "runtime", "architecture", "memory_size", "max_attempts"),
    *("ephemeral_storage", "log_level", "log_format"),
    *("concurrency", "batch_size"),
)
_DURATIONS = (
    *("timeout", "visibility_timeout", "batch_window", "delay", "message_retention"),
    *("dead_letter_retention", "record_retention"),
)


def values(worker: Worker) -> dict[str, str]:
    """Return every setting by its name in the manifest, as the manifest would write it."""
    found = {name: str(getattr(worker, name)) for name in _PLAIN}
    found |= {name: duration_text(getattr(worker, name)) for name in _DURATIONS}
    if worker.reserved_concurrency is not None:
        found["reserved_concurrency"] = str(worker.reserved_concurrency)
    if worker.until:
        found["until"] = worker.until
    found["idempotency.retention"] = found.pop("record_retention")
    found["idempotency.key"] = ", ".join(worker.job.key)
    found["idempotency.on_conflict"] = worker.job.on_conflict
    found["contract"] = str(worker.job.contract)
    formers = [f"{name} ({state})" for name, state in worker.job.renamed_from]
    found["renamed_from"] = ", ".join(formers)
    found["owner"] = worker.job.owner
    found["log_retention"] = f"{worker.log_retention_days}d"
    found["backoff"] = (
        f"{duration_text(worker.backoff.base)} to {duration_text(worker.backoff.cap)}"
    )
    found["alarms.oldest_message"] = duration_text(worker.alarms.oldest_message)
    for name in ("level", "dead_letters", "errors", "throttles"):
        found[f"alarms.{name}"] = str(getattr(worker.alarms, name))
    for name in type(worker.expected).__slots__:
        found[f"expected.{name}"] = str(getattr(worker.expected, name))
    for name, text in worker.variables.items():
        found[f"variables.{name}"] = held.shown(text)
    for schedule in worker.schedules:
        state = "" if schedule.enabled else ", off"
        zone = f" {schedule.timezone}" if schedule.timezone else ""
        found[f"schedule {schedule.name}"] = f"{schedule.expression}{zone}{state}"
    return found


def resources(worker: Worker) -> frozenset[str]:
    """Return what is created for a job in its environment, alarms apart."""
    base = held.anywhere(worker, worker.base)
    found = {
        f"queue {base}",
        f"queue {base}-dlq",
        f"function {base}",
        f"event source mapping {base}",
        f"role {base}-worker",
        f"log group /aws/lambda/{base}",
    }
    found |= {f"schedule {worker.job.name}-{schedule.name}" for schedule in worker.schedules}
    if worker.schedules:
        found.add(f"role {base}-schedule")
    return frozenset(found)


def rights(worker: Worker) -> frozenset[str]:
    """Return what its worker may do beside its own queues, records and log."""
    base = held.anywhere(worker, worker.base)
    return frozenset(f"{base}: {held.anywhere(worker, right)}" for right in held.rights(worker))


def alarms(worker: Worker) -> frozenset[str]:
    """Return the names of its alarms."""
    base = held.anywhere(worker, worker.base)
    return frozenset(f"{base}-{kind.name}" for kind in alarms_of(worker))


def hears(worker: Worker) -> dict[str, str]:
    """Return how long until on-call hears of each way to fail."""
    return {hearing.failure: hearing.text.replace("`", "") for hearing in hearings(worker)}
