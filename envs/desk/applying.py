"""Carrying out a plan: letter by letter, on record before it is done, ended at any point.

The steps of one letter are: the intent on record, the message sent, the record of that, the letter
deleted, the record of that. Whatever ends the program between two of them, the next run finds how
far it got; a message that was sent twice has one effect, since id and key are the same.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clarivum_jobs.producer.batching import MAX_MESSAGE_BYTES
from clarivum_jobs.records.lookup import by_status
from clarivum_jobs.records.work_item import iso, now_ms
from envs.desk.audit import Rows
from envs.desk.errors import DeskError
from envs.desk.fingerprint import fingerprint
from envs.desk.letters import body_hash, in_hand
from envs.desk.planning import judged, record_of
from envs.desk.settling import forget_done, masked_body, settle
from envs.desk.verdicts import REMOVES, SENDS, Judgement

if TYPE_CHECKING:
    from collections.abc import Callable

    from envs.desk.letters import Hand, Letter
    from envs.desk.place import Job, Place
    from envs.desk.plans import Plan, Planned

_SENT, _GONE = "sent", "deleted"
_LOOK_EVERY = 2.0  # seconds between two looks for new deaths
REPLAY = "replay"
"""Attribute of a message that was sent by the desk: the plan's id."""

_KEPT = ("error_code", "job", "message_id", "job_id")
"""What stays of a letter's attributes: by the first three a worker knows a replay. SQS takes ten
in all, and an instrumentation adds its own."""


@dataclass
class Report:
    """What became of the letters of a plan.

    Attributes:
        counts: How many were `sent`, `discarded`, `done` (removed), `running` (left), `refused`
            (left), `earlier` (moved by an earlier run of the plan) and `missing` (no longer there).
        refused: Why letters were refused, by message id.
        stopped: Why it stopped before its end; empty if it did not.
    """

    counts: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    stopped: str = ""

    def count(self, what: str) -> None:
        """Count one letter."""
        self.counts[what] = self.counts.get(what, 0) + 1

    @property
    def whole(self) -> bool:
        """Whether every letter that was to move has moved."""
        left = ("running", "refused", "missing")
        return not self.stopped and not any(self.counts.get(name) for name in left)


def apply(
    place: Place, plan: Plan, told: Callable[[Planned, str], None] = lambda _one, _what: None
) -> Report:
    """Carry out a plan.

    Args:
        place: The environment.
        plan: The plan.
        told: Hears what became of each letter.

    Raises:
        DeskError: The plan is too old, or is for another environment.
    """
    _check(place, plan)
    job = place.job(plan.job)
    rows, report = Rows(place, job, plan), Report()
    again = not rows.begin(place.operator())
    wanted = {one.message_id: one for one in plan.moving}
    for one in plan.letters:
        if one.message_id not in wanted:
            report.count("refused" if one.verdict != "running" else "running")
            report.refused[one.message_id] = f"{one.verdict}: {one.told}"
    if again:
        _leave_out_what_is_gone(rows, wanted, report, told)
    try:
        if wanted:
            with in_hand(place.client("sqs"), place.letters_url(job.name)) as hand:
                _Run(place, job, plan, rows, hand, report, told).work(wanted)
    except BaseException:
        rows.end("interrupted", report.counts)
        raise
    rows.end("stopped" if report.stopped else "finished", report.counts)
    return report


def _check(place: Place, plan: Plan) -> None:
    here = (place.project, place.environment, place.account_id)
    if (plan.project, plan.environment, plan.account_id) != here:
        message = f"the plan is for {plan.project}-{plan.environment} in {plan.account_id}"
        raise DeskError(message, rule="other-environment", hint=f"--env {plan.environment}")
    if dt.datetime.now(dt.UTC) > dt.datetime.fromisoformat(plan.expires):
        message = f"the plan is too old: it was good until {plan.expires}"
        raise DeskError(message, rule="stale-plan", hint="make it again: `clarivum dlq plan`")


def _leave_out_what_is_gone(
    rows: Rows, wanted: dict[str, Planned], report: Report, told: Callable[[Planned, str], None]
) -> None:
    for one in list(wanted.values()):
        if rows.state(one.message_id)[0] == _GONE:
            del wanted[one.message_id]
            report.count("earlier")
            told(one, "earlier")


@dataclass
class _Run:
    """One run of a plan, with its letters in hand."""

    place: Place
    job: Job
    plan: Plan
    rows: Rows
    hand: Hand
    report: Report
    told: Callable[[Planned, str], None]
    began: str = field(default_factory=lambda: iso(now_ms()))
    _looked: float = field(default_factory=time.monotonic)
    _next: float = field(default_factory=time.monotonic)

    def work(self, wanted: dict[str, Planned]) -> None:
        """Take the letters of the plan in hand, and no others; then one after the other."""
        self.hand.take(lambda found: wanted.keys() <= found.keys())
        self.hand.give_back(lambda letter: letter.message_id not in wanted)
        for one in wanted.values():
            letter = self.hand.letters.get(one.message_id)
            if letter is None:
                self._not_there(one)
                continue
            self._pace()
            if self._too_many_died():
                return
            self._one(one, letter)

    def _not_there(self, one: Planned) -> None:
        """Tell a letter whose deletion was the last thing done from one that is lost."""
        if self.rows.state(one.message_id)[0] == _SENT:
            self.rows.mark(one.message_id, _GONE, "earlier")
            self._end(one, "earlier")
        else:
            self._end(one, "missing")

    def _one(self, one: Planned, letter: Letter) -> None:
        if letter.hash != one.body_sha256:
            self._refuse(one, letter, "its body is not the one that was planned for")
            return
        more = {"of": one.job_id, "why": self.plan.why, "kind": one.fingerprint}
        if self.plan.action == "discard":
            more |= {"payload": masked_body(self.job, letter), "died_of": letter.code}
            more |= {"died_why": letter.reason}
        state, since = self.rows.intend(one.message_id, more)
        if state not in {_SENT, _GONE}:
            found = self._judged(letter, since, again=state != "new")
            if found.verdict in SENDS and body_hash(found.body) != one.sends_sha256:
                self._refuse(one, letter, "what would be sent is not what was planned")
                return
            if found.verdict not in SENDS | REMOVES:
                self._refuse(one, letter, found.told, found.verdict)
                return
            if found.verdict in SENDS:
                self._send(letter, found)
            else:
                settle(
                    self.place,
                    self.job,
                    letter,
                    "discarded" if found.verdict == "discard" else "duplicate",
                )
            self.rows.mark(one.message_id, _SENT, found.verdict)
            what = {"send": "sent", "discard": "discarded"}.get(found.verdict, "done")
        else:
            what = "earlier"
        self.hand.delete(letter)
        self.rows.mark(one.message_id, _GONE, what)
        self._end(one, what)

    def _judged(self, letter: Letter, since: int, *, again: bool) -> Judgement:
        """Judge a letter again: since the plan was made, its work may have been done."""
        found = judged(self.place, self.job, letter, self.plan, self.plan.edit)
        if not (self.plan.force and found.verdict in SENDS):
            return found
        record = record_of(self.place, self.job.on_record, found.key)
        if record is not None and record.status == "done":
            if again and record.changed > since:
                # A run that was ended had sent it, and that is what was done since.
                return Judgement("done", "done since this plan began")
            forget_done(self.place, self.job.on_record, found.key)
        return found

    def _send(self, letter: Letter, found: Judgement) -> None:
        known = {**letter.attributes, "job": self.job.name}
        known.setdefault("error_code", letter.code)
        known.setdefault("message_id", letter.message_id)
        texts = {name: known[name] for name in _KEPT if known.get(name)}
        texts[REPLAY] = self.plan.id
        room = MAX_MESSAGE_BYTES - len(found.body.encode())
        attributes: dict[str, Any] = {}
        for name, value in texts.items():
            # A body that fills the queue's limit leaves none; the first matter most.
            room -= len(f"{name}String{value}".encode())
            if room >= 0:
                attributes[name] = {"DataType": "String", "StringValue": value}
        self.place.client("sqs").send_message(
            QueueUrl=self.place.queue_url(self.job.name),
            MessageBody=found.body,
            MessageAttributes=attributes,
        )

    def _refuse(self, one: Planned, letter: Letter, why: str, verdict: str = "refused") -> None:
        self.rows.mark(one.message_id, "left", why)
        self.report.refused[one.message_id] = why
        self.hand.give_back(lambda other: other.message_id == letter.message_id)
        self._end(one, "running" if verdict == "running" else "refused")

    def _end(self, one: Planned, what: str) -> None:
        self.report.count(what)
        self.told(one, what)

    def _pace(self) -> None:
        """Wait for this letter's turn, and keep what is in hand hidden meanwhile."""
        wait = self._next - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._next = max(self._next, time.monotonic()) + 1 / self.plan.rate
        self.hand.keep_hidden()

    def _too_many_died(self) -> bool:
        """Whether so many died anew of what the plan's letters died of that it is not mended."""
        if not self.plan.stop_after or time.monotonic() - self._looked < _LOOK_EVERY:
            return False
        self._looked = time.monotonic()
        kinds = {one.fingerprint for one in self.plan.letters}
        name = self.job.name
        dead = by_status(
            self.place.client("dynamodb"),
            self.place.table,
            self.job.on_record,
            "dead",
            since=self.began,
        )
        again = sum(fingerprint(name, one.code, one.reason) in kinds for one in dead)
        if again >= self.plan.stop_after:
            self.report.stopped = f"{again} died anew of the same: the cause is not mended"
        return bool(self.report.stopped)
