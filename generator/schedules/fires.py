"""Walk a cron expression through the local time of a zone.

EventBridge Scheduler skips a local time that the clock jumps over in spring.
A local time that comes twice in autumn runs once; the first of the two is taken here.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from generator.schedules.cron import Cron

_SAMPLED_DAYS = 64
"""Enough to meet the end of a month twice, which is where days lie nearest to each other."""

_MINUTES_A_DAY = 24 * 60


def next_fires(cron: Cron, zone: ZoneInfo, after: datetime, count: int) -> list[datetime]:
    """Return the next fires after a moment, in the zone's time.

    Args:
        cron: When to fire, in local time.
        zone: The zone whose clock counts.
        after: An aware time; a fire at this very moment is not returned.
        count: How many at most; fewer are returned when the expression names no further time.
    """
    return list(islice(iterate_fires(cron, zone, after), count))


def iterate_fires(cron: Cron, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """Yield every fire after a moment, in order, in the zone's time."""
    start = after.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0, fold=0)
    for local in local_times(cron, start):
        fire = local.replace(tzinfo=zone)
        if exists(local, zone) and fire.astimezone(UTC) > after:
            yield fire


def local_times(cron: Cron, start: datetime) -> Iterator[datetime]:
    """Yield the local times that the expression names, from `start` on, in order."""
    for day in _days(cron, start.date()):
        for hour in cron.hours:
            for minute in cron.minutes:
                local = datetime.combine(day, time(hour, minute))
                if local >= start:
                    yield local


def exists(local: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the zone's clock ever shows a local time; it does not in a spring gap."""
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    return moment.astimezone(zone).replace(tzinfo=None, fold=0) == local


def comes_twice(local: datetime, zone: ZoneInfo) -> bool:
    """Say whether a zone's clock shows a local time twice, as it does where it is set back."""
    earlier = local.replace(tzinfo=zone, fold=0).utcoffset()
    later = local.replace(tzinfo=zone, fold=1).utcoffset()
    return exists(local, zone) and earlier != later


@lru_cache(maxsize=8192)
def shortest_interval(cron: Cron, after: date) -> timedelta | None:
    """Return about the shortest time between two fires, by the wall clock.

    Clock changes are left out, and only the next days that the expression names are looked at.

    Args:
        cron: When to fire.
        after: The day to begin with.

    Returns:
        The time, or None where there is at most one fire.
    """
    times = [hour * 60 + minute for hour in cron.hours for minute in cron.minutes]
    days = list(islice(_days(cron, after), _SAMPLED_DAYS))
    within = [later - earlier for earlier, later in pairwise(times)] if days else []
    across = [
        (later - earlier).days * _MINUTES_A_DAY - times[-1] + times[0]
        for earlier, later in pairwise(days)
    ]
    shortest = min((*within, *across), default=None)
    return None if shortest is None else timedelta(minutes=shortest)


def _days(cron: Cron, start: date) -> Iterator[date]:
    """Yield the days that the expression names, from `start` on, in order."""
    for year in cron.years:
        if year < start.year:
            continue
        for month in cron.months:
            if (year, month) < (start.year, start.month):
                continue
            for day in cron.days.of(year, month):
                found = date(year, month, day)
                if found >= start:
                    yield found
