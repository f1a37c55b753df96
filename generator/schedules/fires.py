"""Walk a cron expression through the local time of a zone.

EventBridge Scheduler skips a local time that the clock jumps over in spring.
A local time that comes twice in autumn runs once; the first of the two is taken here.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from generator.schedules.cron import Cron


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
    for local in _local_times(cron, start):
        fire = local.replace(tzinfo=zone)
        if exists(local, zone) and fire.astimezone(UTC) > after:
            yield fire


def exists(local: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the zone's clock ever shows a local time; it does not in a spring gap."""
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    return moment.astimezone(zone).replace(tzinfo=None, fold=0) == local


def shortest_interval(fires: Sequence[datetime]) -> timedelta | None:
    """Return the shortest physical time between neighbours; None for fewer than two fires."""
    moments = [fire.astimezone(UTC) for fire in fires]
    return min((later - earlier for earlier, later in pairwise(moments)), default=None)


def _local_times(cron: Cron, start: datetime) -> Iterator[datetime]:
    """Yield the local times that the expression names, from `start` on, in order."""
    for year in cron.years:
        if year < start.year:
            continue
        for month in cron.months:
            if (year, month) < (start.year, start.month):
                continue
            for day in cron.days.of(year, month):
                if (year, month, day) < (start.year, start.month, start.day):
                    continue
                for hour in cron.hours:
                    for minute in cron.minutes:
                        local = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - local by intent
                        if local >= start:
                            yield local
