"""Values of which a part is unknown, since what was written there is broken.

A rule that asks for such a part cannot judge: asking ends it, for this subject, without a word.
So one run tells what is wrong with the form and what is wrong with the values beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from generator.manifest import model
from generator.manifest.resolved import Job, Manifest, Worker
from generator.manifest.source import Where

_NAMED: Mapping[str, tuple[str, ...]] = {
    "lifecycle": ("state", "until", "why", "closed", "schedules"),
    "log_retention": ("log_retention_days",),
    "permissions": ("statements",),
    "schedule": ("schedules",),
    "idempotency": ("record_retention", "key"),
    "payload": ("payload", "schema"),
    "timeout": ("timeout", "visibility_timeout", "alarms"),
    "batch_window": ("batch_window", "visibility_timeout", "alarms"),
    "max_attempts": ("max_attempts", "alarms"),
    "backoff": ("backoff", "alarms"),
    "delay": ("delay", "alarms"),
    "message_retention": ("message_retention", "record_retention"),
    "dead_letter_retention": ("dead_letter_retention", "record_retention"),
}
"""What is resolved from a key, where it is not just the key's own value."""

_DERIVED: Mapping[str, str] = {
    "visibility_timeout": "visibility_timeout",
    "record_retention": "record_retention",
    "alarms": "alarms.oldest_message",
}
"""Known all the same where it was written."""


class UnknownValueError(Exception):
    """A rule asked for a value that is not known."""


class Partly:
    """Stands for a subject; its unknown parts cannot be asked for."""

    def __init__(
        self, subject: object, unknown: frozenset[str], others: Mapping[str, object]
    ) -> None:
        """Take the subject, the names of what is unknown, and what it has instead of its own."""
        self._subject, self._unknown, self._others = subject, unknown, others

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any attribute of any subject
        """Return what the subject has.

        Raises:
            UnknownValueError: It is not known.
        """
        if name in self._unknown:
            raise UnknownValueError(name)
        return self._others[name] if name in self._others else getattr(self._subject, name)


def known_of(resolved: Manifest, unknown: frozenset[Where]) -> Manifest:
    """Return the manifest with the subjects of rules such that only what is known can be asked."""
    if not unknown:
        return resolved
    by_job: dict[object, set[Where]] = {}
    for where in unknown:
        by_job.setdefault(where[1] if where[0] == "jobs" and len(where) > 1 else None, set()).add(
            where
        )
    everywhere = by_job.get(None, set())

    def of_job(job: Job) -> Job:
        fields = frozenset(_fields(everywhere | by_job.get(job.entry, set()), ""))
        return cast("Job", Partly(job, fields, {})) if fields else job

    jobs = {job.name: of_job(job) for job in resolved.jobs}

    def of_worker(worker: Worker) -> Worker:
        places = everywhere | by_job.get(worker.job.name, set())
        fields = set(_fields(places, worker.environment))
        fields -= {name for name, origin in _DERIVED.items() if origin in worker.origins}
        if not fields:
            return worker
        others = {"job": jobs.get(worker.job.name) or of_job(worker.job)}
        return cast("Worker", Partly(worker, frozenset(fields), others))

    workers = {name: tuple(map(of_worker, those)) for name, those in resolved.workers.items()}
    return replace(resolved, jobs=tuple(jobs.values()), workers=workers)


def known_written(written: model.Manifest, unknown: frozenset[Where]) -> model.Manifest:
    """Return what was written, such that a broken key of the top cannot be asked for."""
    names = frozenset(str(where[0]) for where in unknown if len(where) == 1 or where[0] in _TOP)
    return cast("model.Manifest", Partly(written, names, {})) if names else written


_TOP = frozenset({"environments", "account", "budget"})


def covers(unknown: frozenset[Where], where: Where) -> bool:
    """Say whether a place lies in what is unknown."""
    return bool(unknown) and any(where[:depth] in unknown for depth in range(1, len(where) + 1))


def _fields(places: set[Where], environment: str) -> Iterator[str]:
    """Yield the fields that are unknown in an environment, or in all of them if it is empty."""
    for where in places:
        if where[0] == "project":
            yield "base"
        inside = where[2:] if where[0] == "jobs" else where[1:] if where[0] == "defaults" else ()
        if inside[:1] == ("environments",):
            if environment and inside[1:2] in ((), (environment,)):
                inside = inside[2:]
            else:
                continue
        if inside:
            yield from _NAMED.get(str(inside[0]), (str(inside[0]),))
