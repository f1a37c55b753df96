"""The writes of a piece of work's item: each is one conditional `UpdateItem`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from clarivum_jobs.records.claiming import RESEND, Ask
from clarivum_jobs.records.work_item import (
    MOST_ATTEMPTS,
    Entry,
    Status,
    WorkItem,
    as_list,
    iso,
    job_status,
)

# A list grows by one with each claim whose holder says nothing, and is cut by whoever ends an
# attempt; before this many it is cut by the claim itself. At some 140 bytes each they stay far
# below the 400 KB that an item may have.
_LONGEST_LIST = 20 * MOST_ATTEMPTS

_MOST_LETTERS = 20

Value = dict[str, Any]


@dataclass
class Write:
    """An `UpdateItem` in the making; every name travels as a placeholder, no word is reserved."""

    table: str
    job: str
    item_id: str
    clauses: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    condition: str = ""

    def set(self, **values: Value) -> Self:
        """Give attributes new values."""
        self.clauses += [f"#{name} = :{name}" for name in values]
        return self._with(values)

    def keep(self, **values: Value) -> Self:
        """Give attributes values unless they have one."""
        self.clauses += [f"#{name} = if_not_exists(#{name}, :{name})" for name in values]
        return self._with(values)

    def count(self, name: str) -> Self:
        """Add one to a number, which begins at 0."""
        self.clauses.append(f"#{name} = if_not_exists(#{name}, :zero) + :one")
        return self._with({"zero": number(0), "one": number(1)})

    def append(self, name: str, value: Value) -> Self:
        """Put a value at the end of a list."""
        self.clauses.append(f"#{name} = list_append(if_not_exists(#{name}, :none), :{name})")
        return self._with({"none": {"L": []}, name: {"L": [value]}})

    def remove(self, *names: str) -> Self:
        """Take attributes away."""
        self.removed += names
        return self

    def when(self, condition: str, **values: Value) -> Self:
        """Write only if a condition holds."""
        self.condition = condition
        return self._with(values)

    def request(self) -> dict[str, Any]:
        """Return the parameters of the call; what stands in its way comes back with a refusal."""
        expression = f"SET {', '.join(self.clauses)}"
        if self.removed:
            expression += f" REMOVE {', '.join(f'#{name}' for name in self.removed)}"
        names = re.findall(r"#(\w+)", f"{expression} {self.condition}")
        condition = {"ConditionExpression": self.condition} if self.condition else {}
        return {
            "TableName": self.table,
            "Key": {"id": {"S": self.item_id}},
            "UpdateExpression": expression,
            "ExpressionAttributeNames": {f"#{name}": name for name in names},
            "ExpressionAttributeValues": self.values,
            "ReturnValues": "ALL_NEW",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            **condition,
        }

    def _with(self, values: dict[str, Value]) -> Self:
        self.values.update({f":{name}": value for name, value in values.items()})
        return self


def string(value: str) -> Value:
    """Return a text as an attribute."""
    return {"S": value}


def number(value: int) -> Value:
    """Return a whole number as an attribute."""
    return {"N": str(value)}


def claimed(write: Write, ask: Ask, until: int, expiration: int) -> Write:
    """Take the work for this delivery until then, in milliseconds since the epoch."""
    return write.count("version").set(
        owner=string(ask.owner),
        in_progress_expiration=number(until),
        expiration=number(expiration),
    )


def described(write: Write, ask: Ask, enqueued: str, payload: str) -> Write:
    """Say what the work is, and which enqueue asked for it first."""
    write.keep(job_id=string(ask.job_id), enqueued=string(enqueued))
    if payload:
        return write.set(content=string(ask.content), payload=string(payload))
    return write.set(content=string(ask.content)).remove("payload")


def free(write: Write, ask: Ask) -> Write:
    """Write only if the work is new, or waits and this message surely belongs to its round."""
    # A replay is sent later than what it replays: whether it begins a round, `decide` says. So it
    # does where letters exist: the message may be what was left of a batch when it was parked.
    margin = 0 if ask.replayed else RESEND
    return write.when(
        "attribute_not_exists(#id) OR ("
        "(#status = :waiting OR #status = :running)"
        " AND #in_progress_expiration < :now AND #expiration > :today"
        " AND #number < :most AND size(#attempts) < :longest"
        " AND #round_sent >= :since AND attribute_not_exists(#letters))",
        waiting=string("waiting"),
        running=string("running"),
        now=number(ask.now),
        today=number(ask.now // 1000),
        most=number(ask.max_attempts),
        longest=number(_LONGEST_LIST),
        since=number(ask.sent - margin),
    )


def begun(write: Write, ask: Ask) -> Write:
    """Begin the next attempt of the round, or the first of all."""
    return (
        write.set(status=string("running"))
        .count("number")
        .append("attempts", {"M": ask.entry})
        .keep(round=number(1), round_sent=number(ask.sent))
    )


def seen(write: Write, found: WorkItem | None) -> Write:
    """Write only if nobody wrote since."""
    if found is None:
        return write.when("attribute_not_exists(#id)")
    return write.when("#version = :seen", seen=number(found.version))


def left(write: Write, status: Status, attempts: list[Entry], now: int, until: int = 0) -> Write:
    """End an attempt with what became of the work; the index lists it from now on.

    Until a moment in milliseconds since the epoch, the claim may be held longer.
    """
    return write.count("version").set(
        status=string(status),
        job_status=string(job_status(write.job, status)),
        changed=string(iso(now)),
        attempts=as_list(attempts),
        in_progress_expiration=number(until),
    )


def owned(write: Write, owner: str) -> Write:
    """Write only while the claim is this delivery's."""
    return write.when("#owner = :owner", owner=string(owner))


def letters(found: Mapping[str, int], job_id: str, now: int) -> Value:
    """Return when enqueues were parked, with one more; the oldest are forgotten."""
    kept = sorted({**found, job_id: now}.items(), key=lambda each: each[1])[-_MOST_LETTERS:]
    return {"M": {name: number(when) for name, when in kept}}
