"""Changes of queues and their clocks that lose messages, or strand them where nobody works."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator import gate_rules
from generator.manifest.resolved import Job, Manifest, Worker
from generator.manifest.source import Where
from generator.manifest.types import duration_text
from generator.words import joined


@dataclass(frozen=True, slots=True)
class Break:
    """One change that messages do not survive.

    Attributes:
        rule: Id of the rule.
        job: The job it is about; empty if it is about all of them.
        where: Its place in the new manifest.
        message: What happens, without a full stop.
        announced: Whether the base says that it would happen: it is no refusal then.
    """

    rule: str
    job: str
    where: Where
    message: str
    announced: bool = False


def breaks(old: Manifest, new: Manifest) -> Iterator[Break]:
    """Yield every change that loses or strands messages."""
    if old.project != new.project:
        message = f"every queue is replaced: their names begin with `{old.project}`"
        yield Break(gate_rules.QUEUE_REPLACED, "", ("project",), message)
        return
    for environment in old.environments:
        if environment not in new.environments:
            message = f"every queue of `{environment}` is destroyed"
            yield Break(gate_rules.QUEUE_REPLACED, "", ("environments",), message)
    yield from _of_names(old, new)
    yield from _of_clocks(old, new)


def _of_names(old: Manifest, new: Manifest) -> Iterator[Break]:
    kept = dict.fromkeys(job.name for job in new.jobs)
    kept |= dict.fromkeys(
        former for job in new.jobs for former, state in job.renamed_from if state != "gone"
    )
    before = {job.name for job in old.jobs}
    yield from _of_records(old, new)
    for job in (*old.jobs, *_formers(old)):
        if job.name in kept:
            continue
        if _retired(old, job.name):
            message = (
                f"`{job.name}` was retired and is gone: its queues are destroyed with what is left"
            )
            yield Break(gate_rules.JOB_REMOVED, job.name, ("jobs",), message, announced=True)
            continue
        twins = [o.name for o in new.jobs if o.name not in before and o.payload == job.payload]
        if twins and not job.served_by:
            message = f"`{job.name}` is now `{twins[0]}`: its queues are destroyed"
            yield Break(gate_rules.JOB_RENAMED, job.name, ("jobs", twins[0]), message)
        else:
            message = f"`{job.name}` is gone: its queues are destroyed"
            yield Break(gate_rules.JOB_REMOVED, job.name, ("jobs",), message)


def _formers(manifest: Manifest) -> tuple[Job, ...]:
    """Return the former names that are served, as jobs."""
    jobs = (worker.job for worker in manifest.every_worker)
    return tuple(dict.fromkeys(job for job in jobs if job.served_by))


def _of_records(old: Manifest, new: Manifest) -> Iterator[Break]:
    """Yield jobs whose work would be looked for under another name than it is on record."""
    was = {job.name: job.record_name for job in old.jobs}
    for job in new.jobs:
        names = [job.name, *(name for name, _ in job.renamed_from)]
        before = next((was[name] for name in reversed(names) if name in was), job.record_name)
        if before != job.record_name:
            message = f"the work of `{job.name}` is on record as `{before}`, and looked for as "
            message += f"`{job.record_name}`"
            yield Break(gate_rules.RECORD_NAME, job.name, ("jobs", job.name), message)


def _retired(manifest: Manifest, name: str) -> bool:
    """Whether a job is retired in every environment: what remains is to remove it."""
    states = {worker.state for worker in manifest.every_worker if worker.job.name == name}
    return states == {"retired"}


def _of_clocks(old: Manifest, new: Manifest) -> Iterator[Break]:
    """Compare each job in each environment, and say once what holds in several of them."""
    found: dict[tuple[str, str, str, Where], list[str]] = {}
    for environment, workers in old.workers.items():
        now = {worker.job.name: worker for worker in new.workers.get(environment, ())}
        for worker in workers:
            if worker.job.name in now:
                for rule, where, message in _of_worker(worker, now[worker.job.name]):
                    key = (rule, worker.job.name, message, where)
                    found.setdefault(key, []).append(environment)
    for (rule, job, message, where), environments in found.items():
        yield Break(rule, job, where, f"{message} in {joined(environments)}")


_LOWERED: tuple[tuple[str, str, str, Callable[[int], str]], ...] = (
    ("message_retention", gate_rules.RETENTION, "messages are kept", duration_text),
    ("dead_letter_retention", gate_rules.RETENTION, "dead letters are kept", duration_text),
    ("record_retention", gate_rules.RECORDS, "keys are remembered", duration_text),
    ("max_attempts", gate_rules.ATTEMPTS, "the attempts of a message are", str),
    ("timeout", gate_rules.TIMEOUT, "the time of one run is", duration_text),
)


def _of_worker(old: Worker, new: Worker) -> Iterator[tuple[str, Where, str]]:
    for field, rule, noun, text in _LOWERED:
        before, after = getattr(old, field), getattr(new, field)
        if after < before:
            yield rule, new.where(field), f"{noun} {text(after)}, no longer {text(before)},"
