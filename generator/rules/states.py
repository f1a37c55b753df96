"""Where jobs stand in their lives: a pause has an end and a reason."""

from collections.abc import Iterator
from datetime import datetime

from generator.manifest.resolved import PAUSED, Worker
from generator.manifest.types import duration_text
from generator.rules.clock import now
from generator.rules.registry import Violation, worker_rule


@worker_rule(
    "pause-incomplete",
    what="A paused job says until when and why.",
    why="A pause that nobody ends loses what waits, and nobody knows whom to ask.",
    remedy="write `until` and `why` beside the state",
    source="our own life-cycle: docs/runbook.md, pause a job",
)
def pause_incomplete(worker: Worker) -> Iterator[Violation]:
    """Judge what a pause says of itself."""
    missing = [name for name in ("until", "why") if not getattr(worker, name)]
    if worker.state == PAUSED and missing:
        told = " and ".join(f"`{name}`" for name in missing)
        yield Violation(worker.where("lifecycle"), f"a pause without {told}")


@worker_rule(
    "pause-over",
    what="A paused job's `until` lies ahead.",
    why="Messages wait behind a pause that everybody believes to be over, until they expire.",
    remedy="remove `lifecycle`, or say a later `until` and why",
    source="our own life-cycle: docs/runbook.md, pause a job",
)
def pause_over(worker: Worker) -> Iterator[Violation]:
    """Judge the end of a pause by the clock."""
    if worker.state == PAUSED and worker.until and datetime.fromisoformat(worker.until) <= now():
        yield Violation(worker.where("until"), f"the pause was over at {worker.until}")


@worker_rule(
    "pause-outlasts-messages",
    what="A pause ends before what is sent today expires.",
    why="SQS deletes a message at the end of its retention, whether or not anybody worked on it.",
    remedy="end the pause sooner, or raise `message_retention` before it begins",
    source="SQS Developer Guide, message retention period",
)
def pause_outlasts_messages(worker: Worker) -> Iterator[Violation]:
    """Judge the rest of a pause by how long messages are kept."""
    if worker.state != PAUSED or not worker.until:
        return
    left = (datetime.fromisoformat(worker.until) - now()).total_seconds()
    if left >= worker.message_retention:
        kept = duration_text(worker.message_retention)
        yield Violation(worker.where("until"), f"messages are kept {kept}, and it ends later")


@worker_rule(
    "pause-of-none",
    what="Only a paused job has an `until`.",
    why="No other state ends by itself: the word would promise what does not happen.",
    remedy="remove `until`, or set the state to `paused`",
    source="our own life-cycle: docs/runbook.md, pause a job",
)
def pause_of_none(worker: Worker) -> Iterator[Violation]:
    """Judge an end without a pause."""
    if worker.until and worker.state != PAUSED:
        yield Violation(worker.where("until"), f"`{worker.state}` does not end at a time", key=True)
