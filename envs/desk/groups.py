"""Dead letters by kind, from the records alone: nothing is received, nothing is hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarivum_jobs.records.lookup import by_status
from envs.desk.counters import Counters, counters
from envs.desk.fingerprint import fingerprint, masked_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clarivum_jobs.records.lookup import Summary
    from envs.desk.place import Job, Place


@dataclass(frozen=True, slots=True)
class Group:
    """Failures of one kind.

    Attributes:
        job: The job.
        fingerprint: Name of the kind.
        code: Stable name of the error.
        reason: Why, without what differs from letter to letter.
        count: How many there are.
        first: When the first of them died, ISO 8601 in UTC.
        last: When the last of them died.
        expires: When the first of them is gone.
        job_ids: Ids of their enqueues, the oldest first.
    """

    job: str
    fingerprint: str
    code: str
    reason: str
    count: int
    first: str
    last: str
    expires: str
    job_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """The dead letters of one job.

    Attributes:
        job: The job.
        groups: By kind, the largest first.
        queue: What the dead-letter queue counts.
    """

    job: str
    groups: tuple[Group, ...]
    queue: Counters

    @property
    def recorded(self) -> int:
        """How many the records tell of."""
        return sum(group.count for group in self.groups)

    @property
    def untold(self) -> int:
        """How many more letters there are than the records tell of; 0 if there are none."""
        return max(0, self.queue.all - self.recorded)


def desks(place: Place, job: str | None = None, *, since: str = "", code: str = "") -> list[Desk]:
    """Return the dead letters of one job or of all.

    Args:
        place: The environment.
        job: One job; none for all.
        since: Only what died since then, ISO 8601 in UTC.
        code: Only what died of this error.

    Raises:
        DeskError: There is no such job.
    """
    found = []
    for each in place.some(job):
        dead = by_status(place.client("dynamodb"), place.table, each.on_record, "dead", since=since)
        wanted = (one for one in dead if code in {"", one.code})
        count = counters(place, place.letters_url(each.name))
        found.append(Desk(each.name, grouped(each, wanted), count))
    return found


def grouped(job: Job, dead: Iterable[Summary]) -> tuple[Group, ...]:
    """Sort failures into groups, the largest first."""
    kinds: dict[str, list[Summary]] = {}
    for one in dead:
        kinds.setdefault(fingerprint(job.name, one.code, one.reason), []).append(one)
    groups = list(_groups(job, kinds))
    return tuple(sorted(groups, key=lambda group: (-group.count, group.fingerprint)))


def _groups(job: Job, kinds: dict[str, list[Summary]]) -> Iterator[Group]:
    for name, members in kinds.items():
        ordered = sorted(members, key=lambda one: one.changed)
        first, last = ordered[0], ordered[-1]
        kept = dt.timedelta(seconds=job.dead_letter_retention)
        expires = dt.datetime.fromisoformat(first.changed) + kept
        yield Group(
            job=job.name,
            fingerprint=name,
            code=first.code,
            reason=masked_reason(first.reason),
            count=len(ordered),
            first=first.changed,
            last=last.changed,
            expires=expires.isoformat(timespec="seconds"),
            job_ids=tuple(one.job_id for one in ordered),
        )
