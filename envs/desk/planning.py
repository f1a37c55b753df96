"""Making a plan: one look at the letters, a judgement of each; nothing is changed."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from clarivum_jobs.records.work_item import WorkItem, letter_id, now_ms, text, work_id
from envs.desk import plans
from envs.desk.edits import Edit, checked
from envs.desk.errors import DeskError
from envs.desk.fingerprint import fingerprint
from envs.desk.letters import Letter, body_hash, in_hand
from envs.desk.plans import VALID, Plan, Planned
from envs.desk.verdicts import Judgement, judge_replay, with_record

if TYPE_CHECKING:
    from envs.desk.place import Job, Place

MOST = 10_000
"""Letters of one plan, unless somebody asks for another number."""

_FASTEST = 10.0


@dataclass(frozen=True)
class Wish:
    """What a person wants a plan to do.

    Attributes:
        job: The job.
        action: `replay` or `discard`.
        why: The reason; it must not be empty.
        groups: Kinds of failures; empty for all.
        code: Only letters that died of this error.
        version: Only letters of this version of the contract; 0 for all.
        ids: Only these enqueues or letters; empty for all.
        edit: What is changed in each letter.
        force: Whether done work is done again.
        rate: Letters a second; 0 for what the job's concurrency suggests.
        stop_after: After how many new deaths of the same kinds it stops; 0 for never.
        most: Letters of the plan at most.
    """

    job: str
    action: Literal["replay", "discard"]
    why: str
    groups: frozenset[str] = frozenset()
    code: str = ""
    version: int = 0
    ids: frozenset[str] = frozenset()
    edit: Edit = field(default_factory=Edit)
    force: bool = False
    rate: float = 0.0
    stop_after: int = 3
    most: int = MOST


def make(place: Place, wish: Wish) -> Plan:
    """Look at the letters that are there now, and freeze what becomes of each.

    The look receives them: their alarm remembers them for five minutes, and each is given back
    within two at the latest.

    Raises:
        DeskError: The wish cannot be.
    """
    job = place.job(wish.job)
    if not wish.why.strip():
        message = "say why: it stands in the log of what was done"
        raise DeskError(message, rule="no-reason", hint='--why "the provider is back, INC-42"')
    if wish.rate and not plans.SLOWEST <= wish.rate <= plans.FASTEST:
        message = f"{wish.rate:g} letters a second cannot be"
        raise DeskError(message, rule="rate", hint=f"from {plans.SLOWEST:g} to {plans.FASTEST:g}")
    edit = checked(wish.edit, job)
    url = place.letters_url(job.name)
    with in_hand(place.client("sqs"), url) as hand:
        hand.take(lambda found: len(found) >= wish.most)
        complete = hand.complete
        found = sorted(hand.letters.values(), key=lambda letter: (letter.sent, letter.message_id))
        hand.give_back()
    told = [with_reason(place, job.on_record, one) for one in found]
    letters = tuple(_planned(place, job, one, wish, edit) for one in told if _wanted(one, wish))
    made = dt.datetime.now(dt.UTC)
    return Plan(
        id=uuid.uuid4().hex[:12],
        project=place.project,
        environment=place.environment,
        account_id=place.account_id,
        job=job.name,
        action=wish.action,
        force=wish.force,
        edit=edit,
        why=wish.why.strip(),
        by=place.operator(),
        made=made.isoformat(timespec="seconds"),
        expires=(made + VALID).isoformat(timespec="seconds"),
        rate=wish.rate or min(_FASTEST, float(job.concurrency)),
        stop_after=wish.stop_after,
        complete=complete,
        letters=letters,
    )


def record_of(place: Place, job: str, key: str) -> WorkItem | None:
    """Return what is on record of a piece of work at this moment."""
    if not key:
        return None
    answer = place.client("dynamodb").get_item(
        TableName=place.table, Key={"id": {"S": work_id(job, key)}}, ConsistentRead=True
    )
    return WorkItem.read(answer["Item"]) if "Item" in answer else None


def with_reason(place: Place, job: str, letter: Letter) -> Letter:
    """Return a letter with its reason from the record, where it cannot bear it itself."""
    if "reason" in letter.attributes:
        return letter
    found = place.client("dynamodb").get_item(
        TableName=place.table, Key={"id": {"S": letter_id(job, letter.body)}}
    )
    item = found.get("Item")
    if item is None:
        return letter
    told = {"error_code": text(item, "code"), "reason": text(item, "reason")}
    return replace(letter, attributes={**letter.attributes, **told})


def judged(place: Place, job: Job, letter: Letter, plan: Plan | Wish, edit: Edit) -> Judgement:
    """Judge a letter by what it says and by what is on record now."""
    if plan.action == "discard":
        return Judgement("discard")
    found = judge_replay(letter, job, edit)
    record = record_of(place, job.on_record, found.key)
    return with_record(found, record, now_ms(), force=plan.force)


def kind_of(job: str, letter: Letter) -> str:
    """Return the kind of failure that a letter tells of."""
    return fingerprint(job, letter.code, letter.reason)


def _wanted(letter: Letter, wish: Wish) -> bool:
    told = letter.attributes
    ids = {letter.message_id, told.get("job_id", ""), told.get("message_id", "")}
    return (
        (not wish.groups or kind_of(wish.job, letter) in wish.groups)
        and wish.code in {"", letter.code}
        and (not wish.version or told.get("contract_version") == str(wish.version))
        and (not wish.ids or not ids.isdisjoint(wish.ids))
    )


def _planned(place: Place, job: Job, letter: Letter, wish: Wish, edit: Edit) -> Planned:
    found = judged(place, job, letter, wish, edit)
    return Planned(
        message_id=letter.message_id,
        job_id=letter.attributes.get("job_id", ""),
        body_sha256=letter.hash,
        sends_sha256=body_hash(found.body) if found.body else "",
        fingerprint=kind_of(job.name, letter),
        verdict=found.verdict,
        told=found.told,
    )
