"""The days on which a zone moves its clock, and what a schedule loses or gains on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from generator.schedules.cron import Cron
from generator.schedules.fires import local_times

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class ClockChange:
    """One move of a zone's clock.

    Attributes:
        first: First local time that is skipped (gap) or comes twice (overlap).
        end: First local time after those.
        gap: Whether the times are skipped; they come twice otherwise.
    """

    first: datetime
    end: datetime
    gap: bool


@dataclass(frozen=True)
class Affected:
    """A scheduled local time that a clock change skips or repeats.

    Attributes:
        local: The scheduled local time.
        gap: Whether the time is skipped, so that the schedule does not fire; it comes twice and
            fires once otherwise.
    """

    local: datetime
    gap: bool


def clock_changes(zone: ZoneInfo, after: datetime, days: int) -> tuple[ClockChange, ...]:
    """Return the moves of a zone's clock in the days after a moment, in order."""
    hour = after.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return _clock_changes(zone, hour, days)


@lru_cache(maxsize=256)
def _clock_changes(zone: ZoneInfo, after: datetime, days: int) -> tuple[ClockChange, ...]:
    """Find the moves once for all schedules that ask in the same hour about the same zone."""
    return tuple(_changes(zone, after, days))


def _changes(zone: ZoneInfo, after: datetime, days: int) -> Iterator[ClockChange]:
    day = after
    for _ in range(days):
        following = day + _DAY
        before, behind = _offset(zone, day), _offset(zone, following)
        if before != behind:
            moment = _moment_of_change(zone, day, following)
            old, new = ((moment + offset).replace(tzinfo=None) for offset in (before, behind))
            yield ClockChange(first=min(old, new), end=max(old, new), gap=old < new)
        day = following


def affected_fires(cron: Cron, zone: ZoneInfo, after: datetime, days: int) -> tuple[Affected, ...]:
    """Return the first scheduled local time of every clock change that skips or repeats one."""
    return _affected(cron, clock_changes(zone, after, days))


@lru_cache(maxsize=8192)
def _affected(cron: Cron, changes: tuple[ClockChange, ...]) -> tuple[Affected, ...]:
    """Find them once for all rules and environments."""
    first = ((change, next(local_times(cron, change.first), change.end)) for change in changes)
    return tuple(Affected(local, change.gap) for change, local in first if local < change.end)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    """Return a zone's distance from UTC at a moment."""
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _moment_of_change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the minute at which the offset first differs from the one at `low`."""
    before = _offset(zone, low)
    while high - low > _MINUTE:
        middle = low + (high - low) // (2 * _MINUTE) * _MINUTE
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high
