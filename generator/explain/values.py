"""Each value of a job in one environment, and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.manifest import model
from generator.manifest.layers import Layers
from generator.manifest.resolve import VISIBILITY_FACTOR, safe_visibility
from generator.manifest.resolved import Reference, Text, Worker
from generator.manifest.source import Source, Where
from generator.manifest.types import duration_text

_DURATIONS = ("timeout", "visibility_timeout", "batch_window", "delay", "message_retention")
_PLAIN = (
    *("compute", "runtime", "architecture", "memory_size"),
    *("ephemeral_storage", "log_level", "log_format"),
    *("max_attempts", "concurrency", "batch_size"),
)
BUILT_IN = "built in"


@dataclass(frozen=True, slots=True)
class Value:
    """One value.

    Attributes:
        name: As in the manifest, dotted where it is inside another.
        text: As the manifest would write it.
        origin: Where it was written, what it follows from, or that it is built in.
    """

    name: str
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Origins:
    """Says where the values of one worker come from.

    Attributes:
        source: The manifest's text.
        written: The manifest as written.
        worker: The job in its environment.
    """

    source: Source
    written: model.Manifest
    worker: Worker

    def values(self) -> Iterator[Value]:
        """Yield every value, in the order of the manifest's reference."""
        worker = self.worker
        yield Value("lifecycle.state", worker.state, self._origin("state"))
        for name in ("until", "why"):
            if getattr(worker, name):
                yield Value(f"lifecycle.{name}", getattr(worker, name), self._origin(name))
        for index, (former, state) in enumerate(worker.job.renamed_from):
            where = ("jobs", worker.job.entry, "renamed_from", index)
            yield Value("renamed_from", f"{former} ({state})", self._place(where))
        for name in _PLAIN:
            yield Value(name, str(getattr(worker, name)), self._origin(name))
        if worker.reserved_concurrency is not None:
            kept = (
                f"{worker.reserved_concurrency} of the account's {self.written.account.concurrency}"
            )
            yield Value("reserved_concurrency", kept, self._origin("reserved_concurrency"))
        for name in _DURATIONS:
            derived = self._visibility() if name == "visibility_timeout" else ""
            yield self._duration(name, getattr(worker, name), derived)
        yield self._duration("dead_letter_retention", worker.dead_letter_retention)
        followed = "derived: message_retention + dead_letter_retention"
        origin = self._origin("record_retention", followed)
        yield Value("idempotency.retention", duration_text(worker.record_retention), origin)
        yield Value(
            "log_retention", f"{worker.log_retention_days}d", self._origin("log_retention_days")
        )
        yield self._duration("backoff.base", worker.backoff.base)
        yield self._duration("backoff.cap", worker.backoff.cap)
        followed = "derived: two hours, or what all attempts can take"
        yield self._duration("alarms.oldest_message", worker.alarms.oldest_message, followed)
        for name in ("dead_letters", "errors", "throttles"):
            field = f"alarms.{name}"
            yield Value(field, str(getattr(worker.alarms, name)), self._origin(field))
        for name, text in worker.variables.items():
            yield Value(f"variables.{name}", _shown(text), self._origin(f"variables.{name}"))

    def _duration(self, name: str, seconds: int, derived: str = "") -> Value:
        return Value(name, duration_text(seconds), self._origin(name, derived))

    def _origin(self, field: str, derived: str = "") -> str:
        where = self.worker.origins.get(field)
        return self._place(where) if where else derived or BUILT_IN

    def _visibility(self) -> str:
        """Say what follows for the visibility timeout where no word about the job is exact."""
        worker = self.worker
        needed = safe_visibility(worker.timeout, worker.batch_window)
        derivation = f"{VISIBILITY_FACTOR} x timeout + batch_window"
        if worker.visibility_timeout == needed:
            return f"derived: {derivation}"
        job = self.written.jobs[worker.job.entry]
        layers = Layers.of(self.written, worker.job.entry, job, worker.environment)
        *_, (_, where, _) = layers.say("visibility_timeout")
        return f"{self._place(where)}, a floor above {derivation}"

    def _place(self, where: Where) -> str:
        """Return file and line of a place, and whose word it is."""
        found = self.source.finding(where, "", "")
        speaker = "defaults" if where[0] == "defaults" else "the job"
        if "environments" in where:
            speaker += f", for {where[where.index('environments') + 1]}"
        return f"{found.file}:{found.line} ({speaker})"


def _shown(text: Text) -> str:
    """Return a text with what only Terraform knows as its placeholder."""
    return "".join(
        f"{{{part.name.lower()}}}" if isinstance(part, Reference) else part for part in text
    )
