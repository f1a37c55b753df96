"""What must hold in every world, checked while it happens.

An auditor listens at the queues, the third parties and the record table. It knows nothing of the
library under test but the form of its messages and records.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from clarivum_jobs.testing.aws.names import BASE
from clarivum_jobs.testing.aws.queue import Message, Queue
from clarivum_jobs.testing.machine.function import Run
from clarivum_jobs.testing.world import World


class ViolationError(AssertionError):
    """An invariant does not hold; the text holds the seed that replays it, and the trace."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that a queue took: what was promised to somebody."""

    job: str
    job_id: str
    key: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A run asked a third party for an effect."""

    effect: str
    key: str
    run: Run
    at: int


@dataclass(slots=True)
class Audit:
    """Listens to one world.

    Attributes:
        accepted: Every message ever sent to a job's queue, by its job id.
        asks: Every effect asked for, in order.
        starts: How often the handler began, by SQS message id.
        problems: What did not hold.
    """

    world: World
    accepted: dict[str, Accepted] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to listen to the jobs that are deployed already."""
        for job in self.world.deployments:
            self.listen(job)
        self.world.effects.asked_for = self._asked

    def listen(self, job: str) -> None:
        """Listen to a job that is deployed later, too."""
        queue = self.world.queue(job)
        queue.sent, queue.deleted = self._sent, self._deleted

    def check(self) -> None:
        """Look at the world between two events.

        Raises:
            ViolationError: Something does not hold.
        """
        self._nothing_lost()
        self._no_run_outlives_its_claim()
        for message, count in self.starts.items():
            limit = max(d.max_attempts for d in self.world.deployments.values())
            if count > limit:
                self.problems.append(f"message {message} was attempted {count} times")
        if self.problems:
            text = "\n".join(dict.fromkeys(self.problems))
            message = f"seed {self.world.seed}:\n{text}\n\n{self.world.trace.text}"
            raise ViolationError(message)

    def began(self, job_id: str, attempt: int, limit: int) -> None:
        """Note that a handler began; called by the handler itself."""
        run = self.world.router.current
        if not isinstance(run, Run) or self.world.loop.current is None:
            return
        if self.world.loop.current.dead:
            return
        if attempt > limit:
            self.problems.append(f"attempt {attempt} of {limit}")
        records = run.event.get("Records", [])
        found = [r["messageId"] for r in records if _envelope(r["body"]).get("id") == job_id]
        # Two copies in one batch cannot be told apart from here; then the number alone is judged.
        if len(found) == 1:
            self.starts[found[0]] = self.starts.get(found[0], 0) + 1

    def completed(self, job: str, key: str) -> bool:
        """Whether the work of a key is on record as done."""
        record = self._item(job, key)
        return bool(record.get("status", {}).get("S") == "done")

    def fate(self, promise: Accepted) -> set[str]:
        """Everything that is true of a message: done, waiting, dead, or dropped as too late."""
        fates = {"done"} if self.completed(promise.job, promise.key) else set()
        noted = (promise.key, f"enqueue#{promise.job_id}")
        stale = {"S": f"{self._on_record(promise.job)}#stale"}
        if any(self._item(promise.job, name).get("job_status") == stale for name in noted):
            fates.add("dropped")
        for queue, fate in (
            (self.world.queue(promise.job), "waiting"),
            (self.world.dead_letters(promise.job), "dead"),
        ):
            if any(promise.job_id in message.body for message in queue.messages.values()):
                fates.add(fate)
        return fates

    def _item(self, job: str, name: str) -> dict[str, Any]:
        return self.world.table.items.get(f"{self._on_record(job)}#{name}", {})

    def _on_record(self, job: str) -> str:
        return self.world.deployments[job].record_name or job

    def _nothing_lost(self) -> None:
        for promise in self.accepted.values():
            if not self.fate(promise):
                self.problems.append(f"{promise.job} {promise.job_id} is nowhere")

    def _no_run_outlives_its_claim(self) -> None:
        for run, end in self.world.table.claims:
            if (run.ended or self.world.loop.now) > end and run.state in {"running", "ok"}:
                self.problems.append(f"run {run.number} outlives its claim")

    def _sent(self, queue: Queue, message: Message) -> None:
        envelope = _envelope(message.body)
        job = queue.name.removeprefix(f"{BASE}-")
        if envelope:
            promise = Accepted(job, envelope["id"], envelope["idempotencykey"])
            self.accepted[promise.job_id] = promise

    def _deleted(self, _queue: Queue, message: Message) -> None:
        """At an acknowledgement the job must be done, dead, or sent back by a redrive already."""
        envelope = _envelope(message.body)
        promise = self.accepted.get(envelope.get("id", ""))
        if promise and not self.fate(promise):
            self.problems.append(f"{promise.job_id} was acknowledged before its record")

    def _asked(self, effect: str, key: str) -> None:
        run = self.world.router.current
        if not isinstance(run, Run):
            return
        ask = Ask(effect, key, run, self.world.loop.now)
        for before in self.asks:
            if (before.effect, before.key) != (effect, key) or before.run is run:
                continue
            if before.run.state == "running":
                self.problems.append(f"{effect} {key} is done by two runs at a time")
        if self.completed(run.caller.name, key):
            self.problems.append(f"{effect} {key} is done again although it is on record")
        self.asks.append(ask)


def _envelope(body: str) -> dict[str, Any]:
    try:
        envelope = json.loads(body)
    except ValueError:
        return {}
    return envelope if isinstance(envelope, dict) and "idempotencykey" in envelope else {}
