"""What may become of one dead letter: a pure judgement of its body, its record and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from clarivum_jobs.contract.envelope import check_addressee, parse
from clarivum_jobs.contract.reading import read_tolerantly
from clarivum_jobs.contract.upcasting import upcast
from clarivum_jobs.core.errors import EnvelopeError, InvalidPayloadError, NewerVersionError
from clarivum_jobs.producer.batching import MAX_MESSAGE_BYTES
from clarivum_jobs.schedules.redelivered import schedule_event
from envs.desk.edits import Edit, rewritten
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from clarivum_jobs.contract.envelope import Envelope
    from clarivum_jobs.records.work_item import WorkItem
    from envs.desk.letters import Letter
    from envs.desk.place import Job

Verdict = Literal[
    "send", "discard", "done", "running", "newer", "invalid", "stale", "foreign", "unreadable"
]

SENDS: frozenset[Verdict] = frozenset({"send"})
REMOVES: frozenset[Verdict] = frozenset({"done", "discard"})
LEAVES: frozenset[Verdict] = frozenset(
    {"running", "newer", "invalid", "stale", "foreign", "unreadable"}
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a letter.

    Attributes:
        verdict: In one word.
        told: Why, for people; no value of a payload.
        body: What is sent; empty if nothing is.
        key: Idempotency key of what is sent; empty if that is not known.
    """

    verdict: Verdict
    told: str = ""
    body: str = ""
    key: str = ""


def judge_replay(letter: Letter, job: Job, edit: Edit) -> Judgement:
    """Judge what a letter says, before its record is looked at."""
    if schedule_event(letter.body) is not None:
        return Judgement("send", "a schedule's run, enqueued under its own key", letter.body)
    envelope = _read(letter, job)
    if isinstance(envelope, Judgement):
        return envelope
    if envelope.stale:
        return Judgement("stale", "it may not begin any more, a worker would drop it")
    try:
        return _sent(letter, envelope, job, edit)
    except (EnvelopeError, InvalidPayloadError) as error:
        return Judgement("invalid", f"{error}; mend it by --set or --transform")
    except DeskError as error:
        return Judgement("invalid", error.args[0])


def _read(letter: Letter, job: Job) -> Envelope | Judgement:
    """Read a letter's message; what no worker of the job would take is judged."""
    try:
        envelope = parse(letter.body)
        check_addressee(envelope, job.name, job.model().contract.version)
    except NewerVersionError as error:
        return Judgement("newer", str(error))
    except EnvelopeError as error:
        return Judgement("foreign" if error.code == "wrong_job" else "unreadable", str(error))
    return envelope


def _sent(letter: Letter, envelope: Envelope, job: Job, edit: Edit) -> Judgement:
    version = job.model().contract.version
    old = envelope.contractversion < version
    told = f"version {envelope.contractversion}, read as {version}" if old else ""
    if not edit.changes:
        # Only to see whether a worker will take it: the message goes as it came.
        data = upcast(envelope.data, envelope.contractversion, version, job.upcasters())
        read_tolerantly(job.model(), data)
        return Judgement("send", told, letter.body, envelope.idempotencykey)
    new = rewritten(envelope, job, edit)
    told = "another key: it is new work" if new.key_changed else told
    body = new.envelope.to_json()
    if len(body) > MAX_MESSAGE_BYTES:
        return Judgement("invalid", f"{len(body)} bytes, at most {MAX_MESSAGE_BYTES} fit")
    return Judgement("send", told, body, new.envelope.idempotencykey)


def with_record(judged: Judgement, found: WorkItem | None, now: int, *, force: bool) -> Judgement:
    """Judge again by what is on record of the work at this moment.

    Args:
        judged: By the letter alone.
        found: The record of what would be sent; none if there is none.
        now: The time in milliseconds since the epoch.
        force: Whether done work is to be done again.
    """
    if judged.verdict not in SENDS or found is None or found.expiration * 1000 <= now:
        return judged
    if found.status == "done" and not force:
        return Judgement("done", "the work is done", key=judged.key)
    if found.lease >= now:
        return Judgement("running", "a worker has it in hand", key=judged.key)
    return judged
