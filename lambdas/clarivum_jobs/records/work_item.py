"""The one item of a piece of work: claim, attempts, status and result under `<job>#<key>`.

The same form is read by the worker that decides what may run, and by people's tools.
"""

import datetime as dt
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from clarivum_jobs.records.errors import KILLED

Status = Literal["running", "waiting", "done", "duplicate", "stale", "dead"]

DONE = "done"
"""Code of an attempt that did the work."""

UNCOUNTED = "uncounted"
"""Mark of an attempt that was cut off by what surrounds the work."""

MOST_ATTEMPTS = 50
"""Attempts that an item lists; their number is kept beside the list and goes on."""

# A write costs one unit for each KiB of the item. This is what all but names and payload take up
# in the item of work that was done at its first attempt.
_UNIT = 1024
_REST = 590

Entry = dict[str, Any]
"""One attempt as the item holds it."""


def work_id(job: str, key: str) -> str:
    """Return the id of a piece of work's item."""
    return f"{job}#{key}"


def enqueue_id(job: str, job_id: str) -> str:
    """Return the id of what is on record of one enqueue alone."""
    return f"{job}#enqueue#{job_id}"


def letter_id(job: str, body: str) -> str:
    """Return the id of the reason why a message was given up, for what its letter cannot say."""
    return f"{job}#letter#{hashlib.sha256(body.encode(errors='surrogatepass')).hexdigest()}"


def job_status(job: str, status: Status) -> str:
    """Return the partition of the index that lists a job's work in one status."""
    return f"{job}#{status}"


def now_ms() -> int:
    """Return the time in milliseconds since the epoch."""
    return round(time.time() * 1000)


def iso(milliseconds: int) -> str:
    """Write a moment in ISO 8601, in UTC."""
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).isoformat(timespec="milliseconds")


def payload_fits(job: str, job_id: str, text: str) -> bool:
    """Whether a payload may be kept: the item stays small enough to be written for one unit."""
    size = len(text.encode()) + 2 * len(job.encode()) + len(job_id.encode())
    return _REST + size <= _UNIT


@dataclass(frozen=True)
class WorkItem:
    """What is on record of a piece of work; times in milliseconds since the epoch.

    Attributes:
        status: What became of it so far.
        version: Grows with every write.
        owner: Token of the delivery that claimed it last.
        lease: When that claim ends; 0 if it was given up.
        expiration: When the item counts no more, in seconds since the epoch.
        number: Attempts begun in this round.
        round: A replay begins a new one.
        round_sent: When the message that began the round was sent.
        job_id: Id of the first enqueue that asked for it.
        content: Hash of the payload last worked on.
        attempts: The last attempts, the oldest first.
        letters: When the last enqueues that were parked were, by their ids.
        changed: When an attempt or a round last ended.
        code: Stable name of what ended the last attempt.
        reason: Why it is dead, in words.
    """

    status: str
    version: int
    owner: str
    lease: int
    expiration: int
    number: int
    round: int
    round_sent: int
    job_id: str
    content: str
    attempts: tuple[Entry, ...]
    letters: Mapping[str, int]
    changed: int
    code: str
    reason: str

    @classmethod
    def read(cls, item: Mapping[str, Any]) -> Self:
        """Read an item as DynamoDB holds it."""
        return cls(
            status=text(item, "status"),
            version=_number(item, "version"),
            owner=text(item, "owner"),
            lease=_number(item, "in_progress_expiration"),
            expiration=_number(item, "expiration"),
            number=_number(item, "number"),
            round=_number(item, "round"),
            round_sent=_number(item, "round_sent"),
            job_id=text(item, "job_id"),
            content=text(item, "content"),
            attempts=tuple(kept["M"] for kept in item.get("attempts", {"L": []})["L"]),
            letters={
                name: int(when["N"]) for name, when in item.get("letters", {"M": {}})["M"].items()
            },
            changed=_moment(text(item, "changed")),
            code=text(item, "code"),
            reason=text(item, "reason"),
        )

    @property
    def last_word(self) -> int:
        """When a worker was last heard of."""
        said = [_moment(text(entry, name)) for entry in self.attempts[-1:] for name in _MOMENTS]
        return max(self.changed, *said) if said else self.changed

    @property
    def last_failed(self) -> bool:
        """Whether code and reason are those of the last attempt, which ended by an error."""
        last = self.attempts[-1] if self.attempts else {}
        return "ended" in last and text(last, "code") == self.code != KILLED

    def killed(self, now: int) -> bool:
        """Whether the last attempt was begun, and ended without a word."""
        if not self.attempts or self.status in {"done", "dead", "stale"} or self.lease >= now:
            return False
        last = self.attempts[-1]
        return "ended" not in last or text(last, "code") == KILLED


_MOMENTS = ("started", "ended")


def first_words(message_id: str, now: int) -> Entry:
    """Return the entry of an attempt that begins."""
    return {"message": {"S": message_id}, "started": {"S": iso(now)}}


def last_words(entry: Entry, code: str, now: int, *, counts: bool = True) -> Entry:
    """Return the entry of an attempt that ended with a code, and whether it was one at the work."""
    uncounted = {} if counts else {UNCOUNTED: {"BOOL": True}}
    return {**entry, "ended": {"S": iso(now)}, "code": {"S": code}, **uncounted}


def ended(entries: tuple[Entry, ...], now: int) -> list[Entry]:
    """Return the last attempts, completed: of those that said nothing nobody else will hear."""
    told = [entry if "ended" in entry else last_words(entry, KILLED, now) for entry in entries]
    return told[-MOST_ATTEMPTS:]


def as_list(entries: list[Entry]) -> dict[str, Any]:
    """Return attempts as an attribute."""
    return {"L": [{"M": entry} for entry in entries]}


def text(item: Mapping[str, Any], name: str) -> str:
    """Return an attribute's text; empty if it is not there."""
    return str(item.get(name, {}).get("S", ""))


def _number(item: Mapping[str, Any], name: str) -> int:
    return int(item.get(name, {}).get("N", 0))


def _moment(written: str) -> int:
    return round(dt.datetime.fromisoformat(written).timestamp() * 1000) if written else 0
